import { findMonth } from '#modules/accompaniment/portfolio/queries.server.ts';
import { mostStalledFirst } from '#modules/accompaniment/portfolio/rules.ts';
import { today } from '#platform/clock.ts';
import { page } from '#platform/http.server.ts';

/** A month that can be asked for: « 2026-11 », of this century. */
const month = /^20\d\d-(0[1-9]|1[0-2])$/;

export const load = page('signed in', async (context, _, url) => {
	const asked = url.searchParams.get('mois') ?? '';
	const now = today(context.now, 'Europe/Paris').slice(0, 7);
	const { entries, ...found } = await findMonth(context, month.test(asked) && asked <= now ? asked : now);
	return {
		...found,
		stuck: mostStalledFirst(entries.filter(({ stalls }) => stalls.length)),
		next: entries
			.flatMap(({ id, name, path, meetingOn }) => (meetingOn ? [{ id, name, path, meetingOn }] : []))
			.toSorted((a, b) => a.meetingOn.localeCompare(b.meetingOn))
	};
});
