import { sql } from 'kysely';
import { ask, type Reader } from '#platform/context.server.ts';
import { communeFor, findCommune } from '#modules/territories/queries.server.ts';
import { communeLabel, zoneOf } from '#modules/territories/rules.ts';
import { nameKey } from '../../rules/names.ts';
import { Neighbours } from '../../rules/neighbours.ts';
import { countryAfter, countryOf, isFrench } from '../../rules/countries.ts';
import type { Entry } from '../rules/gather.ts';
import { fateOf, type Fate, type Known, type Namesake } from '../rules/match.ts';

type Place = { communeCode: string | null; communeName: string | null; zone: string };

const places = new Map<string, Place>();

/** The country that a list says, France left out; a number of Belgium's register says it where no country does, unless the postcode is French. */
function abroadIn({ country, postcode, identifiers }: Pick<Entry, 'country' | 'postcode' | 'identifiers'>): string | null {
	const code = country ? countryOf(country) : null;
	if (code) return isFrench(code) ? null : code;
	return identifiers.some(({ kind }) => kind === 'bce') && !/^\d{5}$/.test(postcode) ? 'BE' : null;
}

/** Where a list says that an organisation is: the official commune when one is meant without doubt, else as written, with its country. */
export function placeIn(entry: Pick<Entry, 'commune' | 'postcode' | 'communeCode' | 'country' | 'identifiers'>): Place {
	const { commune, postcode, communeCode } = entry;
	const abroad = abroadIn(entry);
	const key = JSON.stringify([commune, postcode, communeCode, abroad]);
	const before = places.get(key);
	if (before) return before;
	const said = communeCode && !abroad ? findCommune(communeCode) : null;
	const match = said
		? ({ found: 'one', commune: said } as const)
		: abroad
			? ({ found: 'none' } as const)
			: communeFor(commune, postcode);
	const place =
		match.found === 'one'
			? { communeCode: match.commune.code, communeName: communeLabel(match.commune), zone: zoneOf(match.commune.code) }
			: { communeCode: null, communeName: abroadName(commune, abroad), zone: 'Europe/Paris' };
	if (places.size > 5000) places.clear();
	places.set(key, place);
	return place;
}

/** « Turin (Italie) ». */
const abroadName = (commune: string, country: string | null): string | null =>
	`${commune}${country ? countryAfter(country) : ''}`.trim() || null;

const placeKeyOf = ({ communeCode, communeName }: Pick<Place, 'communeCode' | 'communeName'>): string | null =>
	communeCode ?? (communeName ? nameKey(communeName) : null);

/**
 * What becomes of each organisation of a list, from a few questions for all of them. Neighbours that came after `before` are left
 * out: a list is not compared with itself.
 */
export async function fatesOf(db: Reader, entries: Entry[], before: Date): Promise<Fate[]> {
	if (!entries.length) return [];
	const keys = [...new Set(entries.flatMap((entry) => entry.keys))];
	const found = await ask(
		db,
		sql<{ key: string; organisationId: string }>`
		select key, organisation_id from organisation_keys where key = any(${keys}::text[])
		union
		select i.kind || ':' || i.value, i.organisation_id from organisation_identifiers i
		join (select split_part(key, ':', 1) as kind, substr(key, strpos(key, ':') + 1) as value from unnest(${keys}::text[]) as key
			where key not like 'name:%') wanted on wanted.kind = i.kind and wanted.value = i.value and i.kind <> 'prefecture'
		order by 2`
	);
	const ids = [...new Set(found.map(({ organisationId }) => organisationId))];
	const organisations = await ask(
		db,
		sql<Known>`
		select o.id, o.name, o.themes, array(
			select i.kind || ':' || i.value from organisation_identifiers i where i.organisation_id = o.id and i.kind <> 'prefecture'
		) as numbers from organisations o where o.id = any(${ids}::uuid[])`
	);
	const known = new Map(organisations.map((one) => [one.id, one]));
	const byKey = new Map<string, Known[]>();
	for (const { key, organisationId } of found) {
		const organisation = known.get(organisationId);
		if (organisation) byKey.set(key, [...(byKey.get(key) ?? []), organisation]);
	}
	const unknown = entries.filter((entry) => !entry.keys.some((key) => byKey.has(key)));
	const neighbours = await neighboursOf(db, unknown, before);
	const namesakes = await namesakesOf(db, unknown, before);
	const none = new Neighbours([]);
	return entries.map((entry) =>
		fateOf(entry, byKey, neighbours.get(placeKeyOf(placeIn(entry)) ?? '') ?? none, namesakes.get(nameKey(entry.name)))
	);
}

/** Those that bear the same names, wherever they are, by the key of the name. */
async function namesakesOf(db: Reader, entries: Entry[], before: Date): Promise<Map<string, Namesake[]>> {
	const rows = await ask(
		db,
		sql<Namesake & { nameKey: string }>`
		select o.id, o.name, o.name_key, o.postcode, o.email, array(
			select i.kind || ':' || i.value from organisation_identifiers i where i.organisation_id = o.id and i.kind <> 'prefecture'
		) as numbers from organisations o
		where o.name_key = any(${[...new Set(entries.map(({ name }) => nameKey(name)))]}::text[]) and o.registered_at < ${before} and o.merged_into is null
		order by o.id`
	);
	return Map.groupBy(rows, (one) => one.nameKey);
}

/** Those that stood in the communes of these organisations, by commune. */
async function neighboursOf(db: Reader, entries: Entry[], before: Date): Promise<Map<string, Neighbours>> {
	const wanted = entries.map(placeIn);
	const codes = [...new Set(wanted.flatMap(({ communeCode }) => communeCode ?? []))];
	const names = [...new Set(wanted.flatMap(({ communeCode, communeName }) => (communeCode ? [] : (communeName ?? []))))];
	if (!codes.length && !names.length) return new Map();
	const rows = await db
		.selectFrom('organisations')
		.select(['id', 'name', 'communeCode', 'communeName'])
		.where('registeredAt', '<', before)
		.where('mergedInto', 'is', null)
		.where((eb) =>
			eb.or([
				...(codes.length ? [eb('communeCode', 'in', codes)] : []),
				...(names.length
					? [
							eb.and([
								eb('communeCode', 'is', null),
								sql<boolean>`plain(commune_name) in (select plain(n) from unnest(${names}::text[]) as n)`
							])
						]
					: [])
			])
		)
		.execute();
	const grouped = Map.groupBy(rows, (row) => placeKeyOf(row) ?? '');
	return new Map([...grouped].map(([key, all]) => [key, new Neighbours(all)]));
}
