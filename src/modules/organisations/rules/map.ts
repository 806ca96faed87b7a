import Supercluster from 'supercluster';
import type { Point } from '#modules/territories/rules/points.ts';

/** The sheet that the map is drawn on. */
export const sheet = { width: 720, height: 640 };
export const zooms = { least: 5, most: 12 };

/** What a map shows: a place in its middle, and how near one looks (as web maps count: one more is twice as near). */
export type View = { zoom: number; middle: Point };

const degree = Math.PI / 180;
const highest = 85;

/** Where a point stands on the whole world, drawn as a square of side 1 (Mercator's projection). */
function project({ lat, lon }: Point): { x: number; y: number } {
	const within = Math.max(-highest, Math.min(highest, lat));
	return { x: lon / 360 + 0.5, y: 0.5 - Math.asinh(Math.tan(within * degree)) / (2 * Math.PI) };
}

function unproject(x: number, y: number): Point {
	return { lat: Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) / degree, lon: (x - 0.5) * 360 };
}

const side = (zoom: number) => 256 * 2 ** zoom;

/** Where a point stands on the sheet. */
export function onSheet({ zoom, middle }: View, point: Point): { x: number; y: number } {
	const here = project(point);
	const centre = project(middle);
	return {
		x: sheet.width / 2 + (here.x - centre.x) * side(zoom),
		y: sheet.height / 2 + (here.y - centre.y) * side(zoom)
	};
}

/** What is in the middle after moving by a part of the sheet: 1 is a whole width, or height. */
export function moved({ zoom, middle }: View, right: number, down: number): View {
	const centre = project(middle);
	return {
		zoom,
		middle: unproject(centre.x + (right * sheet.width) / side(zoom), centre.y + (down * sheet.height) / side(zoom))
	};
}

/** The degrees that the sheet shows: west, south, east, north. */
export function edges(view: View): [number, number, number, number] {
	const topLeft = moved(view, -0.5, -0.5).middle;
	const bottomRight = moved(view, 0.5, 0.5).middle;
	return [Math.max(-180, topLeft.lon), bottomRight.lat, Math.min(180, bottomRight.lon), topLeft.lat];
}

const france: View = { zoom: 5, middle: { lat: 46.6, lon: 2.4 } };
const mainland = ({ lat, lon }: Point) => lat > 41 && lat < 52 && lon > -6 && lon < 10;

/** The nearest view that holds all points; those overseas alone do not widen a map of the mainland. */
export function viewOf(points: readonly Point[]): View {
	const home = points.filter(mainland);
	const some = (home.length ? home : points).map(project);
	if (!some.length) return france;
	const [xs, ys] = [some.map(({ x }) => x), some.map(({ y }) => y)];
	const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	let zoom = zooms.least;
	const fits = (at: number) => (right - left) * side(at) < sheet.width * 0.8 && (bottom - top) * side(at) < sheet.height * 0.8;
	while (zoom < 10 && fits(zoom + 1)) zoom++;
	return { zoom, middle: unproject((left + right) / 2, (top + bottom) / 2) };
}

/** « 7/47.28/-2.21 »: a view in an address; null when it is none. */
export function readView(words: string): View | null {
	const [, zoom, lat, lon] = /^(\d{1,2})\/(-?\d{1,2}(?:\.\d{1,4})?)\/(-?\d{1,3}(?:\.\d{1,4})?)$/.exec(words) ?? [];
	if (!zoom) return null;
	return {
		zoom: Math.max(zooms.least, Math.min(zooms.most, Number(zoom))),
		middle: { lat: Math.max(-highest, Math.min(highest, Number(lat))), lon: Math.max(-180, Math.min(180, Number(lon))) }
	};
}

export const sayView = ({ zoom, middle: { lat, lon } }: View): string => `${zoom}/${lat.toFixed(2)}/${lon.toFixed(2)}`;

export type Town = { code: string; name: string; point: Point; count: number };
/** One town, or several that stand too near one another to be told apart from here. */
export type Spot = {
	x: number;
	y: number;
	radius: number;
	count: number;
	towns: number;
	town: Town | null;
	largest: string;
	inside: View;
};

/** What is drawn: towns and groups of towns in sight, the largest last, so that it hides nobody. */
export function spots(towns: readonly Town[], view: View): Spot[] {
	type Own = { town: Town; count: number; towns: number; most: number; largest: string };
	const index = new Supercluster<Own, Own>({
		radius: 44,
		extent: 256,
		maxZoom: zooms.most,
		map: (own) => own,
		reduce: (all, own) => {
			all.count += own.count;
			all.towns += own.towns;
			if (own.most > all.most) [all.most, all.largest] = [own.most, own.largest];
		}
	});
	index.load(
		towns.map((town) => ({
			type: 'Feature',
			geometry: { type: 'Point', coordinates: [town.point.lon, town.point.lat] },
			properties: { town, count: town.count, towns: 1, most: town.count, largest: town.name }
		}))
	);
	return index
		.getClusters(edges(view), view.zoom)
		.map(({ geometry, properties, id }) => {
			const [lon, lat] = geometry.coordinates as [number, number];
			const several = properties.towns > 1;
			const zoom = several && typeof id === 'number' ? index.getClusterExpansionZoom(id) : view.zoom + 2;
			return {
				...onSheet(view, { lat, lon }),
				radius: Math.min(34, 9 + 2.4 * Math.sqrt(properties.count)),
				count: properties.count,
				towns: properties.towns,
				town: several ? null : properties.town,
				largest: properties.largest,
				inside: { zoom: Math.min(zooms.most, Math.max(zoom, view.zoom + 1)), middle: { lat, lon } }
			};
		})
		.toSorted((a, b) => a.count - b.count || a.x - b.x);
}

/**
 * An outline as the path of a drawing, its corners on a grid that neighbours share; null when it is out of sight. The nearer one
 * looks, the finer the grid.
 */
export function outlinePath(rings: readonly (readonly [lon: number, lat: number][])[], view: View, grid: number): string | null {
	const margin = 40;
	let path = '';
	for (const ring of rings) {
		let [lastX, lastY] = [Number.NaN, Number.NaN];
		let seen = false;
		let drawn = '';
		let corners = 0;
		for (const [lon, lat] of ring) {
			const at = onSheet(view, { lat, lon });
			const x = Math.round(at.x / grid) * grid;
			const y = Math.round(at.y / grid) * grid;
			if (x === lastX && y === lastY) continue;
			drawn += corners++ ? `l${x - lastX} ${y - lastY}` : `M${x} ${y}`;
			[lastX, lastY] = [x, y];
			seen ||= x > -margin && x < sheet.width + margin && y > -margin && y < sheet.height + margin;
		}
		if (seen && corners > 2) path += `${drawn}z`;
	}
	return path || null;
}
