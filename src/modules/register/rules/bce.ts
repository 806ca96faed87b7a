import { readLetters } from './letters.ts';
import { array, cellIn, day, hasColumns, json, number, text, word, type Cell } from './cells.ts';
import type { Body } from './published.ts';

/*
 * The open data of the Banque-Carrefour des Entreprises: one file a table, joined by the number of the enterprise (SPF Économie,
 * « Cookbook KBO Open Data », R018). Full files hold what is active on their day; update files hold what changed since the one before.
 */

/** The columns by which each table is known, and what whoever reads them takes of each. */
const signsOf = {
	meta: ['Variable', 'Value'],
	code: ['Category', 'Code', 'Language', 'Description'],
	enterprise: ['EnterpriseNumber', 'Status', 'JuridicalForm', 'StartDate'],
	establishment: ['EstablishmentNumber', 'EnterpriseNumber'],
	denomination: ['EntityNumber', 'Language', 'TypeOfDenomination', 'Denomination'],
	address: ['EntityNumber', 'TypeOfAddress', 'Zipcode'],
	contact: ['EntityNumber', 'EntityContact', 'ContactType', 'Value'],
	activity: ['EntityNumber', 'NaceVersion', 'NaceCode', 'Classification'],
	branch: ['Id', 'StartDate', 'EnterpriseNumber']
} as const;
export type Table = keyof typeof signsOf;
/** The tables whose rows complete a record. */
export type Part = Exclude<Table, 'meta' | 'code' | 'branch'>;

/** In which order the tables are read: what says which enterprises are kept comes before what is said of them. */
export const tables = Object.keys(signsOf) as Table[];
/** Without these a record says too little to be one. */
export const neededTables: readonly Table[] = ['enterprise', 'denomination', 'address'];

/** Which table has these headers; 'update' for those of a file that only says what changed; null when none. */
export function tableOf(headers: readonly string[]): Table | 'update' | null {
	const found = tables.find((table) => hasColumns(headers, signsOf[table]));
	if (found) return found;
	return headers.length === 1 && /^(?:Entity|Enterprise|Establishment)Number$/.test(headers[0]!) ? 'update' : null;
}

/**
 * The legal forms that the directory holds, by the code of the Banque-Carrefour (SPF Économie, table « JuridicalForm » of code.csv;
 * Code des sociétés et des associations, livres 9 to 11). The others are companies, co-owners, services of the State.
 */
const kindsOfForms: Record<string, string> = {
	'017': 'association', // ASBL, VZW
	'018': 'foundation', // établissement d’utilité publique, before 2003
	'019': 'association', // mutualité
	'020': 'association', // union professionnelle
	'023': 'association', // association étrangère de droit privé
	'026': 'foundation', // fondation privée
	'028': 'association', // institution sans but lucratif
	'029': 'foundation', // fondation d’utilité publique
	'117': 'association', // ASBL de droit public
	'124': 'public_establishment', // établissement public
	'125': 'association', // AISBL, IVZW
	'126': 'public_establishment', // CPAS, until it was 412
	'217': 'association', // parti politique européen
	'218': 'foundation', // fondation politique européenne
	'325': 'association', // AISBL de droit public
	'400': 'local_authority', // province
	'411': 'local_authority', // ville, commune
	'412': 'public_establishment' // CPAS, OCMW
};

/** What a legal form is here; a code that came later is known by the label that the register gives it. */
export function kindOfBelgianForm(code: string, label: string | undefined): string | null {
	const kind = kindsOfForms[code];
	if (kind || !label) return kind ?? null;
	const said = label.toLowerCase();
	if (/^(?:fondation|stichting|private stichting)\b/.test(said)) return 'foundation';
	return /^(?:asbl|vzw|association (?:internationale )?sans but lucratif|association de fait|institution sans but lucratif|(?:internationale )?vereniging zonder winstoogmerk|feitelijke vereniging)/.test(
		said
	)
		? 'association'
		: null;
}

/** A number of an enterprise or of an establishment, written without its dots; null when its last two figures do not check the others. */
export function belgianNumber(said: string): string | null {
	const figures = said.replaceAll('.', '').trim();
	if (!/^\d{10}$/.test(figures)) return null;
	return 97 - (Number(figures.slice(0, 8)) % 97) === Number(figures.slice(8)) ? figures : null;
}

/** What is kept of a row of each table, in this order. */
const keptOf = {
	enterprise: ['Status', 'JuridicalForm', 'JuridicalFormCAC', 'StartDate'],
	establishment: ['EstablishmentNumber', 'StartDate'],
	denomination: ['TypeOfDenomination', 'Language', 'Denomination'],
	address: [
		'CountryFR',
		'Zipcode',
		'MunicipalityFR',
		'MunicipalityNL',
		'StreetFR',
		'StreetNL',
		'HouseNumber',
		'Box',
		'DateStrikingOff'
	],
	contact: ['Value'],
	activity: ['NaceVersion', 'NaceCode', 'ActivityGroup']
} as const;
const keyColumn = (part: Part): string =>
	part === 'enterprise' || part === 'establishment' ? 'EnterpriseNumber' : 'EntityNumber';

/** What a row of a table is: of which enterprise, what it says of it, or why it can't be used. Rows that say nothing here are `other`. */
export type PartRow =
	{ is: 'part'; key: string; said: (string | null)[] } | { is: 'other' } | { is: 'rejected'; reason: 'number'; said: string };

/** Whether a row of this table says something that is kept. */
const speaks: Record<Part, (of: Cell, cells: readonly string[]) => boolean> = {
	enterprise: () => true,
	establishment: () => true,
	denomination: (of, cells) =>
		['001', '002', '003', '004', '1', '2', '3'].includes(of(cells, 'TypeOfDenomination')?.trim() ?? ''),
	address: (of, cells) => of(cells, 'TypeOfAddress')?.trim() === 'REGO',
	contact: (of, cells) => of(cells, 'ContactType')?.trim() === 'WEB' && of(cells, 'EntityContact')?.trim() === 'ENT',
	activity: (of, cells) => of(cells, 'Classification')?.trim() === 'MAIN'
};

/**
 * How the rows of a table are read. `kept` says whether an enterprise is one of those that the directory holds; of the enterprises
 * themselves it is asked by their legal form.
 */
export function partReader(
	part: Part,
	headers: readonly string[],
	{ labels, keeps }: { labels: ReadonlyMap<string, string>; keeps: (key: string) => boolean }
): (cells: readonly string[]) => PartRow {
	const of = cellIn(headers);
	const columns = keptOf[part];
	const keyed = keyColumn(part);
	return (cells) => {
		const written = of(cells, keyed)?.trim() ?? '';
		if (part === 'enterprise') {
			const form = formOf(of(cells, 'JuridicalForm'), of(cells, 'JuridicalFormCAC'));
			if (!form || !kindOfBelgianForm(form, labels.get(form))) return { is: 'other' };
		}
		// Numbers from 2 to 8 are of establishments, from 9 of branches, which are no official numbers and have no check.
		if (part !== 'enterprise' && part !== 'establishment' && /^[2-9]\.?\d{3}\.?\d{3}\.?\d{3}$/.test(written))
			return { is: 'other' };
		const key = belgianNumber(written);
		if (!key) return { is: 'rejected', reason: 'number', said: readLetters(written).slice(0, 60) };
		if (part !== 'enterprise' && !keeps(key)) return { is: 'other' };
		if (!speaks[part](of, cells)) return { is: 'other' };
		if (part === 'establishment' && !belgianNumber(of(cells, 'EstablishmentNumber') ?? ''))
			return { is: 'rejected', reason: 'number', said: readLetters(of(cells, 'EstablishmentNumber') ?? '').slice(0, 60) };
		return { is: 'part', key, said: columns.map((column) => text(of(cells, column), 400)) };
	};
}

/** The form as it is to be read since the code of 2019, where the register says it. */
const formOf = (form: string | undefined, since: string | undefined): string | null => word(since, 3) ?? word(form, 3);

/** In which language a name is taken: French, one that is not said, then Dutch, German, English. */
const preferred = ['1', '0', '2', '3', '4'];
const rank = (language: string | null): number => {
	const at = preferred.indexOf(language ?? '0');
	return at < 0 ? preferred.length : at;
};

/** The commune of a postcode and of its names, among those that an administrator brought. */
export type Communes = (postcode: string | null, names: (string | null)[]) => { key: string; name: string } | null;

export type Joined = {
	record: Body;
	postcode: string | null;
	commune: string | null;
	establishments: { number: string; since: string | null }[];
};

/** What is said of one enterprise, joined: its record; null when none of its names says anything. */
export function joinParts(
	key: string,
	parts: readonly (readonly [part: Part, said: readonly (string | null)[]])[],
	{ labels, communes }: { labels: ReadonlyMap<string, string>; communes: Communes }
): Joined | null {
	const all = (part: Part) => parts.flatMap(([one, said]) => (one === part ? [said] : []));
	const [status, form, since, started] = all('enterprise')[0]!;
	const names = all('denomination')
		.map(([kind, language, name]) => ({ kind: (kind ?? '').padStart(3, '0'), language: language!, name: name! }))
		.filter(({ name }) => name !== null)
		.toSorted((a, b) => a.kind.localeCompare(b.kind) || rank(a.language) - rank(b.language));
	const of = (kind: string) => names.filter((one) => one.kind === kind);
	const name = (of('001')[0] ?? of('003')[0] ?? of('002')[0])?.name;
	if (!name) return null;
	const short = of('002')[0]?.name;
	const [country, postcode, french, dutch, streetFrench, streetDutch, house, box, struck] = all('address')[0] ?? [];
	const place = country ? null : communes(postcode ?? null, [french ?? null, dutch ?? null]);
	const street = [streetFrench ?? streetDutch, house, box && `bte ${box}`].filter(Boolean).join(' ');
	const [version, nace] =
		all('activity').toSorted(
			(a, b) => b[0]!.localeCompare(a[0]!) || String(a[2]).localeCompare(String(b[2])) || String(a[1]).localeCompare(String(b[1]))
		)[0] ?? [];
	const code = formOf(form ?? undefined, since ?? undefined)!;
	const unverified: Record<string, string> = {};
	return {
		postcode: country ? null : (postcode ?? null),
		commune: place?.key ?? null,
		establishments: all('establishment').flatMap(([written, from]) => {
			const own = belgianNumber(written ?? '');
			return own ? [{ number: own, since: day(from ?? undefined) }] : [];
		}),
		record: {
			key: number('bce', key, unverified) ?? key,
			name,
			short_name: short && short !== name ? short.slice(0, 60) : null,
			other_names: array(names.map((one) => one.name).filter((one) => one !== name && one !== short)),
			activity_code: nace ? `${version}:${nace}`.slice(0, 20) : null,
			legal_form: code,
			kind: kindOfBelgianForm(code, labels.get(code))!,
			commune_code: place?.key ?? null,
			commune_name: (place?.name ?? [french ?? dutch, country].filter(Boolean).join(', ').slice(0, 100)) || null,
			postcode: postcode?.slice(0, 10) ?? null,
			street: struck ? null : street.slice(0, 200) || null,
			website: all('contact')[0]?.[0]?.slice(0, 200) ?? null,
			created_on: day(started ?? undefined),
			active: status === 'ST' ? 'f' : 't',
			unverified: json(unverified)
		}
	};
}
