import { expect, test } from 'vitest';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { reviseLine, writeLine } from '#modules/lines/commands.server.ts';
import { findLine } from '#modules/lines/queries.server.ts';
import { noDetails, type Audience } from '#modules/lines/rules.ts';
import { writeSessions } from '#modules/sessions/commands.server.ts';
import { noteSession } from '#modules/sessions/commands/noting.server.ts';
import { noteForm, writeForm } from '#modules/sessions/forms.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { chooseReading, noteMeasure } from './commands.server.ts';
import { measureForm, readingForm } from './forms.ts';
import { findIndicator, listIndicators } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const here = (context: Context) => findCooperation(context, world.cooperation.path);
const measure = (over: Record<string, unknown> = {}) =>
	measureForm.parse({ id: newId(), quantity: '40', day: '2026-11-10', ...over });
const reading = (over: Record<string, unknown> = {}) => readingForm.parse({ adds: 'partners', source: 'hand', ...over });

async function indicator(context: Context, audience: Audience = 'partners'): Promise<string> {
	const id = newId();
	await writeLine(context, cooperation, {
		...noDetails,
		id,
		kind: 'indicator',
		text: 'Enfants présents',
		quantity: '60',
		unit: 'enfants',
		audience,
		actingFor: null
	});
	return id;
}
const code = (promise: Promise<unknown>) =>
	promise.then(
		() => 'done',
		(problem: unknown) => (problem instanceof Refused ? problem.code : (problem as Error).constructor.name)
	);

test('numbers are read as people write them; what is no number says what to do', () => {
	for (const [typed, quantity] of [
		['12,5', '12.5'],
		['1\u202f250', '1250'],
		[' 40 ', '40'],
		['', null]
	] as const)
		expect(measure({ quantity: typed }).quantity).toBe(quantity);
	const said = (quantity: string) =>
		measureForm.safeParse({ id: newId(), quantity, day: '2026-11-10' }).error?.issues[0]?.message;
	expect(said('environ 40')).toContain('vont dans les mots');
	expect(said('-3')).toContain('positif');
	expect(said('1e9')).toContain('seul');
	expect(said('NaN')).toContain('en chiffres');
	expect(said('9'.repeat(40))).toContain('trop long');
	expect(measureForm.safeParse({ id: newId(), quantity: '4', day: '20026-01-01' }).success).toBe(false);
});

test('each partner notes its own; an indicator shows what they amount to beside its target', async () => {
	await as('nadia')(async (context) => {
		const id = await indicator(context);
		const first = measure({ quantity: '12,5' });
		await noteMeasure(context, cooperation, id, first);
		await noteMeasure(context, cooperation, id, first);
		await noteMeasure(seenBy(context, 'odile'), cooperation, id, measure({ quantity: '20', day: '2026-11-12' }));
		await noteMeasure(context, cooperation, id, measure({ quantity: '', text: 'Les petits sont plus nombreux.' }));
		const found = await findIndicator(context, await here(context), id);
		expect(found.figure).toBe('32.5');
		expect(found.points.map(({ quantity, organisation }) => [quantity && Number(quantity), organisation])).toEqual([
			[12.5, 'L’Atelier du Soleil'],
			[null, 'L’Atelier du Soleil'],
			[20, 'Compagnie des Tréteaux']
		]);
		const { line } = await findLine(context, first.id);
		expect(line).toMatchObject({ kind: 'measure', unit: 'enfants', endsOn: '2026-11-10', text: '12,5\u00a0enfants' });
		await reviseLine(context, {
			...noDetails,
			...line,
			id: line.id,
			text: line.text,
			reason: 'Recompté.',
			quantity: '13',
			actingFor: null
		});
		expect((await findIndicator(context, await here(context), id)).figure).toBe('33');
		await chooseReading(context, cooperation, id, reading({ adds: 'mean' }));
		expect((await listIndicators(context, await here(context)))[0]).toMatchObject({ figure: '16.5', adds: 'mean' });
		expect(await code(noteMeasure(context, cooperation, id, measure({ quantity: '' })))).toBe(
			'evaluations.indicator-nothing-noted'
		);
		expect(await code(noteMeasure(context, cooperation, id, measure({ day: '2026-11-17' })))).toBe(
			'evaluations.indicator-not-yet'
		);
	});
});

test('an indicator fed by sessions moves with them, and nothing is typed twice', async () => {
	await as('nadia')(async (context) => {
		const id = await indicator(context);
		const { path } = await writeSessions(
			context,
			cooperation,
			writeForm.parse({ id: newId(), title: 'Atelier', day: '2026-11-14', time: '14:00', rhythm: 'once' })
		);
		const at = path.slice(path.lastIndexOf('/') + 1);
		await chooseReading(context, cooperation, id, reading({ source: 'attendance', adds: 'mean' }));
		expect((await findIndicator(context, await here(context), id)).figure).toBeNull();
		await noteSession(context, cooperation, at, noteForm.parse({ sequence: '0', people: '18', volunteers: '2 h 30' }));
		expect(await findIndicator(context, await here(context), id)).toMatchObject({ figure: '18', adds: 'sum' });
		await chooseReading(context, cooperation, id, reading({ source: 'hours' }));
		expect((await findIndicator(context, await here(context), id)).figure).toBe('2.5');
		await chooseReading(context, cooperation, id, reading({ source: 'sessions' }));
		expect((await findIndicator(seenBy(context, 'odile'), await here(context), id)).figure).toBe('1');
		expect(await code(noteMeasure(context, cooperation, id, measure()))).toBe('evaluations.indicator-is-fed');
		expect(await code(chooseReading(context, cooperation, id, reading({ source: 'sessions', seriesId: newId() })))).toBe(
			'evaluations.indicator-no-such-series'
		);
		expect(await code(chooseReading(context, cooperation, id, reading({ source: 'attendance', publicRoot: newId() })))).toBe(
			'sessions.not-an-audience'
		);
	});
});

test('strangers find no indicator, and note nothing; the accompagnatrice reads what is for her', async () => {
	await as('nadia')(async (context) => {
		const ours = await indicator(context);
		const shared = await indicator(context, 'accompagnateur');
		const home = await indicator(context, 'organisation');
		for (const name of ['samir', 'helene', 'bruno', 'yann', 'agathe'] as const)
			for (const id of [ours, shared, home]) {
				const other = seenBy(context, name);
				await expect(findIndicator(other, await here(context), id), name).rejects.toThrow(NotFound);
				for (const doing of [noteMeasure(other, cooperation, id, measure()), chooseReading(other, cooperation, id, reading())])
					expect(await code(doing), name).toBe('NotFound');
			}
		const claire = seenBy(context, 'claire');
		expect((await findIndicator(claire, await here(context), shared)).line.root).toBe(shared);
		await expect(noteMeasure(claire, cooperation, shared, measure())).rejects.toThrow(Forbidden);
		await expect(chooseReading(claire, cooperation, shared, reading())).rejects.toThrow(Forbidden);
		await expect(findIndicator(claire, await here(context), ours)).rejects.toThrow(NotFound);
		await expect(findIndicator(seenBy(context, 'odile'), await here(context), home)).rejects.toThrow(NotFound);
		expect(await code(noteMeasure(context, cooperation, home, measure()))).toBe('lines.not-about-that');
	});
});
