/** A place on earth, in degrees. */
export type Point = { lat: number; lon: number };

const radius = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Kilometres between two places, as the crow flies (haversine, on a sphere: a third of a percent at most). */
export function kilometres(a: Point, b: Point): number {
	const half =
		Math.sin(radians(b.lat - a.lat) / 2) ** 2 +
		Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
	return 2 * radius * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** The middle of several places; null when there is none. */
export function middle(points: readonly Point[]): Point | null {
	if (!points.length) return null;
	const sum = points.reduce((all, { lat, lon }) => ({ lat: all.lat + lat, lon: all.lon + lon }), { lat: 0, lon: 0 });
	return { lat: sum.lat / points.length, lon: sum.lon / points.length };
}

/** The latitude that stands this far from the equator on Mercator's map, where a degree of longitude is 1. */
export const degreesNorth = (stretched: number): number => (Math.atan(Math.sinh(radians(stretched))) * 180) / Math.PI;
