import { departmentOutlines } from '#modules/territories/queries/places.server.ts';
import { moved, onSheet, outlinePath, readView, sayView, sheet, spots, viewOf, zooms } from '../rules/map.ts';
import type { OnMap } from './directory.server.ts';

/** How many towns the table under the map names. */
const mostNamed = 30;

/** The map that an address asks for, drawn: outlines, spots with where each leads, and the ways to move. */
export function drawMap({ towns, nowhere }: { towns: OnMap[]; nowhere: number }, asked: string) {
	const whole = viewOf(towns.map(({ point }) => point));
	const view = readView(asked) ?? whole;
	const outlines = departmentOutlines().flatMap(({ code, rings }) => {
		const path = outlinePath(rings, view, 3);
		return path ? [{ code, path }] : [];
	});
	const inSight = towns.filter(({ point }) => {
		const { x, y } = onSheet(view, point);
		return x >= 0 && x <= sheet.width && y >= 0 && y <= sheet.height;
	});
	const nearer = { ...view, zoom: Math.min(zooms.most, view.zoom + 1) };
	const farther = { ...view, zoom: Math.max(zooms.least, view.zoom - 1) };
	return {
		view: sayView(view),
		whole: sayView(view) !== sayView(whole),
		outlines,
		spots: spots(inSight, view).map(({ inside, town, ...spot }) => ({
			...spot,
			x: Math.round(spot.x),
			y: Math.round(spot.y),
			radius: Math.round(spot.radius),
			code: town?.code ?? null,
			inside: sayView(inside)
		})),
		towns: inSight.slice(0, mostNamed).map(({ code, name, count }) => ({ code, name, count })),
		unnamed: Math.max(0, inSight.length - mostNamed),
		elsewhere: towns.reduce((sum, { count }) => sum + count, 0) - inSight.reduce((sum, { count }) => sum + count, 0),
		nowhere,
		ways: {
			nearer: view.zoom < zooms.most ? sayView(nearer) : null,
			farther: view.zoom > zooms.least ? sayView(farther) : null,
			north: sayView(moved(view, 0, -0.4)),
			south: sayView(moved(view, 0, 0.4)),
			west: sayView(moved(view, -0.4, 0)),
			east: sayView(moved(view, 0.4, 0))
		}
	};
}

export type Drawn = ReturnType<typeof drawMap>;
