import fc from 'fast-check';
import { expect, test } from 'vitest';
import { movable } from '#modules/cooperations/stages/rules.ts';
import { plusDays } from '#platform/clock.ts';
import {
	addressOf,
	columns,
	drawMonths,
	filtered,
	isIn,
	mostStalledFirst,
	paperOf,
	shownBy,
	views,
	wayOutOf,
	type Entry,
	type View
} from './rules.ts';
import { portfolioTitle, sheet, whereAndWho } from './views/says.ts';

const today = '2026-11-22';
const stall = (reason: Entry['stalls'][number]['reason'], days: number): Entry['stalls'][number] => ({
	reason,
	days,
	since: plusDays(today, -days),
	wayOut: 'remind'
});
const calm: Entry = {
	id: 'c',
	name: 'Avril enchanté',
	path: '/cooperations/avril-k7p3m',
	place: 'Paris 20e',
	associations: 7,
	others: 2,
	stage: 'preparation',
	since: '2026-03-22',
	months: 8,
	usual: 9,
	pausedUntil: null,
	underWay: 'plan',
	steps: [],
	newsOn: plusDays(today, -1),
	begunOn: '2026-01-01',
	meetingOn: '2026-12-01',
	stalls: [],
	awaited: null,
	unread: null,
	spokenFor: 'o',
	silent: null
};

test.each<[string, Partial<Entry>, View[]]>([
	['calm', {}, []],
	['stalled', { stalls: [stall('no-line', 50)] }, ['a-reprendre']],
	['without a meeting', { meetingOn: null }, ['sans-reunion']],
	['what lasts needs no meeting', { meetingOn: null, stage: 'sustained' }, []],
	['thirty days of silence are nothing', { newsOn: plusDays(today, -30) }, []],
	['thirty-one are', { newsOn: plusDays(today, -31) }, ['sans-nouvelles']],
	['never a line', { newsOn: null }, ['sans-nouvelles']],
	['at rest, whatever it lacks', { pausedUntil: '2027-01-01', meetingOn: null, newsOn: null }, ['en-pause']],
	['to be signed', { awaited: { waiting: 2, since: today } }, ['convention']],
	['advice unread', { unread: { count: 1, since: today } }, ['conseils']]
])('%s', (_, over, expected) => {
	expect(views.filter((view) => isIn(view, { ...calm, ...over }, today))).toEqual(['toutes', ...expected]);
});

test('the most stalled come first, those at rest last', () => {
	const entries = [
		{ ...calm, id: 'rests', pausedUntil: '2027-01-01', newsOn: '2026-01-02' },
		{ ...calm, id: 'calm' },
		{ ...calm, id: 'long', stalls: [stall('no-meeting', 5), stall('no-line', 90)] },
		{ ...calm, id: 'short', stalls: [stall('no-meeting', 60)] },
		{ ...calm, id: 'old news', newsOn: '2026-02-01' }
	];
	expect(mostStalledFirst(entries).map(({ id }) => id)).toEqual(['long', 'short', 'old news', 'calm', 'rests']);
});

test('one way out, the one of what presses most; an agreement waits when nothing stalls', () => {
	const way = (over: Partial<Entry>) => wayOutOf({ ...calm, ...over });
	expect(way({})).toBeNull();
	expect(way({ stalls: [stall('unanswered', 30), stall('no-line', 90)], silent: 's' })).toEqual({
		what: 'call-invited',
		href: '/maison/appel?organisation=s&cooperation=c'
	});
	expect(way({ stalls: [stall('no-meeting', 70)] })?.href).toBe(`${calm.path}/accompagnement?conseil=meetings#conseiller`);
	expect(way({ stalls: [stall('no-line', 90)], awaited: { waiting: 1, since: today } })?.what).toBe('ask-news');
	expect(way({ awaited: { waiting: 1, since: today } })?.href).toBe(`${calm.path}/convention`);
});

test('an address that was kept shows the same; one that was forged shows everything', () => {
	fc.assert(
		fc.property(
			fc.record({
				view: fc.constantFrom(...views),
				stage: fc.option(fc.constantFrom(...movable)),
				page: fc.integer({ min: 1, max: 900 })
			}),
			(shown) => {
				expect(shownBy(new URL(addressOf(shown), 'http://here').searchParams)).toEqual(shown);
			}
		)
	);
	for (const forged of ['voir=tout&phase=ended&page=-3', 'voir=&page=1e99', 'page=NaN&voir=__proto__', ''])
		expect(shownBy(new URLSearchParams(forged))).toMatchObject({ view: 'toutes', stage: null });
});

test('counts follow the stage; every cooperation stands in one column, stalled on top', () => {
	const entries = Array.from({ length: 30 }, (_, i) => ({
		...calm,
		id: String(i),
		stage: movable[i % 6]!,
		stalls: i % 4 ? [] : [stall('no-line', 50 + i)]
	}));
	const { rows, counts } = filtered(entries, { view: 'a-reprendre', stage: 'ideas' }, today);
	expect(rows.every(({ stage, stalls }) => stage === 'ideas' && stalls.length)).toBe(true);
	expect(counts[0]).toEqual({ view: 'toutes', count: 5 });
	expect(counts[1]!.count).toBe(rows.length);
	const drawn = columns([...entries, ...entries, ...entries]);
	expect(drawn.map(({ count }) => count)).toEqual([15, 15, 15, 15, 15, 15]);
	for (const { blocks, more } of drawn) expect(blocks.length + more).toBe(15);
	const glyphs = drawn[0]!.blocks.map(({ stalls }) => stalls.length > 0);
	expect(glyphs).toEqual(glyphs.toSorted((a, b) => Number(b) - Number(a)));
});

test('the paper is that of the step under way, and none where a stage belongs to none', () => {
	expect(movable.map((stage) => paperOf({ stage, underWay: 'plan' }))).toEqual([
		'none',
		'plan',
		'plan',
		'plan',
		'evaluate',
		'none'
	]);
});

test('the bar of months stays within its picture, and its mark too', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 200 }), fc.option(fc.integer({ min: 1, max: 24 })), (months, usual) => {
			const { bar, mark, past } = drawMonths({ months, usual });
			expect(bar).toBeLessThanOrEqual(1);
			if (mark !== null) expect(mark).toBeLessThan(1);
			expect(past).toBe(usual !== null && months > usual);
		})
	);
});

test('titles are answers; a cell that a spreadsheet could run is only a name', () => {
	expect(portfolioTitle(16, 4)).toBe('Seize coopérations, quatre à reprendre');
	expect(portfolioTitle(1, 0)).toBe('Une coopération, aucune à reprendre');
	expect(portfolioTitle(500, 17)).toBe('500 coopérations, 17 à reprendre');
	expect(whereAndWho(calm)).toBe('Paris 20e · 7 associations, 2 autres partenaires');
	const { heads, rows } = sheet([calm], (path) => `https://here${path}`);
	const [row] = rows;
	expect(row).toHaveLength(heads.length);
	expect(row).toContain('https://here/cooperations/avril-k7p3m');
});
