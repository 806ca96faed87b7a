import { csv } from '#platform/csv.ts';
import type { Context } from '#platform/context.server.ts';
import type { Ask } from '#platform/http.server.ts';
import { address } from '#platform/running.server.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import { allSayingsOf, type Saying } from '#modules/needs/queries/sayers.server.ts';
import type { Asked, Cursor } from '#modules/organisations/forms.ts';
import type { Understood } from '#modules/organisations/queries/asked.server.ts';
import { pointsOf, takeDirectory } from '#modules/organisations/queries/directory.server.ts';
import { listAnswering, mostRead, takeRecords } from '#modules/register/finding/queries.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { understandSearch, wantedOfRegisters } from './queries.server.ts';

/** How many organisations a person takes away at once: a file to work with, not a copy of the directory. */
export const mostTaken = { 'signed in': 5000, stranger: 1000 };
/** And how many official records beside them, when they are asked for. */
export const mostRecords = ({ asked, town }: Understood): number => mostRead(town ? town.rest : asked.words);

/** A file is read in steps of this many. */
const step = 200;

/** What a file says of an organisation, or of an official record. */
export type Taken = Omit<Awaited<ReturnType<typeof takeDirectory>>[number], 'shows' | 'postcode'> & {
	needs: string[];
	offers: string[];
	/** The register that says it; null for an organisation that is here. */
	source: string | null;
};

/** What a file is made of: organisations, and a sentence where it stops short of all that answer. */
type Piece = Taken[] | { short: string };
type Pieces = AsyncIterable<Piece>;

const sentences = (said: Saying[] | undefined, side: Saying['side']) =>
	(said ?? []).flatMap((one) => (one.side === side ? [one.text] : []));

async function organisationsAfter(
	context: Context,
	understood: Understood,
	after: Cursor | null,
	most: number
): Promise<Taken[]> {
	const rows = await takeDirectory(context, understood, after, most);
	const said = await allSayingsOf(
		context,
		rows.map(({ id }) => id)
	);
	return rows.map((row) => ({
		...row,
		needs: sentences(said.get(row.id), 'need'),
		offers: sentences(said.get(row.id), 'offer'),
		source: null
	}));
}

async function recordsOf(context: Context, ids: readonly number[]): Promise<Taken[]> {
	const pointOf = await pointsOf(context.db);
	return (await takeRecords(context, ids)).map((row) => {
		const commune = row.communeCode ? findCommune(row.communeCode) : null;
		return {
			id: `${row.source}-${row.key}`,
			code: `${row.source}-${row.key}`,
			kind: row.kind,
			name: row.name,
			shortName: row.shortName,
			purpose: row.purpose,
			place: commune ? communeLabel(commune) : row.communeName,
			communeCode: row.communeCode,
			communeName: row.communeName,
			path: row.path,
			themes: [],
			audiences: [],
			networks: [],
			website: row.website,
			email: null,
			phone: null,
			updatedAt: row.changedAt,
			lives: row.active && row.vanishedAt === null,
			point: pointOf({ communeCode: row.communeCode }),
			needs: [],
			offers: [],
			source: word(`register_source_${row.source}`)
		};
	});
}

/** The organisations that answer, read little by little; then the official records, when they were asked for. It says where it stops short. */
export async function* taken(ask: Ask, asked: Asked, most: number): AsyncGenerator<Piece, void> {
	const understood = await ask((context) => understandSearch(context, asked));
	let after: Cursor | null = null;
	for (let read = 0; read < most;) {
		const some: Taken[] = await ask((context) => organisationsAfter(context, understood, after, Math.min(step, most - read)));
		if (!some.length) break;
		yield some;
		read += some.length;
		after = some.at(-1)!;
		if (read >= most && (await ask((context) => takeDirectory(context, understood, after, 1))).length)
			yield { short: m.organisations_take_short({ n: most.toLocaleString('fr-FR') }) };
	}
	if (!asked.registers) return;
	const { ids, beyond } = await ask(async (context) => {
		const wanted = wantedOfRegisters(context, understood);
		return wanted ? await listAnswering(context, wanted) : { ids: [], beyond: false };
	});
	for (let from = 0; from < ids.length; from += step)
		yield await ask((context) => recordsOf(context, ids.slice(from, from + step)));
	if (beyond) yield { short: m.organisations_take_short_records({ n: ids.length.toLocaleString('fr-FR') }) };
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
	m.organisations_column_page(),
	m.organisations_column_needs(),
	m.organisations_column_offers(),
	m.organisations_column_source()
];

/** An organisation as a line of that table. */
const line = (one: Taken): string[] => [
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
	address(one.path),
	one.needs.join(' / '),
	one.offers.join(' / '),
	one.source ?? m.organisations_source_here()
];

/** The lines of that table: where it stops short, the last one says so. */
export const lines = (piece: Piece): string[][] =>
	'short' in piece
		? [
				[
					piece.short,
					...heads()
						.slice(1)
						.map(() => '')
				]
			]
		: piece.map(line);

/** As CSV, which spreadsheets open. */
export async function* csvOf(all: Pieces): AsyncGenerator<string, void> {
	yield csv([heads()]);
	// the mark that says UTF-8 stands at the beginning only
	for await (const piece of all) yield csv(lines(piece)).slice(1);
}

const webAddress = (typed: string): string => (/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);

/** The country, where it is known: communes of the referential are France's. */
const country = (one: Taken) => (one.communeCode && findCommune(one.communeCode) ? { addressCountry: 'FR' } : {});

const demand = (name: string) => ({ '@type': 'Demand', name });
const offered = (name: string) => ({ '@type': 'Offer', name });

/** An organisation as schema.org says it: its commune, never its street. */
const linked = (one: Taken) => ({
	'@type': one.kind === 'association' || one.kind === 'foundation' ? 'NGO' : 'Organization',
	'@id': address(one.path),
	name: one.name,
	...(one.shortName ? { alternateName: one.shortName } : {}),
	...(one.purpose ? { description: one.purpose } : {}),
	...(one.themes.length ? { knowsAbout: one.themes } : {}),
	...(one.needs.length ? { seeks: one.needs.map(demand) } : {}),
	...(one.offers.length ? { makesOffer: one.offers.map(offered) } : {}),
	...(one.source ? { isBasedOn: one.source } : {}),
	...(one.website ? { url: webAddress(one.website) } : {}),
	...(one.email ? { email: one.email } : {}),
	...(one.phone ? { telephone: one.phone } : {}),
	...(one.place ? { address: { '@type': 'PostalAddress', addressLocality: one.place, ...country(one) } } : {}),
	...(one.point
		? { location: { '@type': 'Place', geo: { '@type': 'GeoCoordinates', latitude: one.point.lat, longitude: one.point.lon } } }
		: {})
});

/** An organisation as GoGoCarto reads one: it stands at the centre of its commune. */
const element = (one: Taken) => ({
	id: one.code,
	name: one.name,
	geo: { latitude: one.point!.lat, longitude: one.point!.lon },
	address: { addressLocality: one.place ?? '', ...country(one) },
	categories: [word(`organisations_kind_${one.kind}`), ...one.themes, ...(one.source ? [one.source] : [])],
	description: one.purpose ?? '',
	...(one.website ? { website: webAddress(one.website) } : {}),
	...(one.email ? { email: one.email } : {}),
	...(one.phone ? { telephone: one.phone } : {}),
	updatedAt: one.updatedAt.toISOString(),
	source: address(one.path)
});

/** One JSON list, written little by little; `end` closes it with the sentences that say what is not in it. */
async function* listOf(begin: string, all: Pieces, write: (one: Taken) => object | null, end: (said: string[]) => string) {
	yield begin;
	let first = true;
	let nowhere = 0;
	const said: string[] = [];
	for await (const piece of all) {
		if ('short' in piece) {
			said.push(piece.short);
			continue;
		}
		for (const one of piece) {
			const written = write(one);
			if (!written) nowhere++;
			else yield `${first ? '' : ','}\n${JSON.stringify(written)}`;
			first &&= !written;
		}
	}
	if (nowhere) said.push(m.organisations_take_nowhere({ n: nowhere }));
	yield end(said);
}

/** As JSON-LD, in the words of schema.org. */
export const jsonLdOf = (all: Pieces) =>
	listOf('{"@context":"https://schema.org","@graph":[', all, linked, (said) =>
		said.length ? `\n],"description":${JSON.stringify(said.join(' '))}}\n` : '\n]}\n'
	);

/** As the JSON that GoGoCarto reads. Those whose commune is not known stand nowhere on its map, and are left out. */
export const goGoCartoOf = (all: Pieces) =>
	listOf(
		'{"data":[',
		all,
		(one) => (one.point ? element(one) : null),
		(said) => (said.length ? `\n],"notes":${JSON.stringify(said)}}\n` : '\n]}\n')
	);
