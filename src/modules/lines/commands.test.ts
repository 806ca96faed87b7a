import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/errors.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { markLine, reviseLine, shareLine, writeLine } from './commands.server.ts';
import type { Written } from './forms.ts';
import { findLine, listLines, listMyTasks } from './queries.server.ts';
import { kinds, noDetails, type Audience } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const line = (over: Partial<Written> = {}): Written => ({
	id: newId(),
	kind: 'information',
	text: 'La salle est libre le mercredi.',
	audience: null,
	actingFor: null,
	...noDetails,
	...over
});
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];

test('a line is seen by the partners, and by nobody else', async () => {
	await as('nadia')(async (context) => {
		const written = line();
		await writeLine(context, cooperation, written);
		for (const name of everyone) {
			const seen = await listLines(seenBy(context, name), cooperation, kinds);
			expect(
				seen.map(({ text }) => text),
				name
			).toEqual(name === 'nadia' || name === 'odile' ? [written.text] : []);
		}
	});
});

test.each<[Audience, Name[]]>([
	['organisation', ['nadia']],
	['partners', ['nadia', 'odile']],
	['accompagnateur', ['nadia', 'odile', 'claire']],
	['everyone', everyone]
])('for « %s », %j read', async (audience, readers) => {
	await as('nadia')(async (context) => {
		const written = line({ audience });
		await writeLine(context, cooperation, written);
		for (const name of everyone) {
			const found = findLine(seenBy(context, name), written.id);
			if (readers.includes(name)) expect((await found).line.text).toBe(written.text);
			else await expect(found, name).rejects.toThrow(NotFound);
		}
	});
});

test('an own objective begins at home, and is shared by an act of the organisation', async () => {
	await as('nadia')(async (context) => {
		const own = line({ kind: 'objective', topic: 'own', text: 'Nous faire connaître des écoles.' });
		await writeLine(context, cooperation, own);
		const odile = seenBy(context, 'odile');
		expect(await listLines(odile, cooperation, kinds)).toEqual([]);
		await expect(shareLine(odile, { id: own.id, text: 'x', audience: 'partners' })).rejects.toThrow(NotFound);
		await shareLine(context, { id: own.id, text: 'Rencontrer les écoles.', audience: 'partners' });
		expect((await listLines(odile, cooperation, kinds)).map(({ text }) => text)).toEqual(['Rencontrer les écoles.']);
	});
});

test('a revision keeps the old line and the reason; the second of two editors sees what the first wrote', async () => {
	await as('nadia')(async (context) => {
		const first = line({ kind: 'objective', text: '40 enfants' });
		await writeLine(context, cooperation, first);
		const odile = seenBy(context, 'odile');
		const revised = { id: first.id, text: '60 enfants', reason: 'Deux classes de plus.', actingFor: null, ...noDetails };
		await reviseLine({ ...odile, now: new Date(context.now.getTime() + 1000) }, revised);
		const { line: now, versions } = await findLine(context, first.id);
		expect([now.text, now.reason, versions.map(({ text }) => text)]).toEqual([
			'60 enfants',
			'Deux classes de plus.',
			['60 enfants', '40 enfants']
		]);
		await expect(reviseLine(context, { ...revised, text: '50 enfants' })).rejects.toMatchObject({
			code: 'lines.changed-meanwhile',
			details: { theirs: '60 enfants' }
		});
	});
});

test('a form sent twice writes one line', async () => {
	await as('nadia')(async (context) => {
		const once = line();
		await writeLine(context, cooperation, once);
		await writeLine(context, cooperation, once);
		expect(await listLines(context, cooperation, kinds)).toHaveLength(1);
	});
});

test('a task lands on the home page of the one who is asked, until it is done', async () => {
	await as('odile')(async (context) => {
		const task = line({
			kind: 'task',
			text: 'Réserver la salle.',
			whoOrganisation: world.structures.nadia,
			endsOn: '2026-12-01'
		});
		await writeLine(context, cooperation, task);
		const nadia = seenBy(context, 'nadia');
		expect((await listMyTasks(nadia)).map(({ text }) => text)).toEqual(['Réserver la salle.']);
		expect(await listMyTasks(context)).toEqual([]);
		await markLine(nadia, { root: task.id, mark: 'done', note: null });
		expect(await listMyTasks(nadia)).toEqual([]);
		await markLine(nadia, { root: task.id, mark: 'done', note: null });
		expect(await listMyTasks(nadia)).toHaveLength(1);
	});
});

test('nobody writes here but the partners, and nobody for another', async () => {
	for (const name of ['samir', 'bruno', 'yann', 'agathe'] as const)
		await expect(
			as(name)((context) => writeLine(context, cooperation, line())),
			name
		).rejects.toThrow(NotFound);
	for (const name of ['helene', 'claire'] as const)
		await expect(
			as(name)((context) => writeLine(context, cooperation, line())),
			name
		).rejects.toThrow('');
	await expect(
		as('nadia')((context) => writeLine(context, cooperation, line({ actingFor: world.structures.odile })))
	).rejects.toThrow('');
	await expect(
		as('nadia')((context) => writeLine(context, cooperation, line({ kind: 'task', whoOrganisation: world.structures.bruno })))
	).rejects.toThrow('lines.not-a-partner');
});
