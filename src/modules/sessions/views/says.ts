import { m } from '#words';
import type { Pattern } from '#modules/sessions/rules/occurrences.ts';
import { shortDay } from '#platform/clock.ts';
import { word } from '#platform/say.ts';

/** « Chaque semaine (mercredi), du … au … » */
export const seriesSaid = ({ rhythm, weekdays, startsOn, endsOn }: Pattern, today: string): string =>
	m.sessions_series_said({
		rhythm: word(`sessions_rhythm_${rhythm}`),
		days: weekdays.map((day) => word(`sessions_weekday_${day}`)).join(', '),
		from: shortDay(startsOn, today),
		to: shortDay(endsOn, today)
	});
