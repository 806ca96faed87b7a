import { sql } from 'kysely';
import type { Reader } from '#platform/context.server.ts';
import { codesOf, findCommune, searchCommunes } from '../queries.server.ts';
import { communeInFull, placeKey } from '../rules.ts';
import { middle, type Point } from '../rules/points.ts';
import { areaKinds, keyOf, readKey, type Area, type AreaKind } from '../rules/areas.ts';
import { centresOf, communesWithin, wholes } from './places.server.ts';

type Named = { key: string; kind: AreaKind; name: string };

/** A territory of the referential, without the database. */
function official(kind: AreaKind, code: string): (Named & { communes: string[] }) | null {
	const { epci, departments, regions } = wholes();
	if (kind === 'commune') {
		const commune = findCommune(code);
		return commune && { key: keyOf(kind, commune.code), kind, name: communeInFull(commune), communes: [commune.code] };
	}
	const found = { epci, department: departments, region: regions }[kind as 'epci']?.get(code);
	return found ? { key: keyOf(kind, found.code), kind, name: found.name, communes: found.communes } : null;
}

const kept = (db: Reader) =>
	db
		.selectFrom('areas as a')
		.select(['a.id', 'a.kind', 'a.code', 'a.name', 'a.postcodes', 'a.latitude', 'a.longitude', 'a.nameKey', 'a.drawnFor'])
		.select(
			sql<{ code: string; part: string | null }[]>`(select coalesce(json_agg(json_build_object('code', commune_code, 'part', part)
				order by commune_code), '[]') from area_communes where area_id = a.id)`.as('members')
		)
		.where('a.endedAt', 'is', null);

type Kept = Awaited<ReturnType<ReturnType<typeof kept>['execute']>>[number];

const fromRow = (row: Kept): Area => ({
	key: keyOf(row.kind as AreaKind, row.code),
	kind: row.kind as AreaKind,
	name: row.name,
	codes:
		// a commune abroad has no code of the referential: its official records bear its key
		row.kind === 'foreign_commune' ? [keyOf(row.kind, row.code)] : codesOf(row.members.map(({ code }) => code)),
	parts: row.members.flatMap(({ code, part }) => (part ? [{ code, part }] : [])),
	centre: row.latitude !== null && row.longitude !== null ? { lat: row.latitude, lon: row.longitude } : null,
	abroad:
		row.kind === 'foreign_commune' || row.postcodes.length
			? { nameKey: row.kind === 'foreign_commune' ? row.nameKey.trim() : null, postcodes: row.postcodes }
			: null
});

/** A territory by its key in an address; null when there is none. */
export async function findArea(db: Reader, key: string): Promise<Area | null> {
	const read = readKey(key);
	if (!read) return null;
	const area = official(read.kind, read.code);
	if (area)
		return {
			key: area.key,
			kind: area.kind,
			name: area.name,
			codes: codesOf(area.communes),
			parts: [],
			centre: null,
			abroad: null
		};
	const row = await kept(db).where('a.kind', '=', read.kind).where('a.code', '=', read.code).executeTakeFirst();
	return row ? fromRow(row) : null;
}

const kindsInOrder = ['department', 'region', 'epci'] as const;
const namesOf = () => {
	const { epci, departments, regions } = wholes();
	return { epci, department: departments, region: regions };
};
let keys: { kind: AreaKind; code: string; key: string }[] | undefined;

/** The territories that a few words may mean, the likeliest first: a commune, then what is larger, then what people drew. */
export async function searchAreas(db: Reader, words: string, limit = 8): Promise<Named[]> {
	const typed = words.trim();
	if (!typed) return [];
	const department = /^(?:\d{2,3}|2[ab])$/i.test(typed) ? official('department', typed.toUpperCase()) : null;
	const wanted = placeKey(typed);
	if (!wanted) return [];
	keys ??= kindsInOrder.flatMap((kind) =>
		[...namesOf()[kind].values()].map(({ code, name }) => ({ kind, code, key: placeKey(name) }))
	);
	const larger = keys.filter(({ key }) => wanted.split(' ').every((word) => !word || `${key} `.includes(` ${word} `)));
	const exact = larger.filter(({ key }) => key === wanted);
	const communes = searchCommunes(typed, limit);
	const [first] = communes;
	const those = (some: { kind: AreaKind; code: string }[]) => some.flatMap(({ kind, code }) => official(kind, code) ?? []);
	const wholesOfThatName = those(exact);
	const people = (codes: string[]) => codes.reduce((sum, code) => sum + (findCommune(code)?.population ?? 0), 0);
	// « Paris » is the city; « Bretagne » is the region, rather than the village of that name near Belfort
	const named =
		first &&
		placeKey(first.name) === wanted &&
		wholesOfThatName.every((one) => people(one.communes) <= 20 * Math.max(first.population, 1));
	const rows = await kept(db)
		.where('a.nameKey', 'like', `%${wanted.replace(/[%_\\]/g, '\\$&')}%`)
		// a house is meant by its whole name alone: a few words of it mean its town
		.where((eb) => eb.or([eb('a.kind', '<>', 'house'), eb('a.nameKey', '=', wanted)]))
		.orderBy('a.name')
		.limit(limit)
		.execute();
	const all: Named[] = [
		...(department ? [department] : []),
		...(named ? those([{ kind: 'commune', code: first.code }]) : wholesOfThatName),
		...rows.filter((row) => row.nameKey === wanted).map(fromRow),
		...wholesOfThatName,
		...those(communes.map(({ code }) => ({ kind: 'commune', code }))),
		...rows.map(fromRow),
		...those(larger)
	];
	return [...new Map(all.map(({ key, kind, name }) => [key, { key, kind, name }])).values()].slice(0, limit);
}

/**
 * What a place means: words or a key, and how far around it. `area` is null when nothing is called so; `others` may be meant as well;
 * `said` is what a field shows.
 */
export async function placeMeant(
	db: Reader,
	words: string,
	km: number | null
): Promise<{ area: Area | null; said: string; codes: string[]; others: Named[]; from: Point | null }> {
	const byKey = readKey(words) !== null;
	const [first, ...others] = byKey ? [{ key: words }] : await searchAreas(db, words, 6);
	const area = first ? await findArea(db, first.key) : null;
	if (!area) return { area: null, said: words, codes: [], others: [], from: null };
	// what stands in the field means the same when it is sent again
	const said = byKey && (await searchAreas(db, area.name, 1))[0]?.key === area.key ? area.name : words;
	const centres = await centresOf(db);
	const from = area.centre ?? middle(area.codes.flatMap((code) => centres.get(code) ?? []));
	const codes = km !== null && from ? [...new Set([...area.codes, ...(await communesWithin(db, from, km))])] : area.codes;
	return { area, said, codes, others: others as Named[], from };
}

/** The territories that people drew or an administrator brought, by name. */
export async function listAreas(
	db: Reader,
	kind: AreaKind,
	limit = 200
): Promise<(Area & { members: number; drawnFor: string | null })[]> {
	if (!areaKinds.includes(kind)) return [];
	const rows = await kept(db).where('a.kind', '=', kind).orderBy('a.name').limit(limit).execute();
	return rows.map((row) => ({ ...fromRow(row), members: row.members.length, drawnFor: row.drawnFor }));
}

/** What administrators brought, the latest of each kind. */
export const listImports = (db: Reader) =>
	db
		.selectFrom('territoryImports')
		.distinctOn('kind')
		.select(['kind', 'source', 'rows', 'refused', 'importedAt'])
		.orderBy('kind')
		.orderBy('importedAt', 'desc')
		.execute();
