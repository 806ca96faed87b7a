import { departmentOutlines } from '#modules/territories/queries/places.server.ts';
import { moved, onSheet, outlinePath, readView, sayView, sheet, spots, viewOf, zooms } from '../rules/map.ts';
import type { OnMap } from './directory.server.ts';

/** How many towns the table under the map names. */
const mostNamed = 30;

type Placed = { towns: OnMap[]; nowhere: number };
const sum = (towns: readonly OnMap[]) => towns.reduce((all, { count }) => all + count, 0);

/**
 * The map that an address asks for, drawn: outlines, spots with where each leads, and the ways to move. Official records, when they
 * were asked for, are spots of their own.
 */
export function drawMap(
	{ towns, nowhere, records = null }: Placed & { records?: (Placed & { beyond: boolean }) | null },
	asked: string
) {
	const whole = viewOf([...towns, ...(records?.towns ?? [])].map(({ point }) => point));
	const view = readView(asked) ?? whole;
	const outlines = departmentOutlines().flatMap(({ code, rings }) => {
		const path = outlinePath(rings, view, 3);
		return path ? [{ code, path }] : [];
	});
	const inSight = (all: readonly OnMap[]) =>
		all.filter(({ point }) => {
			const { x, y } = onSheet(view, point);
			return x >= 0 && x <= sheet.width && y >= 0 && y <= sheet.height;
		});
	const drawn = (all: readonly OnMap[]) =>
		spots(all, view).map(({ inside, town, ...spot }) => ({
			...spot,
			x: Math.round(spot.x),
			y: Math.round(spot.y),
			radius: Math.round(spot.radius),
			code: town?.code ?? null,
			inside: sayView(inside)
		}));
	const there = inSight(towns);
	const recorded = inSight(records?.towns ?? []);
	const discs = drawn(there);
	const named = new Map(there.map(({ code, name, count }) => [code, { code, name, count, records: 0 }]));
	for (const { code, name, count } of recorded) named.set(code, { code, name, count: 0, ...named.get(code), records: count });
	const nearer = { ...view, zoom: Math.min(zooms.most, view.zoom + 1) };
	const farther = { ...view, zoom: Math.max(zooms.least, view.zoom - 1) };
	return {
		view: sayView(view),
		whole: sayView(view) !== sayView(whole),
		outlines,
		spots: discs,
		// beside the disc of the same place rather than under it
		squares: drawn(recorded).map((one) => {
			const disc = discs.find(({ x, y, radius }) => Math.hypot(x - one.x, y - one.y) < radius);
			return disc ? { ...one, x: disc.x + disc.radius + one.radius } : one;
		}),
		towns: [...named.values()].slice(0, mostNamed),
		unnamed: Math.max(0, named.size - mostNamed),
		elsewhere: sum(towns) - sum(there),
		nowhere,
		records: records && {
			count: sum(records.towns) + records.nowhere,
			beyond: records.beyond,
			elsewhere: sum(records.towns) - sum(recorded),
			nowhere: records.nowhere
		},
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
