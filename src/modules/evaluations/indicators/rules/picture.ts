import { scaleLinear, scaleUtc } from 'd3-scale';
import { shortDay } from '#platform/clock.ts';
import { figuresByDay, inTime, written, type Addition, type Point } from '../rules.ts';

/** A mark for each partner, so that nothing is said by colour alone; those after the sixth share. */
export const shapes = ['round', 'square', 'diamond', 'triangle', 'cross', 'ring'] as const;
export type Shape = (typeof shapes)[number];

export type Picture = {
	width: number;
	height: number;
	left: number;
	right: number;
	top: number;
	bottom: number;
	/** Heights with their number. */
	levels: { y: number; label: string }[];
	days: { x: number; label: string; anchor: 'start' | 'middle' | 'end' }[];
	/** What the measures amount to, day after day: a path. */
	line: string;
	marks: { x: number; y: number; shape: Shape }[];
	/** What was said in words, as numbered flags on the axis. */
	notes: { x: number; n: number }[];
	target: { y: number; label: string; labelY: number } | null;
};

const sizes = {
	large: { width: 760, height: 320, left: 64, right: 24, top: 30, bottom: 62 },
	small: { width: 240, height: 72, left: 4, right: 4, top: 8, bottom: 8 }
};
const dayLength = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const tenth = (pixels: number): number => Math.round(pixels * 10) / 10;

/** The partners that measured, in the order of the cooperation, each with its mark. */
export function marksOf(points: readonly Point[], order: readonly string[]): { id: string; name: string; shape: Shape }[] {
	const known = new Map(points.map(({ organisationId, organisation }) => [organisationId ?? '', organisation]));
	const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
	return [...known]
		.toSorted(([a], [b]) => place(a) - place(b))
		.map(([id, name], i) => ({ id, name, shape: shapes[i % shapes.length]! }));
}

/** An indicator over time, laid out; null while no number and no words can be drawn. Only pixels are rounded, never figures. */
export function drawIndicator(
	{
		points,
		adds,
		target,
		today,
		order
	}: { points: readonly Point[]; adds: Addition; target: string | null; today: string; order: readonly string[] },
	size: 'large' | 'small',
	words: (quantity: string) => string = (quantity) => quantity
): Picture | null {
	const ordered = inTime(points);
	if (!ordered.length) return null;
	const { width, height, left, right, top, bottom } = sizes[size];
	const frame = { width, height, left, right: width - right, top, bottom: height - bottom };
	const counted = ordered.filter(({ quantity }) => quantity !== null);
	const values = figuresByDay(ordered, adds);
	const shown = [
		...values.map(({ quantity }) => quantity),
		...counted.map(({ quantity }) => quantity!),
		...(target ? [target] : [])
	];
	const highest = Math.max(1, ...shown.map(Number));
	const y = scaleLinear([0, highest], [frame.bottom, frame.top]).nice(4);
	const first = at(ordered[0]!.day);
	const last = Math.max(at(ordered.at(-1)!.day), first + dayLength);
	const x = scaleUtc([new Date(first), new Date(last)], [frame.left + 10, frame.right - 10]);
	const px = (day: string) => tenth(x(new Date(at(day))));
	const py = (quantity: string) => tenth(y(Number(quantity)));
	const shapeOf = new Map(marksOf(ordered, order).map(({ id, shape }) => [id, shape]));
	const ends = [...new Set([ordered[0]!.day, ordered.at(-1)!.day])];
	// where the target and the top of the picture meet, its name goes under the line
	const targetY = target === null ? 0 : py(target);
	return {
		...frame,
		levels: size === 'small' ? [] : y.ticks(4).map((level) => ({ y: tenth(y(level)), label: written(level.toFixed(6)) })),
		days:
			size === 'small'
				? []
				: ends.map((day, i) => ({
						x: px(day),
						label: shortDay(day, today),
						anchor: ends.length === 1 || i === 0 ? ('start' as const) : ('end' as const)
					})),
		line: values.map(({ day, quantity }, i) => `${i ? 'L' : 'M'}${px(day)} ${py(quantity)}`).join(''),
		marks: counted.map(({ day, quantity, organisationId }) => ({
			x: px(day),
			y: py(quantity!),
			shape: shapeOf.get(organisationId ?? '')!
		})),
		notes: ordered.filter(({ quantity }) => quantity === null).map(({ day }, i) => ({ x: px(day), n: i + 1 })),
		target:
			target === null ? null : { y: targetY, label: words(target), labelY: targetY - frame.top < 16 ? targetY + 18 : targetY - 7 }
	};
}
