import { sql } from 'kysely';
import type { Reader } from '#platform/context.server.ts';
import { bare, isNear } from '#platform/database/text-search.server.ts';
import { codesOf, communesNearly, findCommune, searchCommunes } from '../queries.server.ts';
import { communeInFull, placeKey, placeWords } from '../rules.ts';
import { middle, type Point } from '../rules/points.ts';
import { areaKinds, keyOf, readKey, type Area, type AreaKind } from '../rules/areas.ts';
import { saidPlainly } from '../rules/saying.ts';
import { communesOutside, outsideWithin } from './outside.server.ts';
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
		.select([
			'a.id',
			'a.kind',
			'a.code',
			'a.name',
			'a.otherNames',
			'a.postcodes',
			'a.latitude',
			'a.longitude',
			'a.nameKey',
			'a.drawnFor'
		])
		.select(
			sql<{ code: string; part: string | null }[]>`(select coalesce(json_agg(json_build_object('code', commune_code, 'part', part)
				order by commune_code), '[]') from area_communes where area_id = a.id)`.as('members')
		)
		.select(
			sql<
				string[]
			>`array(select unnest(f.name || f.other_names) from area_communes c join areas f on f.kind = 'foreign_commune' and f.code = upper(substr(c.commune_code, 5))
				where c.area_id = a.id and c.commune_code like 'ext-%')`.as('namesAbroad')
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
		row.kind === 'foreign_commune' || row.namesAbroad.length || row.postcodes.length
			? {
					names: (row.kind === 'foreign_commune' ? [row.name, ...row.otherNames] : row.namesAbroad).map(bare),
					postcodes: row.postcodes
				}
			: null
});

/** Territories by their keys in an address, in one question; those that are none are left out. */
export async function findAreas(db: Reader, keys: readonly string[]): Promise<Map<string, Area>> {
	const found = new Map<string, Area>();
	const others = new Map<string, string>();
	for (const key of keys) {
		const read = readKey(key);
		const area = read && official(read.kind, read.code);
		if (area) found.set(key, { ...area, codes: codesOf(area.communes), parts: [], centre: null, abroad: null });
		else if (read) others.set(keyOf(read.kind, read.code), key);
	}
	if (!others.size) return found;
	const read = [...others.keys()].flatMap((key) => readKey(key) ?? []);
	const rows = await kept(db)
		.where(
			'a.kind',
			'in',
			read.map(({ kind }) => kind)
		)
		.where(
			'a.code',
			'in',
			read.map(({ code }) => code)
		)
		.execute();
	for (const area of rows.map(fromRow)) {
		const key = others.get(area.key);
		if (key) found.set(key, area);
	}
	return found;
}

/** A territory by its key in an address; null when there is none. */
export const findArea = async (db: Reader, key: string): Promise<Area | null> => (await findAreas(db, [key])).get(key) ?? null;

/** The communes abroad that these names or postcodes mean, by their keys, which stand among the codes of a territory. */
export async function communesAbroad(
	db: Reader,
	places: { communeName: string | null; postcode: string | null }[]
): Promise<string[]> {
	const names = places.flatMap(({ communeName }) => (communeName ? [bare(communeName)] : []));
	const postcodes = places.flatMap(({ postcode }) => postcode ?? []);
	if (!names.length && !postcodes.length) return [];
	const rows = await db
		.selectFrom('areas')
		.select('code')
		.where('kind', '=', 'foreign_commune')
		.where('endedAt', 'is', null)
		.where(
			sql<boolean>`(exists (select from unnest(name || other_names) one where trim(bare(one)) = any(${names}::text[]))
				or postcodes && ${postcodes}::text[])`
		)
		.orderBy('code')
		.execute();
	return rows.map(({ code }) => keyOf('foreign_commune', code));
}

const kindsInOrder = ['department', 'region', 'epci'] as const;
const namesOf = () => {
	const { epci, departments, regions } = wholes();
	return { epci, department: departments, region: regions };
};
const mostLetters = 120;
let keys: { kind: AreaKind; code: string; key: string }[] | undefined;

const mostOfAKind = 40;

/**
 * The territories that a few words may mean, the likeliest first: a commune, then what is larger, then what people drew. When nothing
 * bears all these words, those that only lead to a name are left out: « le département du Gard », « autour de Nantes ».
 */
export async function searchAreas(db: Reader, words: string, limit = 8): Promise<Named[]> {
	const found = await areasCalled(db, words, limit);
	const said = found.length ? null : saidPlainly(placeWords(words.slice(0, mostLetters)));
	if (!said) return found;
	const { kind } = said;
	const called = await areasCalled(db, said.name, kind ? mostOfAKind : limit);
	return called.toSorted((a, b) => Number(b.kind === kind) - Number(a.kind === kind)).slice(0, limit);
}

/** The same when no territory is called so: those that are one mistake of the fingers away, the most peopled first. */
async function searchAreasNearly(db: Reader, words: string, limit = 8): Promise<Named[]> {
	const typed = words.slice(0, mostLetters);
	const wanted = placeKey(saidPlainly(placeWords(typed))?.name ?? typed).trim();
	if (!wanted) return [];
	const near = wholeNames().filter(({ key }) => isNear(wanted, key.trim()));
	const rows = await kept(db)
		.where('a.kind', 'not in', ['house', 'foreign_commune'])
		.where(sql<boolean>`a.name_key % ${` ${wanted}`}`)
		.orderBy(sql`similarity(a.name_key, ${` ${wanted}`})`, 'desc')
		.limit(limit)
		.execute();
	const outside = [...(await communesOutside(db)).byName].filter(([key]) => isNear(wanted, key.trim())).flatMap(([, all]) => all);
	const all: Named[] = [
		...near.flatMap(({ kind, code }) => official(kind, code) ?? []),
		...rows.filter(({ nameKey }) => isNear(wanted, nameKey.trim())).map(fromRow),
		...communesNearly(wanted, limit).flatMap(({ code }) => official('commune', code) ?? []),
		...outside.map(({ key, name }) => ({ key, kind: 'foreign_commune' as const, name }))
	];
	return [...new Map(all.map(({ key, kind, name }) => [key, { key, kind, name }])).values()].slice(0, limit);
}

/** What one may pick from: the territories that these words may mean, or else those that are written almost so. */
export async function proposeAreas(db: Reader, words: string, limit: number): Promise<Named[]> {
	const called = await searchAreas(db, words, limit);
	return called.length ? called : searchAreasNearly(db, words, limit);
}

/** The names of what is larger than a commune, as they are compared. */
const wholeNames = () =>
	(keys ??= kindsInOrder.flatMap((kind) =>
		[...namesOf()[kind].values()].map(({ code, name }) => ({ kind, code, key: placeKey(name) }))
	));

/** The territories that bear these words. */
async function areasCalled(db: Reader, words: string, limit: number): Promise<Named[]> {
	const typed = words.trim();
	if (!typed) return [];
	const department = /^(?:\d{2,3}|2[ab])$/i.test(typed) ? official('department', typed.toUpperCase()) : null;
	const wanted = placeKey(typed);
	if (!wanted) return [];
	const larger = wholeNames().filter(({ key }) => wanted.split(' ').every((word) => !word || `${key} `.includes(` ${word} `)));
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
	const outside = ((await communesOutside(db)).byName.get(wanted) ?? []).map(({ key }) => readKey(key)!.code);
	const rows = await kept(db)
		.where((eb) =>
			eb.or([
				eb.and([eb('a.kind', '=', 'foreign_commune'), eb('a.code', 'in', outside.length ? outside : [''])]),
				eb.and([
					eb('a.nameKey', 'like', `%${wanted.replace(/[%_\\]/g, '\\$&')}%`),
					// a house is meant by its whole name alone: a few words of it mean its town
					eb.or([eb('a.kind', '<>', 'house'), eb('a.nameKey', '=', wanted)])
				]),
				eb.and([eb('a.kind', '=', 'foreign_commune'), sql<boolean>`a.postcodes @> array[${typed}]`]),
				eb.and([eb('a.kind', '=', 'priority_quarter'), eb('a.code', '=', typed.toUpperCase())])
			])
		)
		.orderBy('a.name')
		.limit(limit)
		.execute();
	const said = placeWords(typed).join(' ');
	const isSaid = (row: Kept) => [row.name, ...row.otherNames].some((name) => placeWords(name).join(' ') === said);
	const isAbroad = (row: Kept) => row.kind === 'foreign_commune' && (isSaid(row) || row.postcodes.includes(typed));
	const isQuarter = (row: Kept) => row.kind === 'priority_quarter' && row.code === typed.toUpperCase();
	const all: Named[] = [
		...(department ? [department] : []),
		// « Liège » is the city, before « Le Liège »; « La Mosson » the quarter, before « Mosson »
		...(first && placeWords(first.name).join(' ') === said
			? []
			: rows.filter((row) => isAbroad(row) || isSaid(row)).map(fromRow)),
		...(named ? those([{ kind: 'commune', code: first.code }]) : wholesOfThatName),
		...rows.filter((row) => row.nameKey === wanted || isAbroad(row) || isQuarter(row)).map(fromRow),
		...wholesOfThatName,
		...those(communes.map(({ code }) => ({ kind: 'commune', code }))),
		...rows.map(fromRow),
		...those(larger)
	];
	return [...new Map(all.map(({ key, kind, name }) => [key, { key, kind, name }])).values()].slice(0, limit);
}

/**
 * What a place means: words or a key, and how far around it. `area` is null when nothing is called so, or nearly so; `others` may be
 * meant as well; `abroad` what is abroad in it, or within the distance; `said` is what a field shows; `nearly`: nothing is called so, this is the likeliest that is written almost the same.
 */
export async function placeMeant(
	db: Reader,
	words: string,
	km: number | null
): Promise<{
	area: Area | null;
	said: string;
	codes: string[];
	abroad: Area['abroad'];
	others: Named[];
	from: Point | null;
	nearly: boolean;
}> {
	const byKey = readKey(words) !== null;
	const called = byKey ? [{ key: words }] : await searchAreas(db, words, 6);
	const nearly = called.length === 0;
	const [first, ...others] = nearly ? await searchAreasNearly(db, words, 6) : called;
	const area = first ? await findArea(db, first.key) : null;
	if (!area) return { area: null, said: words, codes: [], abroad: null, others: [], from: null, nearly: false };
	// what stands in the field means the same when it is sent again
	const said = byKey && (await searchAreas(db, area.name, 1))[0]?.key === area.key ? area.name : words;
	const centres = await centresOf(db);
	const from = area.centre ?? middle(area.codes.flatMap((code) => centres.get(code) ?? []));
	const place = { area, said, others: others as Named[], from, nearly };
	if (km === null || !from) return { ...place, codes: area.codes, abroad: area.abroad };
	const outside = outsideWithin(await communesOutside(db), from, km);
	const around = [...(await communesWithin(db, from, km)), ...outside.map(({ key }) => key)];
	return {
		...place,
		codes: [...new Set([...area.codes, ...around])],
		abroad: outside.length
			? {
					names: [...(area.abroad?.names ?? []), ...outside.flatMap(({ names }) => names)],
					postcodes: [...(area.abroad?.postcodes ?? []), ...outside.flatMap(({ postcodes }) => postcodes)]
				}
			: area.abroad
	};
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
