import type { Reader } from '#platform/context.server.ts';
import { kilometres, type Point } from '../rules/points.ts';
import { centresOf } from './places.server.ts';

/** Kilometres between the centres of two communes, as the crow flies; null when one of them isn't known. */
export function kilometresBetween(centres: ReadonlyMap<string, Point>, from: string | null, to: string | null): number | null {
	if (from === null || to === null) return null;
	if (from === to) return 0;
	const [a, b] = [centres.get(from), centres.get(to)];
	return a && b ? kilometres(a, b) : null;
}

/** The communes whose centre is within some kilometres of that of this one, the nearest first, this one at the head. */
export async function communesAround(
	db: Reader,
	code: string,
	within: number,
	atMost = 200
): Promise<{ code: string; km: number }[]> {
	const centres = await centresOf(db);
	const from = centres.get(code);
	if (!from) return [{ code, km: 0 }];
	const found: { code: string; km: number }[] = [];
	for (const [one, point] of centres) {
		// a degree of latitude is 111 km: most communes are too far north or south to be worth a cosine
		if (Math.abs(point.lat - from.lat) * 110 > within) continue;
		const km = one === code ? 0 : kilometres(from, point);
		if (km <= within) found.push({ code: one, km });
	}
	return found
		.toSorted((a, b) => a.km - b.km || Number(b.code === code) - Number(a.code === code) || (a.code < b.code ? -1 : 1))
		.slice(0, atMost);
}
