import { m } from '#words';
import { word } from '#platform/say.ts';
import type { Cell, Table } from '#platform/spreadsheet.ts';
import type { Entry, Moved } from '../rules.ts';

/** A number in words, up to sixteen; figures beyond. */
export const inWords = (n: number): string => (n >= 1 && n <= 16 ? word(`accompaniment_number_${n}`) : String(n));

const capital = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());

/** « Seize coopérations, quatre à reprendre ». */
export function portfolioTitle(count: number, stalled: number): string {
	if (!count) return m.accompaniment_portfolio_none();
	return m.accompaniment_portfolio_title({
		n: count,
		followed: capital(inWords(count)),
		stalled: stalled
			? m.accompaniment_portfolio_title_stalled({ stalled: inWords(stalled) })
			: m.accompaniment_portfolio_title_calm()
	});
}

/** « Paris 20e · 7 associations, 2 autres partenaires ». */
export const whereAndWho = ({ place, associations, others }: Pick<Entry, 'place' | 'associations' | 'others'>): string =>
	[
		place,
		[m.accompaniment_portfolio_associations({ n: associations }), others ? m.accompaniment_portfolio_others({ n: others }) : '']
			.filter(Boolean)
			.join(', ')
	]
		.filter(Boolean)
		.join(' · ');

/** What is stuck, in a word for a stamp; null when nothing is. */
export function stuckWord({ stalls: [first], awaited }: Pick<Entry, 'stalls' | 'awaited'>): string | null {
	if (first) return word(`accompaniment_portfolio_stamp_${first.reason}`);
	return awaited ? m.accompaniment_portfolio_stamp_agreement({ n: awaited.waiting }) : null;
}

/** What moved, in one sentence. */
export function movedSays(one: Moved): string {
	switch (one.what) {
		case 'stage':
			return m.accompaniment_month_stage({ stage: word(`cooperations_stage_${one.stage}`) });
		case 'meeting':
			return m.accompaniment_month_meeting({ title: one.title });
		case 'partner':
			return m.accompaniment_month_partner({ organisation: one.organisation });
		case 'accompanied':
			return m.accompaniment_month_accompanied();
	}
}

const dayOf = (day: string | null): Cell => day && { day };

/** The portfolio as a table for a spreadsheet: what is on screen, in the same order. */
export const sheet = (entries: readonly Entry[], address: (path: string) => string): Table => ({
	name: m.accompaniment_portfolio(),
	heads: [
		m.accompaniment_portfolio_head_name(),
		m.accompaniment_portfolio_head_place(),
		m.accompaniment_portfolio_head_associations(),
		m.accompaniment_portfolio_head_others(),
		m.accompaniment_portfolio_head_stage(),
		m.accompaniment_portfolio_head_since(),
		m.accompaniment_portfolio_head_months(),
		m.accompaniment_portfolio_head_usual(),
		m.accompaniment_portfolio_head_news(),
		m.accompaniment_portfolio_head_meeting(),
		m.accompaniment_portfolio_head_stuck(),
		m.accompaniment_portfolio_head_paused(),
		m.accompaniment_portfolio_head_signatures(),
		m.accompaniment_portfolio_head_unread(),
		m.accompaniment_portfolio_head_address()
	],
	rows: entries.map((one) => [
		one.name,
		one.place,
		one.associations,
		one.others,
		word(`cooperations_stage_${one.stage}`),
		dayOf(one.since),
		one.months,
		one.usual,
		dayOf(one.newsOn),
		dayOf(one.meetingOn),
		one.stalls.map(({ reason }) => word(`accompaniment_portfolio_stamp_${reason}`)).join(', '),
		dayOf(one.pausedUntil),
		one.awaited && one.awaited.waiting,
		one.unread && one.unread.count,
		address(one.path)
	])
});
