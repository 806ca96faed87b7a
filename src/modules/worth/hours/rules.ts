import { Refused } from '#platform/errors.ts';

const format = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const short = new Intl.DateTimeFormat('fr-FR', { month: 'short', timeZone: 'UTC' });
const at = (month: string): number => Date.parse(`${month}-01T00:00:00Z`);

/** « novembre 2026 », of a month written `YYYY-MM`. */
export const monthSaid = (month: string): string => format.format(at(month));
/** « nov. » */
const monthShort = (month: string): string => short.format(at(month));

export const monthOf = (day: string): string => day.slice(0, 7);
export const firstDayOf = (month: string): string => `${month}-01`;

/** The month that is so many months later, or earlier when negative. */
export function plusMonths(month: string, months: number): string {
	const n = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
	return `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`;
}

/** The months of which hours can be noted, the last one first: from the beginning of the cooperation, a year and a half at most. */
export function openMonths({ begun, today }: { begun: string; today: string }): string[] {
	const months: string[] = [];
	for (let month = monthOf(today); month >= monthOf(begun) && months.length < 18; month = plusMonths(month, -1))
		months.push(month);
	return months;
}

/** Hours are of a month that has begun, and in which the cooperation was there. */
export function notableMonth(month: string, { begun, today }: { begun: string; today: string }): void {
	if (month > monthOf(today)) throw new Refused('worth.month-to-come', { month: monthSaid(month) }, 'month');
	if (month < monthOf(begun)) throw new Refused('worth.month-before', { month: monthSaid(monthOf(begun)) }, 'month');
}

export type Bar = { month: string; label: string; x: number; y: number; width: number; height: number; minutes: number };
export type Picture = { width: number; height: number; base: number; bars: Bar[] };

const size = { width: 480, height: 150, base: 118, top: 22 };

/** One bar a month, twelve at most, months without a number left empty; null with nothing to draw. */
export function drawMonths(months: readonly { month: string; minutes: number }[]): Picture | null {
	const known = new Map(months.map(({ month, minutes }) => [month, minutes]));
	const ordered = [...known.keys()].toSorted();
	const last = ordered.at(-1);
	if (!last) return null;
	const first = ordered.find((month) => month > plusMonths(last, -12))!;
	const shown: string[] = [];
	for (let month = first; month <= last; month = plusMonths(month, 1)) shown.push(month);
	const most = Math.max(1, ...shown.map((month) => known.get(month) ?? 0));
	const step = Math.min(64, size.width / shown.length);
	return {
		width: size.width,
		height: size.height,
		base: size.base,
		bars: shown.map((month, i) => {
			const minutes = known.get(month) ?? 0;
			const height = Math.round(((size.base - size.top) * minutes) / most);
			const width = Math.round(step * 0.62);
			return {
				month,
				label: monthShort(month),
				x: Math.round(i * step + (step - width) / 2),
				y: size.base - height,
				width,
				height,
				minutes
			};
		})
	};
}
