import { m } from '#words';
import { csv } from '#platform/csv.ts';
import type { Ask } from '#platform/http.server.ts';
import { address } from '#platform/running.server.ts';
import { word } from '#platform/say.ts';
import type { Asked } from './forms.ts';
import { takeDirectory, understandDirectory, type Taken } from './queries/directory.server.ts';

/** How many organisations a person takes away at once: a file to work with, not a copy of the directory. */
export const mostTaken = { 'signed in': 5000, stranger: 1000 };

/** A file is read in steps of this many. */
const step = 200;

/** The organisations that answer, read little by little. */
export async function* taken(ask: Ask, asked: Asked, most: number): AsyncGenerator<Taken[], void> {
	const understood = await ask((context) => understandDirectory(context, asked));
	let after: Taken | null = null;
	for (let read = 0; read < most;) {
		const some: Taken[] = await ask((context) => takeDirectory(context, understood, after, Math.min(step, most - read)));
		if (!some.length) return;
		yield some;
		read += some.length;
		after = some.at(-1)!;
	}
}

/** The columns of a table of organisations. */
export const heads = (): string[] => [
	m.organisations_column_name(),
	m.organisations_column_short_name(),
	m.organisations_column_kind(),
	m.organisations_column_commune(),
	m.organisations_column_commune_code(),
	m.organisations_column_purpose(),
	m.organisations_column_themes(),
	m.organisations_column_audiences(),
	m.organisations_column_networks(),
	m.organisations_column_website(),
	m.organisations_column_email(),
	m.organisations_column_phone(),
	m.organisations_column_page()
];

/** An organisation as a line of that table. */
export const line = (one: Taken): string[] => [
	one.name,
	one.shortName ?? '',
	word(`organisations_kind_${one.kind}`),
	one.place ?? '',
	one.communeCode ?? '',
	one.purpose ?? '',
	one.themes.join(', '),
	one.audiences.join(', '),
	one.networks.join(', '),
	one.website ?? '',
	one.email ?? '',
	one.phone ?? '',
	address(one.path)
];

/** As CSV, which spreadsheets open. */
export async function* csvOf(all: AsyncIterable<Taken[]>): AsyncGenerator<string, void> {
	yield csv([heads()]);
	// the mark that says UTF-8 stands at the beginning only
	for await (const some of all) yield csv(some.map(line)).slice(1);
}

const webAddress = (typed: string): string => (/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);

/** An organisation as schema.org says it: its commune, never its street. */
const linked = (one: Taken) => ({
	'@type': one.kind === 'association' || one.kind === 'foundation' ? 'NGO' : 'Organization',
	'@id': address(one.path),
	name: one.name,
	...(one.shortName ? { alternateName: one.shortName } : {}),
	...(one.purpose ? { description: one.purpose } : {}),
	...(one.themes.length ? { knowsAbout: one.themes } : {}),
	...(one.website ? { url: webAddress(one.website) } : {}),
	...(one.email ? { email: one.email } : {}),
	...(one.phone ? { telephone: one.phone } : {}),
	...(one.place ? { address: { '@type': 'PostalAddress', addressLocality: one.place, addressCountry: 'FR' } } : {}),
	...(one.point
		? { location: { '@type': 'Place', geo: { '@type': 'GeoCoordinates', latitude: one.point.lat, longitude: one.point.lon } } }
		: {})
});

/** An organisation as GoGoCarto reads one: it stands at the centre of its commune. */
const element = (one: Taken) => ({
	id: one.code,
	name: one.name,
	geo: { latitude: one.point!.lat, longitude: one.point!.lon },
	address: { addressLocality: one.place ?? '', addressCountry: 'FR' },
	categories: [word(`organisations_kind_${one.kind}`), ...one.themes],
	description: one.purpose ?? '',
	...(one.website ? { website: webAddress(one.website) } : {}),
	...(one.email ? { email: one.email } : {}),
	...(one.phone ? { telephone: one.phone } : {}),
	updatedAt: one.updatedAt.toISOString(),
	source: address(one.path)
});

async function* listOf(before: string, all: AsyncIterable<Taken[]>, write: (one: Taken) => object | null, after: string) {
	yield before;
	let first = true;
	for await (const some of all)
		for (const one of some) {
			const written = write(one);
			if (!written) continue;
			yield `${first ? '' : ','}\n${JSON.stringify(written)}`;
			first = false;
		}
	yield after;
}

/** As JSON-LD, in the words of schema.org. */
export const jsonLdOf = (all: AsyncIterable<Taken[]>) =>
	listOf('{"@context":"https://schema.org","@graph":[', all, linked, '\n]}\n');

/** As the JSON that GoGoCarto reads. Those whose commune is not known stand nowhere on its map, and are left out. */
export const goGoCartoOf = (all: AsyncIterable<Taken[]>) =>
	listOf('{"data":[', all, (one) => (one.point ? element(one) : null), '\n]}\n');
