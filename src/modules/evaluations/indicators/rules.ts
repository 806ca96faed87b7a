import { fromMillionths, millionths } from '#modules/lines/rules/budget.ts';

/** How the measures of an indicator make one figure. */
export const additions = ['partners', 'sum', 'last', 'mean'] as const;
export type Addition = (typeof additions)[number];

/** Where the measures come from: somebody notes them, or the sessions of the action give them. */
export const sources = ['hand', 'attendance', 'sessions', 'hours'] as const;
export type Source = (typeof sources)[number];

export type Reading = { adds: Addition; source: Source; publicRoot: string | null; seriesId: string | null };

/** What an indicator is taken for until somebody chooses: each partner counts its own, and the last counts are added. */
export const usualReading: Reading = { adds: 'partners', source: 'hand', publicRoot: null, seriesId: null };

/** One observation: a number, words, or both. */
export type Point = {
	id: string;
	day: string;
	/** An exact decimal, with a point. */
	quantity: string | null;
	words: string | null;
	organisationId: string | null;
	organisation: string;
	path: string;
};

/** In the order in which things were observed; of one day, in that in which they were written. */
export const inTime = <P extends Pick<Point, 'day' | 'id'>>(points: readonly P[]): P[] =>
	points.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n);

function added(numbers: readonly { who: string; value: bigint }[], adds: Addition): bigint {
	const values = numbers.map(({ value }) => value);
	if (adds === 'sum') return sum(values);
	if (adds === 'last') return values.at(-1)!;
	if (adds === 'mean') {
		const count = BigInt(values.length);
		// half a millionth and more is one
		return (sum(values) * 2n + count) / (count * 2n);
	}
	return sum([...new Map(numbers.map(({ who, value }) => [who, value])).values()]);
}

const numbersOf = (points: readonly Point[]) =>
	inTime(points).flatMap(({ day, quantity, organisationId }) =>
		quantity === null ? [] : [{ day, who: organisationId ?? '', value: millionths(quantity) }]
	);

/** What the measures amount to, exactly; null while none has a number. */
export function figureOf(points: readonly Point[], adds: Addition): string | null {
	const numbers = numbersOf(points);
	return numbers.length ? fromMillionths(added(numbers, adds)) : null;
}

/** What they amounted to at the end of each day on which something was counted. */
export function figuresByDay(points: readonly Point[], adds: Addition): { day: string; quantity: string }[] {
	const numbers = numbersOf(points);
	const days = [...new Set(numbers.map(({ day }) => day))];
	return days.map((day) => ({
		day,
		quantity: fromMillionths(
			added(
				numbers.filter((one) => one.day <= day),
				adds
			)
		)
	}));
}

/** What a session that was held gives to an indicator. */
export type Held = {
	id: string;
	day: string;
	title: string;
	seriesId: string | null;
	people: number;
	minutes: number;
	note: string | null;
	organisationId: string | null;
	organisation: string;
	path: string;
	attendance: readonly { publicRoot: string | null; people: number }[];
};

/** Minutes as an exact number of hours, to the millionth. */
const hours = (minutes: number): string => fromMillionths((BigInt(minutes) * 1_000_000n * 2n + 60n) / 120n);

/**
 * The observations that sessions give: nobody types them twice. A session where the audience was not counted says nothing of that
 * audience; hours and people are added over the sessions.
 */
export function pointsOf(held: readonly Held[], { source, publicRoot, seriesId }: Reading): Point[] {
	return held
		.filter((one) => seriesId === null || one.seriesId === seriesId)
		.flatMap((one) => {
			const counted = one.attendance.find((some) => some.publicRoot === publicRoot)?.people;
			const quantity =
				source === 'sessions'
					? '1'
					: source === 'hours'
						? one.minutes > 0
							? hours(one.minutes)
							: null
						: publicRoot === null
							? String(one.people)
							: counted === undefined
								? null
								: String(counted);
			if (quantity === null) return [];
			const { id, day, title, organisationId, organisation, path } = one;
			return [{ id, day, quantity, words: title, organisationId, organisation, path }];
		});
}

/** How the figure of an indicator is made: what sessions give is always added. */
export const additionOf = ({ source, adds }: Reading): Addition => (source === 'hand' ? adds : 'sum');

/** A decimal as people read it: two figures after the comma at most, thousands apart. */
export function written(quantity: string): string {
	const hundredths = (millionths(quantity) + 5_000n) / 10_000n;
	const whole = String(hundredths / 100n).replace(/\B(?=(\d{3})+$)/g, '\u202f');
	const rest = String(hundredths % 100n)
		.padStart(2, '0')
		.replace(/0+$/, '');
	return rest ? `${whole},${rest}` : whole;
}
