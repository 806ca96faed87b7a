import { createHash } from 'node:crypto';
import { Refused } from '#platform/errors.ts';

/** Who presents whom: at each place of the list, the place of the one that is presented. */
export type Drawn = {
	presents: number[];
	/** Pairs who present each other. */
	mutual: number;
	/** Who draws somebody met at an earlier event. */
	repeated: number;
	/** Whether every best draw was equally likely; else the list was too constrained to be sure of it. */
	exact: boolean;
};

export const fewest = 2;
export const most = 300;

/** How many an organisation draws within a day: each writes to its whole list. */
export const mostInADay = 5;

/** Two hundred and fifty-six bits that nobody guesses, shown as a digest before anybody is on the list. */
export const digestOf = (seed: string): string => createHash('sha256').update(seed).digest('hex');

/** Two organisations, whichever presents the other. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/**
 * Numbers drawn from a seed, the same everywhere: the n-th block is SHA-256 of « seed:n », read as eight whole numbers of 32 bits.
 * Below a bound, what would favour the small numbers is thrown away.
 */
function numbersOf(seed: string): (below: number) => number {
	let block = Buffer.alloc(0);
	let n = 0;
	const next = (): number => {
		if (block.length < 4) block = createHash('sha256').update(`${seed}:${n++}`).digest();
		const value = block.readUInt32BE(0);
		block = block.subarray(4);
		return value;
	};
	return (below) => {
		const fair = Math.floor(2 ** 32 / below) * below;
		let value = next();
		while (value >= fair) value = next();
		return value % below;
	};
}

/** All orders are equally likely (Fisher and Yates). */
function shuffled(count: number, number: (below: number) => number): number[] {
	const order = Array.from({ length: count }, (_, i) => i);
	for (let i = count - 1; i > 0; i--) {
		const j = number(i + 1);
		[order[i], order[j]] = [order[j]!, order[i]!];
	}
	return order;
}

/** Up to this many on the list, every draw is looked at: the best ones are known, and equally likely. */
const smallList = 7;

/** How many orders are tried before a list is held to be constrained. */
const tries = 4000;

/**
 * Draws who presents whom. Never itself. No two who present each other and no pair of an earlier event, when that can be avoided;
 * else as few as can be. The same list and seed always give the same draw.
 */
export function draw(list: string[], earlier: ReadonlySet<string>, seed: string): Drawn {
	if (list.length < fewest) throw new Refused('draws.too-few', {}, 'organisations');
	if (list.length > most) throw new Refused('draws.too-many', { max: most }, 'organisations');
	const n = list.length;
	const number = numbersOf(seed);
	const met = list.map((a) => list.map((b) => a !== b && earlier.has(pairKey(a, b))));
	if (n <= smallList) return among(all(n, met), number);
	for (let i = 0; i < tries; i++) {
		const presents = shuffled(n, number);
		if (presents.every((to, from) => to !== from && presents[to] !== from && !met[from]![to])) return told(presents, met, true);
	}
	return told(repaired(n, met, number), met, false);
}

/** The same draw from what was published of it: whether the seed has that digest, and who presents whom. */
export function drawAgain({ digest, seed, list, earlier }: { digest: string; seed: string; list: string[]; earlier: string[] }) {
	const codes = list.toSorted();
	const met = new Set(
		earlier.flatMap((pair) => {
			const [a, b] = pair.split('-');
			return a && b ? [pairKey(a, b)] : [];
		})
	);
	const { presents } = draw(codes, met, seed);
	return {
		digestOf: digestOf(seed),
		digest: digest === digestOf(seed),
		pairs: presents.map((to, from) => [codes[from]!, codes[to]!] as const)
	};
}

function told(presents: number[], met: boolean[][], exact: boolean): Drawn {
	return {
		presents,
		mutual: presents.filter((to, from) => from < to && presents[to] === from).length,
		repeated: presents.filter((to, from) => met[from]![to]).length,
		exact
	};
}
const costOf = ({ mutual, repeated }: Pick<Drawn, 'mutual' | 'repeated'>): number => mutual + repeated;

/** Every draw of a small list in which nobody presents itself. */
function all(n: number, met: boolean[][]): Drawn[] {
	const found: Drawn[] = [];
	const taken = new Set<number>();
	const presents: number[] = [];
	const place = (from: number): void => {
		if (from === n) return void found.push(told([...presents], met, true));
		for (let to = 0; to < n; to++) {
			if (to === from || taken.has(to)) continue;
			taken.add(to);
			presents[from] = to;
			place(from + 1);
			taken.delete(to);
		}
	};
	place(0);
	return found;
}

function among(draws: Drawn[], number: (below: number) => number): Drawn {
	const least = Math.min(...draws.map(costOf));
	const best = draws.filter((one) => costOf(one) === least);
	return best[number(best.length)]!;
}

/**
 * A draw for a list that leaves little choice: begins with a circle in a drawn order, then exchanges what two present while that
 * costs no more, from several beginnings; the first without fault is kept, else the least faulty.
 */
function repaired(n: number, met: boolean[][], number: (below: number) => number): number[] {
	let best: { presents: number[]; cost: number } | null = null;
	for (let beginning = 0; beginning < 12 && best?.cost !== 0; beginning++) {
		const order = shuffled(n, number);
		const presents: number[] = [];
		order.forEach((from, i) => (presents[from] = order[(i + 1) % n]!));
		const faultOf = (from: number): number => {
			const to = presents[from]!;
			return (to === from ? 4 * n : 0) + (met[from]![to] ? 2 : 0) + (presents[to] === from ? 1 : 0);
		};
		const around = (a: number, b: number): number => {
			const touched = new Set([a, b, presents[a]!, presents[b]!]);
			let sum = 0;
			for (const one of touched) sum += faultOf(one);
			return sum;
		};
		const exchange = (a: number, b: number) => {
			[presents[a], presents[b]] = [presents[b]!, presents[a]!];
		};
		for (let step = 0, quiet = 0; step < 200 * n && quiet < 40 * n; step++) {
			const faulty = Array.from({ length: n }, (_, i) => i).filter((i) => faultOf(i) > 0);
			if (!faulty.length) break;
			const a = faulty[number(faulty.length)]!;
			const b = number(n);
			if (a === b) continue;
			const before = around(a, b);
			exchange(a, b);
			const after = around(a, b);
			if (after > before) exchange(a, b);
			quiet = after < before ? 0 : quiet + 1;
		}
		const cost = costOf(told(presents, met, false));
		if (presents.every((to, from) => to !== from) && (!best || cost < best.cost)) best = { presents, cost };
	}
	// A circle is always a draw in which nobody presents itself.
	return best?.presents ?? Array.from({ length: n }, (_, i) => (i + 1) % n);
}
