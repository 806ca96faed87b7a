import type { Reader } from '#platform/context.server.ts';
import { bare } from '#platform/database/text-search.server.ts';
import { placeKey } from '../rules.ts';
import { keyOf } from '../rules/areas.ts';
import { kilometres, type Point } from '../rules/points.ts';

/*
 * The communes abroad that an administrator brought. An organisation there is known by the name and the postcode that it wrote.
 */

/** A commune abroad, under all its names. */
export type Outside = {
	key: string;
	name: string;
	/** As an organisation may have written it: without accents or capitals. */
	names: string[];
	postcodes: string[];
	point: Point | null;
};

type Outsides = { version: string; all: Outside[]; byKey: Map<string, Outside>; byName: Map<string, Outside[]> };
let read: Outsides | undefined;

/** Read once, and again when an administrator has brought others. */
export async function communesOutside(db: Reader): Promise<Outsides> {
	const last = await db
		.selectFrom('territoryImports')
		.select('id')
		.where('kind', '=', 'foreign_commune')
		.orderBy('importedAt', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	const version = last?.id ?? '';
	if (read?.version === version) return read;
	const rows = version
		? await db
				.selectFrom('areas')
				.select(['code', 'name', 'otherNames', 'postcodes', 'latitude', 'longitude'])
				.where('kind', '=', 'foreign_commune')
				.where('endedAt', 'is', null)
				.orderBy('code')
				.execute()
		: [];
	const byName = new Map<string, Outside[]>();
	const all = rows.map(({ code, name, otherNames, postcodes, latitude, longitude }) => {
		const names = [name, ...otherNames];
		const one: Outside = {
			key: keyOf('foreign_commune', code),
			name,
			names: names.map(bare),
			postcodes,
			point: latitude !== null && longitude !== null ? { lat: latitude, lon: longitude } : null
		};
		for (const key of new Set(names.map(placeKey))) byName.set(key, [...(byName.get(key) ?? []), one]);
		return one;
	});
	return (read = { version, all, byKey: new Map(all.map((one) => [one.key, one])), byName });
}

/** The commune abroad that a name, or else a postcode, means; of several that share a postcode none is guessed. */
export function outsideOf({ all, byName }: Outsides, name: string | null, postcode: string | null): Outside | null {
	const named = name ? (byName.get(placeKey(name)) ?? []) : [];
	if (named.length < 2) {
		if (named[0] || !postcode) return named[0] ?? null;
		const there = all.filter((one) => one.postcodes.includes(postcode));
		return there.length === 1 ? there[0]! : null;
	}
	return named.find((one) => postcode !== null && one.postcodes.includes(postcode)) ?? null;
}

/** The communes abroad whose centre is within so many kilometres of a place. */
export const outsideWithin = ({ all }: Outsides, from: Point, km: number): Outside[] =>
	all.filter(({ point }) => point !== null && kilometres(from, point) <= km);

const mostWordsOfAName = 5;

/** The commune abroad that the last words of a question name, or else the first ones, with the other words. */
export function outsideNamedIn({ byName }: Outsides, question: string): { rest: string; commune: Outside } | null {
	const words = question.trim().split(/[\s,]+/);
	for (const atEnd of [true, false])
		for (let n = Math.min(mostWordsOfAName, words.length - 1); n > 0; n--) {
			const some = atEnd ? words.slice(-n) : words.slice(0, n);
			const [commune, another] = byName.get(placeKey(some.join(' '))) ?? [];
			if (commune && !another) return { rest: (atEnd ? words.slice(0, -n) : words.slice(n)).join(' '), commune };
		}
	return null;
}
