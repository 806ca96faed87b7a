import { expect, test } from 'vitest';
import { addArea } from '#modules/hubs/commands.server.ts';
import { addOrganisation } from '#modules/organisations/commands.server.ts';
import { listMembers } from '#modules/organisations/queries/people.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newToken } from '#platform/secrets.server.ts';
import { testWorld } from '../../../../tests/world.ts';
import { entriesOf } from '../official/queries.server.ts';
import { askTakeover, decideTakeover, objectToTakeover } from '../takeovers/commands.server.ts';
import { listWaitingForMe } from '../queries/deciding.server.ts';
import { listTakeovers, listTakeoversToAnswer, listTakeoversToDecide } from '../takeovers/queries.server.ts';
import {
	claimByAddress,
	claimByOthers,
	claimRecord,
	countTry,
	enterCode,
	prepareLetter,
	refuseClaim,
	vouch,
	withdrawClaim
} from './commands.server.ts';
import { listClaimsToDecide, listMyClaims, type Target } from './queries.server.ts';
import { codeFrom } from './rules.ts';

const { db, world, as, keep, seenBy, later } = await testWorld();
const days = (context: Context, n: number): Context => ({ ...context, now: new Date(context.now.getTime() + n * 86_400_000) });
const record = await db
	.insertInto('officialBodies')
	.values({
		source: 'rna-waldec',
		key: 'W751000009',
		name: 'LES AMIS DU SQUARE',
		kind: 'association',
		communeCode: '75120',
		street: '3 rue du Square',
		postcode: '75020',
		communeName: 'PARIS',
		active: true,
		fingerprint: 1,
		importId: 1,
		changedAt: later
	})
	.returning('id')
	.executeTakeFirstOrThrow();
const address = { source: 'rna-waldec', key: 'W751000009' };
/** Claims the record, which had no entry; gives the entry that it has since. */
async function claimSquare(context: Context, way: 'letter' | 'vouch', words: string): Promise<Target> {
	const { id, name } = await claimRecord(context, address, (target) => claimByOthers(context, target, way, { words }));
	return { organisationId: id, name };
}

/** An organisation that nobody manages, as its hub's list brought it. */
async function alone(context: Context): Promise<Target> {
	const hub = seenBy(context, 'claire');
	const { id, name } = await addOrganisation(allow(hub, true), hub, {
		name: 'Le Banc',
		kind: 'association',
		commune: null,
		email: 'bonjour@lebanc.example'
	});
	return { organisationId: id, name };
}
const codeOf = async ({ db: read }: Context) => {
	const { text } = await read
		.selectFrom('mails')
		.select('text')
		.where('secret', '=', true)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	return /[CFHJKMNPRTWXY3479]{4}-[CFHJKMNPRTWXY3479]{4}/.exec(text)![0];
};

test('a code at the organisation’s own address makes a manager, once; five wrong ones end it', () =>
	as('bruno')(async (context) => {
		const target = await alone(context);
		await expect(claimByAddress(context, target, { email: 'bruno@gmail.com' })).rejects.toMatchObject({
			code: 'identity.claim-shared-domain'
		});
		await claimByAddress(context, target, { email: 'bruno@lebanc.example' });
		const [claim] = await listMyClaims(context, target);
		const code = await codeOf(context);
		const enter = async (typed: string, who = context) => {
			await countTry(who, { typed: { claimId: claim!.id } });
			return enterCode(who, { claimId: claim!.id, code: typed });
		};
		await expect(enter(code, seenBy(context, 'samir'))).rejects.toBeInstanceOf(NotFound);
		await expect(enter(code, days(context, 2))).rejects.toMatchObject({ code: 'identity.claim-expired' });
		for (let n = 0; n < 3; n++) await expect(enter('CCCC-CCCC')).rejects.toMatchObject({ code: 'identity.claim-wrong-code' });
		await enter(code.toLowerCase());
		expect((await listMembers(context, target.organisationId)).map(({ name, manager }) => [name, manager])).toEqual([
			['Bruno Lacaze', true]
		]);
		await expect(enter(code)).rejects.toMatchObject({ code: 'identity.claim-granted' });
		await expect(claimByAddress(seenBy(context, 'samir'), target, { email: 'samir@lebanc.example' })).rejects.toMatchObject({
			code: 'identity.claim-has-managers'
		});
	}));

test('six tries are too many, even with the right code', () =>
	as('bruno')(async (context) => {
		const target = await alone(context);
		await claimByAddress(context, target, { email: 'bruno@lebanc.example' });
		const [claim] = await listMyClaims(context, target);
		for (let n = 0; n < 6; n++) await countTry(context, { typed: { claimId: claim!.id } });
		await expect(enterCode(context, { claimId: claim!.id, code: await codeOf(context) })).rejects.toMatchObject({
			code: 'identity.claim-exhausted'
		});
	}));

test('what the claimant wrote proves nothing', () =>
	as('bruno')(async (context) => {
		const { id, name } = await addOrganisation(allow(context, true), context, {
			name: 'Le Leurre',
			kind: 'association',
			commune: null,
			email: 'moi@leurre.example'
		});
		const target: Target = { organisationId: id, name };
		await expect(claimByAddress(context, target, { email: 'moi@leurre.example' })).rejects.toMatchObject({
			code: 'identity.claim-other-domain'
		});
	}));

test('a letter to the seat opens a record that had no entry; strangers prepare none', () =>
	as('bruno')(async (context) => {
		const square = await claimSquare(context, 'letter', 'Je suis la trésorière.');
		const [claim] = await listMyClaims(context, square);
		const key = newToken();
		for (const name of ['nadia', 'claire', 'bruno'] as const)
			await expect(prepareLetter(seenBy(context, name), { claimId: claim!.id, key })).rejects.toBeInstanceOf(NotFound);
		const admin = seenBy(context, 'agathe');
		expect(await listClaimsToDecide(seenBy(context, 'nadia'))).toEqual([]);
		expect((await listClaimsToDecide(admin)).map(({ id }) => id)).toEqual([claim!.id]);
		expect(await listWaitingForMe(seenBy(context, 'nadia'))).toEqual([]);
		expect(await listWaitingForMe(admin)).toEqual([{ person: 'Bruno Lacaze', name: 'LES AMIS DU SQUARE' }]);
		await prepareLetter(admin, { claimId: claim!.id, key });
		// The letter is on its way: what comes next is the claimant's.
		expect(await listWaitingForMe(admin)).toEqual([]);
		await prepareLetter(admin, { claimId: claim!.id, key });
		await expect(enterCode(days(context, 61), { claimId: claim!.id, code: codeFrom(key) })).rejects.toMatchObject({
			code: 'identity.claim-expired'
		});
		const { name } = await enterCode(context, { claimId: claim!.id, code: codeFrom(key) });
		expect(name).toBe('LES AMIS DU SQUARE');
		const made = await context.db.selectFrom('organisations').selectAll().where('name', '=', name).executeTakeFirstOrThrow();
		expect(made).toMatchObject({ communeCode: '75120', purpose: null, email: null });
	}));

test('an accompagnateur of the place vouches where nobody has ever been; a refusal is told in words; one takes a claim back', () =>
	as('bruno')(async (context) => {
		const square = await claimSquare(context, 'vouch', 'Je suis la trésorière.');
		const [claim] = await listMyClaims(context, square);
		const claire = seenBy(context, 'claire');
		await expect(vouch(claire, { claimId: claim!.id })).rejects.toBeInstanceOf(NotFound);
		// what the house added itself says where it works, and lets it answer for nobody until an administrator confirms it
		await addArea(claire, { hubId: world.structures.claire, area: 'com-75120' });
		expect(await listClaimsToDecide(claire)).toEqual([]);
		await expect(vouch(claire, { claimId: claim!.id })).rejects.toBeInstanceOf(NotFound);
		await addArea(seenBy(context, 'agathe'), { hubId: world.structures.claire, area: 'com-75120' });
		expect(await listClaimsToDecide(claire)).toHaveLength(1);
		await refuseClaim(claire, { claimId: claim!.id, words: 'Appelez-nous.' });
		expect(await listMyClaims(context, square)).toMatchObject([{ state: 'refused', refusal: 'Appelez-nous.' }]);
		await claimByOthers(context, square, 'vouch', { words: 'Nous avons parlé.' });
		const [again] = await listMyClaims(context, square);
		await vouch(claire, { claimId: again!.id });
		await expect(withdrawClaim(context, { claimId: again!.id })).rejects.toMatchObject({ code: 'identity.claim-granted' });
	}));

test('a charge is taken over after fifteen days, by somebody else’s word, and removes nobody', () =>
	as('bruno')(async (context) => {
		const it = { id: world.structures.nadia, name: 'L’Atelier du Soleil', path: '/structures/x', zone: 'Europe/Paris' };
		await askTakeover(context, it, { reason: 'Le bureau a changé.' });
		const [asked] = await listTakeovers(context, it.id);
		const admin = seenBy(context, 'agathe');
		const decide = (who: Context, granted = true) =>
			decideTakeover(who, { takeoverId: asked!.id, words: 'Vu ensemble.' }, { granted });
		await expect(decide(admin)).rejects.toMatchObject({ code: 'identity.takeover-too-early' });
		for (const name of ['bruno', 'nadia', 'claire', 'samir'] as const)
			await expect(decide(days(seenBy(context, name), 16))).rejects.toBeInstanceOf(NotFound);
		await expect(objectToTakeover(seenBy(context, 'samir'), { takeoverId: asked!.id, words: 'Non.' })).rejects.toBeInstanceOf(
			Forbidden
		);
		const nadia = seenBy(context, 'nadia');
		expect(await listTakeoversToAnswer(nadia)).toMatchObject([{ person: 'Bruno Lacaze', name: it.name, ripe: false }]);
		expect(await listTakeoversToAnswer(days(nadia, 16))).toMatchObject([{ ripe: true }]);
		for (const name of ['bruno', 'samir', 'odile', 'claire', 'agathe'] as const)
			expect(await listTakeoversToAnswer(seenBy(context, name)), name).toEqual([]);
		await objectToTakeover(nadia, { takeoverId: asked!.id, words: 'Nous sommes là.' });
		expect(await listTakeoversToAnswer(nadia)).toEqual([]);
		expect(await listTakeovers(seenBy(context, 'samir'), it.id)).toEqual([]);
		expect(await listTakeoversToDecide(admin)).toMatchObject([
			{ objections: [{ name: 'Nadia Benali', words: 'Nous sommes là.' }] }
		]);
		expect(await listWaitingForMe(admin)).toEqual([]);
		expect(await listWaitingForMe(days(admin, 16))).toEqual([{ person: 'Bruno Lacaze', name: it.name }]);
		await decide(days(admin, 16));
		const managers = (await listMembers(context, it.id)).filter(({ manager }) => manager).map(({ name }) => name);
		expect(managers.toSorted()).toEqual(['Bruno Lacaze', 'Nadia Benali']);
		await expect(decide(days(admin, 16))).rejects.toMatchObject({ code: 'identity.takeover-answered' });
	}));

test('a record claimed twice, and by two people, has one entry and as many claims; a refusal leaves no entry', async () => {
	await expect(
		keep('bruno')((context) =>
			claimRecord(context, address, (target) => claimByAddress(context, target, { email: 'a@gmail.com' }))
		)
	).rejects.toMatchObject({ code: 'identity.claim-shared-domain' });
	expect(await entriesOf(db, record.id)).toEqual([]);
	const both = await Promise.all(
		(['bruno', 'samir'] as const).map((name) => keep(name)((context) => claimSquare(context, 'vouch', 'Je la préside.')))
	);
	expect(new Set(both.map(({ organisationId }) => organisationId)).size).toBe(1);
	await keep('bruno')((context) => claimSquare(context, 'letter', 'Je la préside.'));
	const [entry] = both;
	expect(await keep('bruno')((context) => listMyClaims(context, entry!))).toHaveLength(2);
	await as('agathe')(async (context) => {
		const waiting = await listClaimsToDecide(context);
		expect(waiting.map(({ person }) => person).toSorted()).toEqual(['Bruno Lacaze', 'Bruno Lacaze', 'Samir Haddad']);
		// The first whom somebody vouches for manages; the others are told so.
		const [first, second] = waiting;
		await vouch(context, { claimId: first!.id });
		await expect(vouch(context, { claimId: second!.id })).rejects.toMatchObject({ code: 'identity.claim-has-managers' });
	});
	await db.updateTable('organisationOfficialRecords').set({ until: later }).where('bodyId', '=', record.id).execute();
});

test('the code of another, an expired one and a withdrawn one open nothing', () =>
	as('bruno')(async (context) => {
		const target = await alone(context);
		const samir = seenBy(context, 'samir');
		await claimByAddress(samir, target, { email: 'samir@lebanc.example' });
		const theirs = await codeOf(context);
		await claimByAddress(context, target, { email: 'bruno@lebanc.example' });
		const [mine] = await listMyClaims(context, target);
		const [other] = await listMyClaims(samir, target);
		await expect(enterCode(context, { claimId: mine!.id, code: theirs })).rejects.toMatchObject({
			code: 'identity.claim-wrong-code'
		});
		await expect(enterCode(context, { claimId: other!.id, code: theirs })).rejects.toBeInstanceOf(NotFound);
		await withdrawClaim(context, { claimId: mine!.id });
		await expect(enterCode(context, { claimId: mine!.id, code: await codeOf(context) })).rejects.toMatchObject({
			code: 'identity.claim-withdrawn'
		});
	}));
