import { carries, type Role } from '#modules/cooperations/rules.ts';

/** One living cooperation of an organisation, as its load sees it. */
export type Engaged = {
	cooperationId: string;
	name: string;
	path: string;
	role: Role;
	/** The hours a month that the organisation says it gives; null when it never said. */
	minutes: number | null;
	/** How many of its tasks are late there. */
	late: number;
};

/** How many living cooperations are many for one organisation, once tasks are late in one of them. */
export const many = 3;

export type Lightening = { name: string; path: string; late: number; role: Role | null };
export type TooMany = {
	why: 'hours' | 'late';
	promised: number;
	has: number;
	count: number;
	late: number;
	/** What could be lightened: where tasks are late, and where another place than leading or carrying could be taken. */
	lighten: Lightening[];
};

/** Whether an organisation is in too many cooperations at once, and what it could lighten. Told to itself alone; nothing is locked. */
export function tooMany(has: number | null, engaged: readonly Engaged[]): TooMany | null {
	const promised = engaged.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
	const late = engaged.reduce((sum, one) => sum + one.late, 0);
	const over = has !== null && promised > has;
	if (!over && !(engaged.length > many && late > 0)) return null;
	const heavy = engaged
		.filter((one) => one.late > 0 || (over && engaged.length > 1 && carries(one.role) && (one.minutes ?? 0) > 0))
		.toSorted((a, b) => b.late - a.late || (b.minutes ?? 0) - (a.minutes ?? 0));
	return {
		why: over ? 'hours' : 'late',
		promised,
		has: has ?? 0,
		count: engaged.length,
		late,
		lighten: heavy.slice(0, 3).map(({ name, path, late: behind, role }) => ({
			name,
			path,
			late: behind,
			role: role === 'lead' || role === 'carrier' ? role : null
		}))
	};
}
