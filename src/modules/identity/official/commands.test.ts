import { expect, test } from 'vitest';
import { addIdentifier } from '#modules/organisations/commands.server.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { stranger } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { testWorld } from '../../../../tests/world.ts';
import { detachRecord, relateRecord } from './commands.server.ts';
import { findOfficialFacts, listPastRecords, proposeRecords } from './queries.server.ts';

const { db, world, as, seenBy, later } = await testWorld();
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
		await addIdentifier(context, world.structures.nadia, '732 829 320');
		expect(await proposed(context)).toEqual([[siren!.id, 'identifier']]);
		await relateRecord(context, await sun(context), { bodyId: siren!.id });
		await relateRecord(context, await sun(context), { bodyId: siren!.id });
		const { records, signs } = await findOfficialFacts(context, await sun(context));
		expect(records).toMatchObject([{ name: 'SOLEIL PRODUCTIONS', how: 'person', state: 'active' }]);
		expect(signs.map(({ sign }) => sign)).toEqual(['confirmed', 'siret']);
		// What its people wrote stays as it was.
		expect((await sun(context)).name).toBe('L’Atelier du Soleil');
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
