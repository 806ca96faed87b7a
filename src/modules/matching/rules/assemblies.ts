import { assemblyAtMost, assemblyDepth } from './weights.ts';

/** An organisation that brings some of what is looked for. */
export type Bringing = { id: string; km: number | null; score: number; covers: readonly number[] };

/**
 * Several that bring it all together; `missing` is what nobody around brings, `company` those of them who are there to be enough
 * people, and not for what is missing.
 */
export type Assembly = { ids: string[]; company: string[]; km: number; missing: number[] };

const away = (one: Bringing): number => one.km ?? 999;
/** Nearer first; equals stay in the order in which they come, so that they take turns here too. */
const nearest = (a: Bringing, b: Bringing): number => away(a) - away(b) || b.score - a.score;

/** Without anyone who brings only what others of the set bring. */
const lean = (set: readonly Bringing[]): boolean =>
	set.every((one) => one.covers.some((need) => !set.some((other) => other !== one && other.covers.includes(need))));

/**
 * The sets that together bring all that somebody around brings, five organisations at most: the fewest first, then the nearest. Nobody
 * brings only what others of the set bring; with `least`, a set that would be smaller is completed to so many by the first of
 * `around`, which comes in its order. Exact among the eight nearest for each need, so that the work is bounded (8⁵ at the worst).
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
	if (!possible.length && (least === 1 || !around.length)) return [];
	const found = new Map<string, Bringing[]>();
	let fewest = assemblyAtMost;
	const search = (set: Bringing[], left: readonly number[]): void => {
		if (!left.length) {
			if (!lean(set)) return;
			fewest = Math.min(fewest, Math.max(set.length + 1, least));
			found.set(nameOf(set), set);
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
	const companions = companionsAmong(around);
	const whole = new Map<string, Assembly>();
	for (const set of found.size ? found.values() : [greedy(possible, pool)]) {
		const company = companions.filter((one) => !set.includes(one)).slice(0, Math.max(0, least - set.length));
		const name = nameOf([...set, ...company]);
		// the same organisations, told once: with as few as possible there for the number
		if (company.length < (whole.get(name)?.company.length ?? Infinity)) whole.set(name, said(set, company, needs));
	}
	return [...whole.values()].toSorted((a, b) => a.ids.length - b.ids.length || a.km - b.km).slice(0, shown);
}

const nameOf = (set: readonly Bringing[]): string =>
	set
		.map(({ id }) => id)
		.toSorted()
		.join(' ');

/** Those who may complete a set, in their order: who is like the idea before who would bring the same thing once more. */
const companionsAmong = (around: readonly Bringing[]): Bringing[] =>
	[...around.filter(({ covers }) => !covers.length), ...around.filter(({ covers }) => covers.length)].slice(
		0,
		2 * assemblyAtMost
	);

const said = (set: readonly Bringing[], company: readonly Bringing[], needs: number): Assembly => ({
	ids: [...set.toSorted(nearest), ...company].map(({ id }) => id),
	company: company.map(({ id }) => id),
	km: [...set, ...company].reduce((sum, one) => sum + away(one), 0),
	missing: Array.from({ length: needs }, (_, need) => need).filter((need) => !set.some(({ covers }) => covers.includes(need)))
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
