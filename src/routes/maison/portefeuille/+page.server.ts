import { findPortfolio } from '#modules/accompaniment/portfolio/queries.server.ts';
import { columns, filtered, isIn, shownBy } from '#modules/accompaniment/portfolio/rules.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { movable, usualMonths } from '#modules/cooperations/stages/rules.ts';
import { longDay } from '#platform/clock.ts';
import { page } from '#platform/http.server.ts';

const size = 50;

export const load = page('signed in', async (context, _, url) => {
	const { entries, today } = await findPortfolio(context);
	const asked = shownBy(url.searchParams);
	const { rows, counts } = filtered(entries, asked, today);
	const pages = Math.max(1, Math.ceil(rows.length / size));
	const shown = { ...asked, page: Math.min(asked.page, pages) };
	return {
		day: longDay(today, '0000-01-01').replace(/^./, (first) => first.toUpperCase()),
		name: context.actor.is === 'person' ? context.actor.name : '',
		today,
		shown,
		counts,
		pages,
		count: entries.length,
		stalled: entries.filter((one) => isIn('a-reprendre', one, today)).length,
		found: rows.length,
		rows: rows.slice((shown.page - 1) * size, shown.page * size),
		saved: await listViews(context, url, (at) => filtered(entries, shownBy(at.searchParams), today).rows.length),
		columns: columns(entries),
		usual: Object.fromEntries(movable.map((stage) => [stage, usualMonths(stage, 'project')])) as Record<
			(typeof movable)[number],
			number | null
		>
	};
});
