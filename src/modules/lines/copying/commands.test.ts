import { expect, test } from 'vitest';
import { findOrigin } from '#modules/cooperations/origin/queries.server.ts';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById, findCooperation } from '#modules/cooperations/queries.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { writeLine } from '../commands.server.ts';
import { listLines } from '../queries.server.ts';
import { kinds, noDetails } from '../rules.ts';
import { copyCooperation } from './commands.server.ts';
import { listCopiable } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const from = world.cooperation.id;
const line = { audience: null, actingFor: null, ...noDetails };
const copy = (lines: string[]) => ({
	id: newId(),
	name: 'Avril enchanté 2027',
	sentence: 'Jouer encore.',
	weeks: '52' as const,
	lines,
	actingFor: null
});

test('two hundred lines are taken up, nobody’s word is given for them, and twice is once', async () => {
	await as('nadia')(async (context) => {
		const odile = seenBy(context, 'odile');
		await writeLine(odile, from, { ...line, id: newId(), kind: 'limit', text: 'Pas le lundi.' });
		await writeLine(odile, from, { ...line, id: newId(), kind: 'objective', topic: 'own', text: 'Être connus.' });
		await writeLine(odile, from, {
			...line,
			id: newId(),
			kind: 'contribution',
			topic: 'money',
			cents: 50_000,
			text: 'Les décors'
		});
		await writeLine(context, from, {
			...line,
			id: newId(),
			kind: 'task',
			text: 'Imprimer les affiches',
			whoOrganisation: world.structures.odile,
			endsOn: '2026-04-11'
		});
		for (let n = 0; n < 200; n++)
			await writeLine(context, from, { ...line, id: newId(), kind: 'objective', text: `Objectif ${n}` });
		const cooperation = await findCooperationById(context, from);
		const possible = await listCopiable(context, cooperation, world.structures.nadia);
		expect(possible).toHaveLength(202);
		const sent = copy(possible.map(({ id }) => id));
		const path = await copyCooperation(context, from, sent);
		expect(await copyCooperation(context, from, sent)).toBe(path);
		const begun = await findCooperation(context, path.replace('/cooperations/', ''));
		expect(begun.partners.map(({ name }) => name)).toEqual(['L’Atelier du Soleil']);
		const written = await listLines(context, begun.id, kinds, { size: 500 });
		expect(written).toHaveLength(202);
		expect(written.find(({ kind }) => kind === 'task')).toMatchObject({ whoOrganisation: null, endsOn: '2027-04-10' });
		expect(written.find(({ kind }) => kind === 'task')!.text).toContain('Compagnie des Tréteaux');
		expect(written.find(({ kind }) => kind === 'need')).toMatchObject({ cents: null, sourceKind: 'page' });
		expect(written.some(({ kind, text }) => kind === 'contribution' || text === 'Être connus.')).toBe(false);
		expect((await findOrigin(context, begun)).parent?.name).toBe(cooperation.name);
		// Nobody was invited.
		await expect(findCooperationById(odile, begun.id)).rejects.toThrow(NotFound);
	});
});

test('a stranger, who accompanies, a partner that left: nothing begins; a line that went is said', async () => {
	await as('nadia')(async (context) => {
		await expect(copyCooperation(seenBy(context, 'bruno'), from, copy([]))).rejects.toThrow(NotFound);
		await expect(copyCooperation(seenBy(context, 'claire'), from, copy([]))).rejects.toThrow(Forbidden);
		await expect(copyCooperation(context, from, copy([newId()]))).rejects.toMatchObject({ code: 'lines.copy-changed' });
		const odile = seenBy(context, 'odile');
		const { accepted } = await findCooperationById(context, from);
		const partner = accepted.find(({ organisationId }) => organisationId === world.structures.odile)!;
		await leaveCooperation(odile, from, { partnerId: partner.id, reason: 'Plus le temps.' });
		await expect(copyCooperation(odile, from, copy([]))).rejects.toThrow(Forbidden);
	});
});
