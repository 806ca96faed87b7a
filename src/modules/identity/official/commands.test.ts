import { expect, test } from 'vitest';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { understandDirectory } from '#modules/organisations/queries/asked.server.ts';
import { listDirectory } from '#modules/organisations/queries/directory.server.ts';
import { dissolvedAmong, findOfficial } from '#modules/register/queries.server.ts';
import { stranger } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { markLife } from '../life/commands.server.ts';
import { addNumber, addRecord, detachRecord, endNumber, enterRecord, relateRecord } from './commands.server.ts';
import {
	entriesOf,
	findOfficialFacts,
	findSignsOf,
	likelyEntries,
	listNumbers,
	listPastRecords,
	proposeRecords
} from './queries.server.ts';

const { db, world, as, keep, seenBy, later } = await testWorld();
const address = world.actors.nadia.belongings[0]!.path.replace('/structures/', '');
const body = {
	source: 'rna-waldec',
	kind: 'association',
	communeCode: '75120',
	active: true,
	fingerprint: 1,
	importId: 1,
	changedAt: later
};
const [own, other, siren] = await Promise.all(
	[
		{
			...body,
			key: 'W751000001',
			rna: 'W751000001',
			name: 'ASSOCIATION L ATELIER DU SOLEIL',
			purpose: 'Peindre.',
			declaredOn: '2026-01-05'
		},
		{ ...body, key: 'W751000002', rna: 'W751000002', name: 'UNION DES PECHEURS DU CANAL' },
		{ ...body, source: 'sirene', key: '732829320', siren: '732829320', name: 'SOLEIL PRODUCTIONS', communeCode: '13055' }
	].map((one) => db.insertInto('officialBodies').values(one).returning('id').executeTakeFirstOrThrow())
);
const sun = (context: Context) => findOrganisation(context, address);
const proposed = async (context: Context, words = '') =>
	(await proposeRecords(context, await sun(context), words)).map(({ bodyId, why }) => [bodyId, why]);

test('a record is proposed by a number, else by a name that is alike in the commune; a person decides', () =>
	as('nadia')(async (context) => {
		expect(await proposed(context)).toEqual([[own!.id, 'name']]);
		expect(await proposed(context, 'w751 000 002')).toEqual([[other!.id, 'asked']]);
		expect(await proposed(context, 'pêcheurs du canal')).toEqual([[other!.id, 'asked']]);
		expect(await proposed(context, '%')).toEqual([]);
		await addNumber(context, await sun(context), { identifier: '732 829 320' });
		expect(await proposed(context)).toEqual([[siren!.id, 'identifier']]);
		await relateRecord(context, await sun(context), { bodyId: siren!.id });
		await relateRecord(context, await sun(context), { bodyId: siren!.id });
		const { records, signs } = await findOfficialFacts(context, await sun(context));
		expect(records).toMatchObject([{ name: 'SOLEIL PRODUCTIONS', how: 'person', state: 'active' }]);
		expect(signs.map(({ sign }) => sign)).toEqual(['confirmed', 'siret']);
		// What its people wrote stays as it was.
		expect((await sun(context)).name).toBe('L’Atelier du Soleil');
	}));

test('what shares a number with a record that is its own is proposed, until somebody says that it is not', () =>
	as('nadia')(async (context) => {
		const second = {
			...body,
			source: 'sirene',
			key: '552100554',
			siren: '552100554',
			rna: 'W751000001',
			name: 'SOLEIL FORMATION'
		};
		const write = allow(context, true);
		const { id: twin } = await write.insertInto('officialBodies').values(second).returning('id').executeTakeFirstOrThrow();
		await relateRecord(context, await sun(context), { bodyId: own!.id });
		expect(await proposed(context)).toEqual([[twin, 'published']]);
		await relateRecord(context, await sun(context), { bodyId: twin });
		await detachRecord(context, await sun(context), { bodyId: twin });
		expect((await proposed(context)).map(([id]) => id)).not.toContain(twin);
	}));

test('several records stand together, and one that is detached comes back from the history', () =>
	as('agathe')(async (context) => {
		const it = await sun(context);
		for (const { id } of [own!, siren!]) await relateRecord(context, it, { bodyId: id });
		await detachRecord(context, it, { bodyId: own!.id });
		await detachRecord(context, it, { bodyId: own!.id });
		expect((await findOfficialFacts(context, it)).records.map(({ bodyId }) => bodyId)).toEqual([siren!.id]);
		expect(await listPastRecords(context, it.id)).toMatchObject([{ bodyId: own!.id, by: 'Agathe Morel' }]);
		await relateRecord(context, it, { bodyId: own!.id });
		expect(await listPastRecords(context, it.id)).toEqual([]);
		const verbs = await context.db
			.selectFrom('entries')
			.select('verb')
			.where('chain', '=', it.id)
			.where('verb', 'like', 'record-%')
			.execute();
		expect(verbs.map(({ verb }) => verb).toSorted()).toEqual([
			'record-detached',
			'record-related',
			'record-related',
			'record-related'
		]);
	}));

test('a stranger, another’s manager and a house that was not accepted change nothing', () =>
	as('nadia')(async (context) => {
		const it = await sun(context);
		for (const name of ['samir', 'claire', 'yann'] as const)
			await expect(relateRecord(seenBy(context, name), it, { bodyId: own!.id })).rejects.toBeInstanceOf(Forbidden);
		await expect(relateRecord(context, it, { bodyId: 999_999 })).rejects.toBeInstanceOf(NotFound);
		expect(await proposeRecords({ ...context, actor: stranger }, it)).toEqual([]);
		expect((await findOfficialFacts({ ...context, actor: stranger }, it)).records).toEqual([]);
	}));

test('a number is checked, borne once, and ended with a reason that its history keeps; many bear many', () =>
	as('nadia')(async (context) => {
		const it = await sun(context);
		const add = (identifier: string, who = context, reason?: string) => addNumber(who, it, { identifier, reason });
		await expect(add('732 829 321')).rejects.toMatchObject({ code: 'organisations.identifier-check', field: 'identifier' });
		await expect(add('8,30E+13')).rejects.toMatchObject({ code: 'organisations.identifier-rounded' });
		await add('732 829 320', context, 'Sur notre avis de situation.');
		await add('732829320');
		await add('W751 123 456');
		await add('404 833 048');
		expect((await sun(context)).identifiers.map(({ value }) => value)).toEqual(['W751123456', '404833048', '732829320']);
		const samir = seenBy(context, 'samir');
		await addNumber(samir, { id: world.structures.samir }, { identifier: 'W751123456' });
		const { held } = await listNumbers(context, it.id);
		expect(held[0]).toMatchObject({ value: 'W751123456', others: ['Radio Sorbier'], by: 'Nadia Benali', source: null });
		expect(held[2]).toMatchObject({ reason: 'Sur notre avis de situation.' });
		const end = (who: Context) => endNumber(who, it, { kind: 'siren', value: '732829320', reason: 'Association voisine.' });
		for (const name of ['odile', 'samir', 'claire'] as const) {
			await expect(add('732829320', seenBy(context, name)), name).rejects.toBeInstanceOf(Forbidden);
			await expect(end(seenBy(context, name)), name).rejects.toBeInstanceOf(Forbidden);
		}
		await end(context);
		await end(context);
		expect((await listNumbers(context, it.id)).past).toMatchObject([
			{ value: '732829320', since: later, until: later, reason: 'Association voisine.', by: 'Nadia Benali' }
		]);
		await add('732829320');
		expect((await listNumbers(context, it.id)).held).toHaveLength(3);
	}));

const find = (context: Context, key: string) => findOfficial(context, { source: 'rna-waldec', key });

test('a record enters the directory once, with its numbers and those of its other records, and says where they come from', () =>
	as('claire')(async (context) => {
		await allow(context, true)
			.insertInto('officialLinks')
			.values({ bodyId: siren!.id, otherId: other!.id, byNumber: 'rna', since: later })
			.execute();
		const entry = await addRecord(context, other!.id);
		expect((await addRecord(seenBy(context, 'agathe'), other!.id)).id).toBe(entry.id);
		expect((await addRecord(context, siren!.id)).id).toBe(entry.id);
		const made = await findOrganisation(context, entry.code);
		expect(made).toMatchObject({ name: 'UNION DES PECHEURS DU CANAL', communeCode: '75120', purpose: null });
		expect(made.identifiers.map(({ value }) => value)).toEqual(['W751000002', '732829320']);
		expect((await listNumbers(context, entry.id)).held.map(({ source }) => source)).toEqual(['rna-waldec', 'rna-waldec']);
		const { records, signs } = await findOfficialFacts(context, made);
		expect(records.map(({ how }) => how).toSorted()).toEqual(['identifier', 'person']);
		expect(signs.map(({ sign }) => sign)).toEqual(['siret']);
		await expect(addRecord(seenBy(context, 'nadia'), own!.id)).rejects.toBeInstanceOf(Forbidden);
		await expect(addRecord(context, 999_999)).rejects.toBeInstanceOf(NotFound);
	}));

test('an entry that bears the number or the name is shown before another is made', () =>
	as('nadia')(async (context) => {
		expect(await likelyEntries(context, await find(context, 'W751000002'))).toEqual([]);
		await addNumber(context, await sun(context), { identifier: 'W751000002' });
		expect((await likelyEntries(context, await find(context, 'W751000002'))).map(({ id }) => id)).toEqual([
			world.structures.nadia
		]);
	}));

test('two people who enter one record at once find one entry', async () => {
	const record = await keep('nadia')((context) => find(context, 'W751000001'));
	const both = await Promise.all(
		(['nadia', 'samir'] as const).map((name) => keep(name)((context) => enterRecord(allow(context, true), context, record)))
	);
	expect(both[0]!.id).toBe(both[1]!.id);
	expect(await entriesOf(db, record.id)).toHaveLength(1);
	await db.updateTable('organisationOfficialRecords').set({ until: later }).where('bodyId', '=', record.id).execute();
});

test('those without any sign of life come last in the directory', () =>
	as('claire')(async (context) => {
		const { page, after, before, registerPage: _page, ...asked } = searchIn(new URL('http://here/structures'));
		const names = async (words = '') =>
			(
				await listDirectory(context, await understandDirectory(context, { ...asked, words }), { page, after, before })
			).organisations.map(({ name }) => name);
		await allow(context, true).updateTable('officialBodies').set({ name: 'AAA CANAL' }).where('id', '=', other!.id).execute();
		await addRecord(context, other!.id);
		expect((await names()).at(-1)).toBe('AAA CANAL');
		await allow(context, true)
			.updateTable('officialBodies')
			.set({ declaredOn: '2026-02-01' })
			.where('id', '=', other!.id)
			.execute();
		await markLife(allow(context, true), context.now);
		expect((await names())[0]).toBe('AAA CANAL');
		// Four years later nothing was heard of it.
		await markLife(allow(context, true), new Date('2030-11-16T09:00:00Z'), null);
		expect(await context.db.selectFrom('organisations').select('id').where('lives', '=', true).execute()).toEqual([]);
	}));

test.each<[string, Record<string, unknown>, object | null, boolean, [string, string][]?]>([
	['nothing', {}, null, false],
	['an old declaration', { declaredOn: '2020-01-01' }, null, false],
	['a declaration of last year', { declaredOn: '2025-06-01' }, null, true],
	['a declaration of a body that ended', { declaredOn: '2025-06-01', active: false }, null, false],
	['a grant by its RNA number', {}, { rna: 'W751000002' }, true],
	['a grant by its SIREN', { siren: '732829320' }, { siren: '732829320' }, true],
	['an old grant', {}, { rna: 'W751000002', grantedOn: '2019-01-01' }, false],
	['a grant of the future', {}, { rna: 'W751000002', grantedOn: '2031-01-01' }, false],
	['a grant that was taken back', {}, { rna: 'W751000002', amountCents: -5 }, false],
	['a grant to another', {}, { rna: 'W751000003' }, false],
	['an announcement of last year', {}, null, true, [['changed', '2025-06-03']]],
	['an announcement of which no kind is said', {}, null, true, [['unsaid', '2025-06-03']]],
	['an announcement that says nothing of a life', {}, null, false, [['other', '2025-06-03']]],
	['an old announcement', {}, null, false, [['created', '2015-06-03']]],
	['an announcement of the future', {}, null, false, [['created', '2031-06-03']]],
	['a dissolution', { declaredOn: '2025-11-20' }, null, false, [['dissolved', '2025-12-02']]],
	[
		'a dissolution that was taken back',
		{ declaredOn: '2025-11-20' },
		null,
		true,
		[
			['dissolved', '2025-12-02'],
			['cancelled', '2025-12-30']
		]
	],
	[
		'a change after a dissolution',
		{},
		null,
		true,
		[
			['dissolved', '2025-12-02'],
			['changed', '2026-01-06']
		]
	],
	[
		'accounts after a dissolution',
		{},
		null,
		true,
		[
			['dissolved', '2025-12-02'],
			['accounts', '2026-01-06']
		]
	],
	['a grant before a dissolution', {}, { rna: 'W751000002', grantedOn: '2025-11-01' }, false, [['dissolved', '2025-12-02']]],
	['a grant after a dissolution', {}, { rna: 'W751000002' }, true, [['dissolved', '2025-12-02']]]
])('the page and the rank of the directory agree: %s', (_what, said, grant, lives, announced = []) =>
	as('claire')(async (context) => {
		const write = allow(context, true);
		await write
			.updateTable('officialBodies')
			.set({ active: true, ...said })
			.where('id', '=', other!.id)
			.execute();
		if (grant)
			await write
				.insertInto('officialGrants')
				.values({
					fingerprint: 7,
					giver: 'Ville de Valsorbier',
					beneficiary: 'Pêcheurs',
					amountCents: 80_000,
					grantedOn: '2026-01-01',
					dayKnown: true,
					importId: 1,
					...grant
				})
				.execute();
		for (const [kind, publishedOn] of announced)
			await write.insertInto('officialAnnouncements').values({ number: 'W751000002', kind, publishedOn, importId: 1 }).execute();
		const entry = await addRecord(context, other!.id);
		await markLife(write, context.now);
		const { signs } = await findOfficialFacts(context, await findOrganisation(context, entry.code));
		expect(signs.length > 0).toBe(lives);
		expect((await findSignsOf(context, [await find(context, 'W751000002')])).signs.length > 0).toBe(lives);
		const row = await context.db.selectFrom('organisations').select('lives').where('id', '=', entry.id).executeTakeFirstOrThrow();
		expect(row.lives).toBe(lives);
	})
);

test('an address that is open at SIRENE shows nothing of a dissolved association', () =>
	as('claire')(async (context) => {
		const write = allow(context, true);
		const entry = await addRecord(context, other!.id);
		await write
			.insertInto('organisationOfficialRecords')
			.values({ id: newId(), organisationId: entry.id, bodyId: siren!.id, how: 'person', since: context.now })
			.execute();
		const shown = async () => {
			await markLife(write, context.now);
			const { signs } = await findOfficialFacts(context, await findOrganisation(context, entry.code));
			const row = await context.db
				.selectFrom('organisations')
				.select('lives')
				.where('id', '=', entry.id)
				.executeTakeFirstOrThrow();
			return [signs.map(({ sign }) => sign), row.lives];
		};
		expect(await shown()).toEqual([['siret'], true]);
		await write
			.insertInto('officialAnnouncements')
			.values({ number: 'W751000002', kind: 'dissolved', publishedOn: '2025-12-02', importId: 1 })
			.execute();
		expect(await shown()).toEqual([[], false]);
		expect(await dissolvedAmong(context.db, [entry.id])).toEqual(new Set());
		await write.deleteFrom('organisationOfficialRecords').where('bodyId', '=', siren!.id).execute();
		expect(await dissolvedAmong(context.db, [entry.id])).toEqual(new Set([entry.id]));
	}));
