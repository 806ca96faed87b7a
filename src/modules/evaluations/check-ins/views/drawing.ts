import type { Row, Weight } from '../rules.ts';

/** The four columns of the drawing: three places, and those who don't know apart. */
export const columns: readonly Weight[] = ['weighs', 'neither', 'lifts', 'unknown'];
const side = 25;
const across = 3;
const margin = 8;

/** Where the middle of a column is, in percents of the width. */
const middleOf = (place: Weight): number => columns.indexOf(place) * 25 + 12.5;

/**
 * One row drawn: dots stacked three by three at their place, a band from the heaviest to the lightest answer, the middle one, and
 * the middle of the last time below. Sideways in percents, so that the drawing takes the room that it has; upright in pixels.
 */
export function drawingOf(row: Row) {
	const at = new Map(columns.map((place) => [place, row.said.filter(({ said }) => said === place)]));
	const lines = Math.max(1, ...[...at.values()].map((some) => Math.ceil(some.length / across)));
	const height = lines * side + 2 * margin;
	const dots = columns.flatMap((place) => {
		const some = at.get(place)!;
		const stacked = Math.ceil(some.length / across);
		return some.map(({ organisationId }, i) => {
			const line = Math.floor(i / across);
			const inLine = Math.min(across, some.length - line * across);
			return {
				organisationId,
				x: middleOf(place),
				dx: ((i % across) - (inLine - 1) / 2) * 23,
				y: height / 2 + (line - (stacked - 1) / 2) * side
			};
		});
	});
	const known = columns.slice(0, 3).filter((place) => at.get(place)!.length);
	return {
		height: height + (row.before ? 12 : 0),
		inner: height,
		dots,
		band: known.length > 1 ? { from: middleOf(known[0]!), width: middleOf(known.at(-1)!) - middleOf(known[0]!) } : null,
		median: row.median ? middleOf(row.median) : null,
		before: row.before ? middleOf(row.before) : null
	};
}

/** A line over time in a box of 240 by 56: each point's place, from -1 at the bottom to 1 at the top; gaps where nobody knew. */
export function lineOf(values: readonly (number | null)[]): { x: number; y: number }[] {
	const step = values.length > 1 ? 224 / (values.length - 1) : 0;
	return values.flatMap((value, i) => (value === null ? [] : [{ x: 8 + i * step, y: 28 - value * 20 }]));
}
