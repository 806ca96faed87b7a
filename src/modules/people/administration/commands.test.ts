import { expect, test } from 'vitest';
import { stranger } from '#platform/actor.ts';
import { inTransaction } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { testWorld } from '../../../../tests/world.ts';
import { enterByLink, forgetExpired, makeEntryLink } from '../commands.server.ts';
import { allow } from '#platform/context.server.ts';
import { endAdministrator, makeAccount, nameAdministrator, sendLinkTo } from './commands.server.ts';
import { listActs, listAdministrators, listPersons } from './queries.server.ts';
import { welcomeLinkLasts } from './rules.ts';

const { db, as, keep, later, world } = await testWorld();
const { agathe, nadia, odile } = world.actors;

test('an administrator names another, and is not the last any more', async () => {
	await as('agathe')(async (context) => {
		await expect(endAdministrator(context, { personId: agathe.id })).rejects.toThrow('administration.last-administrator');
		expect(await nameAdministrator(context, { personId: nadia.id })).toBe('Nadia Benali');
		await expect(nameAdministrator(context, { personId: nadia.id })).rejects.toThrow('administration.already-administrator');
		expect((await listAdministrators(context)).map(({ name }) => name)).toEqual(['Agathe Morel', 'Nadia Benali']);
		await endAdministrator(context, { personId: agathe.id });
		expect((await listAdministrators(context)).map(({ name }) => name)).toEqual(['Nadia Benali']);
		await expect(endAdministrator(context, { personId: odile.id })).rejects.toThrow('administration.not-administrator');
		expect((await listActs(context)).map(({ act, about }) => [act, about])).toEqual([
			['ended', 'Agathe Morel'],
			['named', 'Nadia Benali']
		]);
	});
});

test('two who end each other at once leave one', async () => {
	await keep('agathe')((context) => nameAdministrator(context, { personId: nadia.id }));
	const acts = await Promise.allSettled([
		keep({ ...agathe })((context) => endAdministrator(context, { personId: nadia.id })),
		keep({ ...nadia, administrator: true })((context) => endAdministrator(context, { personId: agathe.id }))
	]);
	expect(acts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	await db.updateTable('persons').set({ administratorSince: later }).where('id', '=', agathe.id).execute();
	await db.updateTable('persons').set({ administratorSince: null }).where('id', '=', nadia.id).execute();
	await db.deleteFrom('administrationActs').execute();
});

test('an account made for somebody comes with a link that enters, for three days', async () => {
	await keep('agathe')((context) => makeAccount(context, { name: 'Paulette Roy', email: 'paulette@example.org' }));
	const mail = await db.selectFrom('mails').selectAll().where('toEmail', '=', 'paulette@example.org').executeTakeFirstOrThrow();
	const token = /\/entrer\/([\w-]+)/.exec(mail.text)![1]!;
	expect(mail.secret).toBe(true);
	const enterAt = (now: Date) => as(stranger, now)((context) => enterByLink(context, token));
	await expect(enterAt(new Date(later.getTime() + welcomeLinkLasts))).rejects.toThrow('people.link-expired');
	expect(await enterAt(new Date(later.getTime() + welcomeLinkLasts - 1))).toBeTruthy();
	await expect(
		as('agathe')((context) => makeAccount(context, { name: 'X', email: 'Paulette@example.org' }))
	).rejects.toMatchObject({ code: 'administration.account-known', field: 'email' });
	await as('agathe')(async (context) => {
		const { persons, counts } = await listPersons(context, { words: 'paul roy', page: 1 });
		expect(counts).toEqual({ all: persons.length, administrators: 0, unreached: 0 });
		expect(await sendLinkTo(context, { personId: persons[0]!.id })).toBe('Paulette Roy');
		expect((await listPersons(context, { words: '100%', page: 1 })).persons).toEqual([]);
		expect((await listPersons(context, { words: 'NADIA@', page: 1 })).persons.map(({ id }) => id)).toEqual([nadia.id]);
	});
});

test('nobody but an administrator sees accounts or acts on them', async () => {
	for (const actor of ['nadia', 'odile', 'helene', 'claire', 'yann', 'samir', 'bruno', stranger] as const)
		await as(actor)(async (context) => {
			expect(await listPersons(context, { words: '', page: 1 })).toEqual({
				persons: [],
				counts: { all: 0, administrators: 0, unreached: 0 },
				pages: 1
			});
			expect(await listAdministrators(context)).toEqual([]);
			expect(await listActs(context)).toEqual([]);
			for (const act of [nameAdministrator, endAdministrator, sendLinkTo])
				await expect(act(context, { personId: odile.id })).rejects.toThrow(NotFound);
			await expect(makeAccount(context, { name: 'X', email: 'x@example.org' })).rejects.toThrow(Forbidden);
		});
});

test('what expired is forgotten; what can still be used stays', async () => {
	const at = (days: number) => new Date(later.getTime() + days * 86_400_000);
	const sweep = { is: 'system', name: 'sweep-people' } as const;
	await db.deleteFrom('entryLinks').execute();
	const session = (token: string, expiresAt: Date) => ({
		tokenHash: hashToken(token),
		personId: nadia.id,
		createdAt: later,
		expiresAt
	});
	await db
		.insertInto('sessions')
		.values([session('old', at(1)), session('living', at(60))])
		.execute();
	await db
		.insertInto('signInAttempts')
		.values([
			{ key: hashToken('a'), at: later },
			{ key: hashToken('a'), at: at(39.999) }
		])
		.execute();
	await inTransaction(db, { actor: sweep, now: later, mode: 'write' }, async (context) => {
		for (const lasts of [1, 20, 60]) await makeEntryLink(allow(context, true), later, nadia.id, lasts * 86_400_000);
	});
	await inTransaction(db, { actor: sweep, now: at(40), mode: 'write' }, forgetExpired);
	const count = async (table: 'sessions' | 'entryLinks' | 'signInAttempts') =>
		(await db.selectFrom(table).select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
	expect([await count('sessions'), await count('entryLinks'), await count('signInAttempts')]).toEqual([1, 2, 1]);
	await expect(as('agathe')(forgetExpired)).rejects.toThrow(Forbidden);
});
