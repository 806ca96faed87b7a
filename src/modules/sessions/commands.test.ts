import { expect, test } from 'vitest';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { wall } from '#platform/clock.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { cancelSession, changeSession, moveSession, writeSessions } from './commands.server.ts';
import { noteHours, noteSession, noteSupplier } from './commands/noting.server.ts';
import { changeForm, hoursForm, moveForm, noteForm, supplierForm, writeForm } from './forms.ts';
import { countSessions, findSession, hoursOf, listFigures, listForCalendar, listSeries, listSessions } from './queries.server.ts';
import { listOpenSessions } from './queries/open.server.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const here = (context: Context) => findCooperation(context, world.cooperation.path);

const written = (over: Record<string, unknown> = {}) =>
	writeForm.parse({ id: newId(), title: 'Atelier', day: '2026-11-14', time: '14:00', length: '2 h', rhythm: 'once', ...over });
const noted = (over: Record<string, unknown> = {}) => noteForm.parse({ sequence: '0', people: '12', ...over });
const code = (path: string) => path.slice(path.lastIndexOf('/') + 1);

async function begin(context: Context, over: Record<string, unknown> = {}): Promise<string> {
	return code((await writeSessions(context, cooperation, written(over))).path);
}
const seen = async (context: Context, at: string) => findSession(context, await here(context), at);
const codeOf = (promise: Promise<unknown>) =>
	promise.then(
		() => 'done',
		(problem: unknown) => (problem instanceof Refused ? problem.code : (problem as Error).constructor.name)
	);

test('partners and the hub that accompanies read sessions; nobody else, by any door', async () => {
	await as('nadia')(async (context) => {
		const at = await begin(context, { open: 'on' });
		await noteSession(context, cooperation, at, noted());
		const all: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];
		for (const name of all) {
			const other = seenBy(context, name);
			const reads = ['nadia', 'odile', 'claire'].includes(name);
			const found = await listSessions(other, await here(context), {});
			expect(found.count, name).toBe(reads ? 1 : 0);
			expect((await listFigures(other, cooperation)).length, name).toBe(reads ? 1 : 0);
			expect((await countSessions(other, cooperation)).people, name).toBe(reads ? 12 : 0);
			expect((await listForCalendar(other, cooperation)).length, name).toBe(['nadia', 'odile'].includes(name) ? 1 : 0);
			const one = findSession(other, await here(context), at);
			if (reads) expect((await one).people).toBe(12);
			else await expect(one, name).rejects.toThrow(NotFound);
			if (name === 'nadia' || name === 'odile') continue;
			const doing = [
				writeSessions(other, cooperation, written()),
				noteSession(other, cooperation, at, noted()),
				moveSession(other, cooperation, at, moveForm.parse({ sequence: '0', day: '2026-11-15', time: '14:00', reason: 'Non.' })),
				cancelSession(other, cooperation, at, { reason: 'Non.' }),
				noteSupplier(other, cooperation, at, supplierForm.parse({ id: newId(), supplier: 'Moi' }))
			];
			for (const outcome of await Promise.all(doing.map(codeOf))) expect(['NotFound', 'Forbidden'], name).toContain(outcome);
		}
	});
});

test('a series is written once, at the same time of the clock, without what is impossible', async () => {
	await as('nadia')(async (context) => {
		await writeLine(context, cooperation, {
			...noDetails,
			id: newId(),
			kind: 'date',
			topic: 'impossible',
			text: 'Vacances',
			startsOn: '2027-04-01',
			endsOn: '2027-04-15',
			audience: 'partners',
			actingFor: null
		});
		const series = written({ day: '2027-03-03', rhythm: 'weekly', endsOn: '2027-04-30', partners: [world.structures.odile] });
		const first = await writeSessions(context, cooperation, series);
		expect(first).toMatchObject({ count: 7, leftOut: 2 });
		await writeSessions(context, cooperation, series);
		const { sessions, count } = await listSessions(context, await here(context), { series: series.id });
		expect(count).toBe(7);
		expect(new Set(sessions.map(({ startsAt, zone }) => wall(startsAt, zone).time))).toEqual(new Set(['14:00']));
		// summer time began on 28 March
		expect(new Set(sessions.map(({ startsAt }) => startsAt.getUTCHours()))).toEqual(new Set([12, 13]));
		expect((await listSeries(context, cooperation)).map((one) => [one.title, one.count])).toEqual([['Atelier', 7]]);
		expect((await seen(context, sessions[0]!.path)).partners.map(({ name }) => name)).toEqual(['Compagnie des Tréteaux']);
	});
});

test.each([
	[{ day: '2026-11-01' }, 'sessions.before-cooperation'],
	[{ day: '2031-01-01' }, 'sessions.too-far'],
	[{ rhythm: 'weekly' }, 'sessions.series-end-missing'],
	[{ rhythm: 'weekly', endsOn: '2036-11-14', weekdays: ['1', '2', '3', '4', '5', '6', '7'] }, 'sessions.series-too-long'],
	[{ partners: ['00000000-0000-4000-8000-000000000000'] }, 'lines.not-a-partner']
])('%j is refused, and nothing is written', async (over, refusal) => {
	await as('nadia')(async (context) => {
		expect(await codeOf(writeSessions(context, cooperation, written(over)))).toBe(refusal);
		expect((await listSessions(context, await here(context), {})).count).toBe(0);
		expect(await listSeries(context, cooperation)).toEqual([]);
	});
});

test.each([
	{ day: '20026-01-01' },
	{ day: '2026-02-30' },
	{ time: '25:00' },
	{ length: 'environ 2 h' },
	{ length: '25 h' },
	{ title: ' ' }
])('a form with %j is not read', (over) => expect(() => written(over)).toThrow());
test.each(['', 'douze', '-3', '1e9', 'NaN', '2,5', '9'.repeat(40)])('« %s » is not a number of people', (people) =>
	expect(() => noted({ people })).toThrow()
);

test('two people note at once: the second sees what the first noted; the same again is written once', async () => {
	await as('nadia')(async (context) => {
		const at = await begin(context);
		await noteSession(context, cooperation, at, noted({ people: '1 2' }));
		await noteSession(context, cooperation, at, noted());
		const odile = seenBy(context, 'odile');
		const second = noteSession(odile, cooperation, at, noted({ people: '15' }));
		await expect(second).rejects.toMatchObject({
			code: 'sessions.noted-meanwhile',
			details: { who: 'Nadia Benali', people: 12 }
		});
		await noteSession(odile, cooperation, at, noted({ people: '15', sequence: '1' }));
		expect(await seen(context, at)).toMatchObject({ people: 15, sequence: 2, notedByName: 'Odile Marchand' });
		const told = await context.db.selectFrom('entries').select('verb').where('verb', 'like', 'session-%').orderBy('n').execute();
		expect(told.map(({ verb }) => verb)).toEqual(['session-written', 'session-held', 'session-corrected']);
	});
});

test('attendance is numbers by audience, of the cooperation’s lines or in free words', async () => {
	await as('nadia')(async (context) => {
		const root = newId();
		await writeLine(context, cooperation, {
			...noDetails,
			id: root,
			kind: 'public',
			text: 'Les enfants',
			audience: 'partners',
			actingFor: null
		});
		const at = await begin(context);
		const counts = { publics: [root], counts: ['8'], otherPublic: 'Voisins', otherCount: '4' };
		expect(await codeOf(noteSession(context, cooperation, at, noted({ ...counts, people: '7' })))).toBe(
			'sessions.audience-above-total'
		);
		expect(await codeOf(noteSession(context, cooperation, at, noted({ publics: [newId()], counts: ['1'] })))).toBe(
			'sessions.not-an-audience'
		);
		expect(await codeOf(noteSession(context, cooperation, at, noted({ otherCount: '4' })))).toBe('sessions.audience-unnamed');
		expect((await seen(context, at)).people).toBeNull();
		await noteSession(context, cooperation, at, noted(counts));
		expect((await seen(context, at)).attendance).toMatchObject([
			{ publicRoot: root, people: 8 },
			{ label: 'Voisins', people: 4 }
		]);
	});
});

test('a session to come has no figures; a held one does not move; a cancelled one is not held', async () => {
	await as('nadia')(async (context) => {
		const coming = await begin(context, { day: '2026-11-25' });
		expect(await codeOf(noteSession(context, cooperation, coming, noted()))).toBe('sessions.not-yet');
		expect(await codeOf(noteHours(context, cooperation, coming, hoursForm.parse({ volunteers: '2 h' })))).toBe(
			'sessions.not-yet'
		);
		const held = await begin(context);
		await noteSession(context, cooperation, held, noted({ people: '0' }));
		const move = moveForm.parse({ sequence: '1', day: '2026-11-16', time: '14:00', reason: 'La salle est prise.' });
		expect(await codeOf(moveSession(context, cooperation, held, move))).toBe('sessions.is-held');
		expect(await codeOf(cancelSession(context, cooperation, held, { reason: 'Non.' }))).toBe('sessions.is-held');
		await cancelSession(context, cooperation, coming, { reason: 'Neige.' });
		await cancelSession(context, cooperation, coming, { reason: 'Neige.' });
		expect(await codeOf(noteSession(context, cooperation, coming, noted({ sequence: '1' })))).toBe('sessions.is-cancelled');
		expect(await codeOf(changeSession(context, cooperation, coming, changeForm.parse({ sequence: '1', title: 'Non' })))).toBe(
			'sessions.is-cancelled'
		);
		const told = await context.db.selectFrom('notices').select(['personId', 'kind', 'text']).execute();
		expect(told).toMatchObject([{ personId: world.actors.odile.id, kind: 'session' }]);
		expect(told[0]!.text).toContain('Neige.');
		expect(await codeOf(moveSession(context, cooperation, 'avril-2345678', move))).toBe('NotFound');
	});
});

test('a moved session keeps its first date; calendars follow; two who move it lose nothing', async () => {
	await as('nadia')(async (context) => {
		const at = await begin(context, { day: '2026-11-25' });
		const first = (await seen(context, at)).startsAt;
		const move = (over: Record<string, unknown>) =>
			moveSession(
				context,
				cooperation,
				at,
				moveForm.parse({ sequence: '0', day: '2026-11-27', time: '15:30', reason: 'Grève.', ...over })
			);
		expect(await codeOf(move({ day: '2026-10-01' }))).toBe('sessions.before-cooperation');
		await move({});
		expect(await codeOf(move({ day: '2026-11-28' }))).toBe('sessions.changed-meanwhile');
		await move({ day: '2026-11-30', sequence: '1' });
		expect(await seen(context, at)).toMatchObject({
			movedFrom: first,
			moveReason: 'Grève.',
			sequence: 2,
			startsAt: new Date('2026-11-30T14:30:00Z')
		});
		expect(await listForCalendar(context, cooperation)).toMatchObject([
			{ sequence: 2, startsAt: new Date('2026-11-30T14:30:00Z') }
		]);
	});
});

test('hours are of each partner, suppliers have a cost; each partner reads its own sum', async () => {
	await as('nadia')(async (context) => {
		const at = await begin(context);
		await noteSession(context, cooperation, at, noted({ volunteers: '2 h 30', employees: '45 min' }));
		const odile = seenBy(context, 'odile');
		await noteHours(odile, cooperation, at, hoursForm.parse({ volunteers: '1,5' }));
		await noteHours(odile, cooperation, at, hoursForm.parse({ volunteers: '2', employees: '' }));
		const forged = noteHours(odile, cooperation, at, hoursForm.parse({ volunteers: '9', actingFor: world.structures.nadia }));
		expect(await codeOf(forged)).toBe('organisations.not-yours');
		const supplier = supplierForm.parse({ id: newId(), supplier: 'Son et Cie', hours: '3 h', cents: '120,50' });
		await noteSupplier(context, cooperation, at, supplier);
		await noteSupplier(context, cooperation, at, supplier);
		expect(await hoursOf(context, cooperation, world.structures.nadia)).toEqual({
			volunteers: 150,
			employees: 45,
			suppliers: 180,
			sessions: 1,
			costs: [{ currency: 'EUR', cents: 12_050 }]
		});
		expect(await hoursOf(context, cooperation, world.structures.odile)).toMatchObject({
			volunteers: 120,
			employees: 0,
			costs: []
		});
		expect(await hoursOf(seenBy(context, 'samir'), cooperation, world.structures.odile)).toMatchObject({
			volunteers: 0,
			sessions: 0
		});
		expect((await countSessions(context, cooperation)).minutes).toBe(150 + 45 + 120 + 180);
	});
});

test('only what is open, to come and not cancelled is announced to everybody', async () => {
	await as('nadia')(async (context) => {
		await begin(context, { day: '2026-11-25', title: 'Venez', open: 'on', toKnow: 'Entrée libre.' });
		await begin(context, { day: '2026-11-26', title: 'Entre nous' });
		await begin(context, { day: '2026-11-10', title: 'Passée', open: 'on' });
		const cancelled = await begin(context, { day: '2026-11-27', title: 'Annulée', open: 'on' });
		await cancelSession(context, cooperation, cancelled, { reason: 'Neige.' });
		const found = await listOpenSessions(context.db, { cooperationId: cooperation, now: context.now });
		expect(found).toMatchObject([{ title: 'Venez', toKnow: 'Entrée libre.', moved: false }]);
	});
});

test('an accompagnatrice reads and writes nothing here', async () => {
	await as('claire')(async (context) => {
		await expect(writeSessions(context, cooperation, written())).rejects.toThrow(Forbidden);
	});
});
