import { plusDays } from '#platform/clock.ts';
import type { Kind } from '../rules.ts';

/** What can be taken up again: what was done, measured or decided belongs to its year. */
export const copiedKinds = [
	'objective',
	'public',
	'role',
	'need',
	'contribution',
	'task',
	'date',
	'indicator'
] as const satisfies readonly Kind[];

/** By how many weeks dates move: whole weeks, so that a Saturday stays a Saturday. A year is 52. */
export const shifts = ['52', '26', '13', '0', '104'] as const;

/** A day, some weeks later: on the same day of the week. */
export const moved = (day: string | null, weeks: number): string | null => (day === null ? null : plusDays(day, weeks * 7));

/** How many lines are taken up at once. */
export const atMostCopied = 500;

/** What one organisation may take from a cooperation: what is shared, and what it keeps at home itself. */
export const copiable = (line: { audience: string; actingFor: string }, own: string): boolean =>
	line.audience !== 'organisation' || line.actingFor === own;
