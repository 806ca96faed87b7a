import { assemblyAtMost, assemblyDepth } from './weights.ts';

/** An organisation that brings some of what is looked for. */
export type Bringing = { id: string; km: number | null; score: number; covers: readonly number[] };

/** Several that bring it all together; `missing` is what nobody around brings. */
export type Assembly = { ids: string[]; km: number; missing: number[] };

const away = (one: Bringing): number => one.km ?? 999;
const nearest = (a: Bringing, b: Bringing): number => away(a) - away(b) || b.score - a.score || (a.id < b.id ? -1 : 1);

/** Without anyone who brings only what others of the set bring. */
const lean = (set: readonly Bringing[]): boolean =>
	set.every((one) => one.covers.some((need) => !set.some((other) => other !== one && other.covers.includes(need))));

/**
 * The smallest sets that together bring all that somebody around brings: the fewest first, then the nearest. Five organisations at
 * most, without anyone who adds nothing. With `least`, those of so many at least, when there are some in which each is needed.
 * Exact among the eight nearest for each need, so that the work is bounded (8⁵ at the worst).
 */
export function assemble(needs: number, around: readonly Bringing[], { shown = 3, least = 1 } = {}): Assembly[] {
	const pool = new Map<number, Bringing[]>();
	for (let need = 0; need < needs; need++)
		pool.set(
			need,
			around
				.filter(({ covers }) => covers.includes(need))
				.toSorted((a, b) => b.covers.length - a.covers.length || nearest(a, b))
				.slice(0, assemblyDepth)
		);
	const possible = [...pool].filter(([, those]) => those.length).map(([need]) => need);
	const missing = [...pool].filter(([, those]) => !those.length).map(([need]) => need);
	if (!possible.length) return [];
	const found = new Map<string, Bringing[]>();
	let fewest = assemblyAtMost;
	const search = (set: Bringing[], left: readonly number[]): void => {
		if (!left.length) {
			if (!lean(set)) return;
			fewest = Math.min(fewest, Math.max(set.length + 1, least));
			found.set(
				set
					.map(({ id }) => id)
					.toSorted()
					.join(' '),
				set
			);
			return;
		}
		if (set.length >= fewest) return;
		for (const one of pool.get(left[0]!)!)
			search(
				[...set, one],
				left.filter((need) => !one.covers.includes(need))
			);
	};
	search([], possible);
	const total = (set: readonly Bringing[]): number => set.reduce((sum, one) => sum + away(one), 0);
	const large = [...found.values()].filter((set) => set.length >= least);
	const sets = (large.length ? large : [...found.values()]).toSorted(
		(a, b) => a.length - b.length || total(a) - total(b) || (a[0]!.id < b[0]!.id ? -1 : 1)
	);
	if (sets.length) return sets.slice(0, shown).map((set) => said(set, missing));
	return [said(greedy(possible, pool), missing, possible)];
}

const said = (set: readonly Bringing[], missing: readonly number[], wanted: readonly number[] = []): Assembly => ({
	ids: set.toSorted(nearest).map(({ id }) => id),
	km: Math.round(set.reduce((sum, one) => sum + (one.km ?? 0), 0)),
	missing: [...missing, ...wanted.filter((need) => !set.some(({ covers }) => covers.includes(need)))].toSorted((a, b) => a - b)
});

/** Too much for five: those who bring the most of what is left, one after the other. */
function greedy(possible: readonly number[], pool: ReadonlyMap<number, Bringing[]>): Bringing[] {
	const set: Bringing[] = [];
	let left = [...possible];
	while (left.length && set.length < assemblyAtMost) {
		const gain = (one: Bringing) => one.covers.filter((need) => left.includes(need)).length;
		const [next] = [...new Set(left.flatMap((need) => pool.get(need)!))].toSorted((a, b) => gain(b) - gain(a) || nearest(a, b));
		set.push(next!);
		left = left.filter((need) => !next!.covers.includes(need));
	}
	return set;
}
