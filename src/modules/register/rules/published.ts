import { Refused } from '#platform/errors.ts';
import { readIdentifier, type IdentifierKind } from '#modules/organisations/rules/identifiers.ts';
import { readLetters } from './letters.ts';
import type { Source } from './sources.ts';

/** The files that registers publish; SIRENE has two, the second for addresses. */
export const publishedFiles = ['rna-waldec', 'rna-import', 'sirene', 'sirene-seats', 'bce'] as const;
export type Published = (typeof publishedFiles)[number];

/** What is kept of a record, in the order in which it is written; all but `key`, `name`, `kind` and `active` may be unknown. */
export const bodyColumns = [
	'key',
	'name',
	'short_name',
	'other_names',
	'purpose',
	'object_code',
	'second_object_code',
	'activity_code',
	'legal_form',
	'grouping',
	'kind',
	'commune_code',
	'commune_name',
	'postcode',
	'street',
	'website',
	'created_on',
	'declared_on',
	'ended_on',
	'active',
	'employees_class',
	'employees_year',
	'siren',
	'siret',
	'rna',
	'former_key',
	'unverified'
] as const;
export type Body = Partial<Record<(typeof bodyColumns)[number], string | null>> & {
	key: string;
	name: string;
	kind: string;
	active: string;
};

export const seatColumns = ['siren', 'siret', 'sign', 'commune_code', 'commune_name', 'postcode', 'street', 'active'] as const;
export type Seat = Partial<Record<(typeof seatColumns)[number], string | null>> & {
	siren: string;
	siret: string;
	active: string;
};

/** A commune of today by a code of any time, with its department and, for an arrondissement, its city. */
export type Town = { code: string; label: string; department: string; parent: string | null };
export type Towns = (code: string) => Town | null;

/** What a row turns out to be. */
export type Fate<T> =
	| { is: 'kept'; record: T; department: string; communes: string[] }
	| { is: 'other' }
	| { is: 'rejected'; reason: 'number' | 'name'; said: string };

/** The columns by which each published file is known, and without which it is not read; BCE has a file a table. */
const signsOf: Record<Exclude<Published, 'bce'>, readonly string[]> = {
	'rna-waldec': ['id', 'titre', 'objet', 'date_disso', 'position', 'adrs_codeinsee', 'adrs_libcommune'],
	'rna-import': ['id', 'titre', 'objet', 'position', 'libcom', 'adrs_codeinsee'],
	sirene: ['siren', 'denominationUniteLegale', 'categorieJuridiqueUniteLegale', 'etatAdministratifUniteLegale'],
	'sirene-seats': ['siren', 'siret', 'etablissementSiege', 'codeCommuneEtablissement', 'etatAdministratifEtablissement']
};

/** Which published file has these headers; null when none. */
export function fileOf(headers: readonly string[]): Exclude<Published, 'bce'> | null {
	const found = Object.entries(signsOf).find(([, signs]) => signs.every((sign) => headers.includes(sign)));
	return (found?.[0] as Exclude<Published, 'bce'> | undefined) ?? null;
}

/** The columns that a file of this kind should have and these headers lack. */
export const missingFrom = (file: Exclude<Published, 'bce'>, headers: readonly string[]): string[] =>
	signsOf[file].filter((sign) => !headers.includes(sign));

const blank = /[\s\u0000-\u001f\u007f]+/g; // oxlint-disable-line no-control-regex
/** What a text that is on one line already does not hold: most are, and looking costs less than writing them anew. */
const odd = /[^ -~¡-ÿ]| {2}/;
const onOneLine = (said: string): string => (odd.test(said) ? said.replace(blank, ' ') : said).trim();

/** A text of a register: in its own letters, on one line, no longer than it needs; null when it says nothing. */
export function text(cell: string | undefined, most = 500): string | null {
	if (!cell) return null;
	const said = onOneLine(readLetters(cell));
	return said === '' || said === '_' ? null : said.slice(0, most).toWellFormed();
}

export const word = (cell: string | undefined, most = 40): string | null => {
	const said = cell && onOneLine(cell);
	return said ? said.slice(0, most) : null;
};

/** Most days, which are taken as they are written. */
const usualDay =
	/^(?!1900-01-01)[12]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)/;

/** A day as registers write it; 0001-01-01, 1900-01-01 and what is no day are unknown. */
export function day(cell: string | undefined): string | null {
	const said = cell?.slice(0, 10);
	if (!said || said.length < 10) return null;
	if (usualDay.test(said)) return said;
	if (said.startsWith('0001') || said === '1900-01-01') return null;
	const parts = said.split(/[/-]/);
	const [year, month, date] = parts[0]!.length === 4 ? parts : parts.toReversed();
	if (!/^\d{4}$/.test(year ?? '') || !/^\d\d$/.test(month ?? '') || !/^\d\d$/.test(date ?? '')) return null;
	const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
	if (Number(year) < 1000 || Number(month) < 1 || Number(month) > 12 || Number(date) < 1 || Number(date) > last) return null;
	return `${year}-${month}-${date}`;
}

function passesLuhn(digits: string): boolean {
	let sum = 0;
	for (let place = digits.length - 1, double = false; place >= 0; place--, double = !double) {
		const digit = (digits.charCodeAt(place) - 48) * (double ? 2 : 1);
		sum += digit > 9 ? digit - 9 : digit;
	}
	return sum % 10 === 0;
}

/** A number that passes its own arithmetic; otherwise it goes, as it is written, to those that are unverified. */
export function number(kind: IdentifierKind, cell: string | undefined, unverified: Record<string, string>): string | null {
	const said = cell?.trim();
	if (!said) return null;
	if (kind === 'siret' && /^\d{14}$/.test(said) && !said.endsWith('0000') && passesLuhn(said) && passesLuhn(said.slice(0, 9)))
		return said;
	if (kind === 'rna' && /^W\d{9}$/.test(said)) return said;
	try {
		return readIdentifier(kind, said).value;
	} catch (problem) {
		if (!(problem instanceof Refused)) throw problem;
		unverified[kind] = onOneLine(readLetters(said)).slice(0, 60).toWellFormed();
		return null;
	}
}

export const array = (list: (string | null)[]): string | null => {
	const said = [...new Set(list.filter((one) => one !== null))];
	return said.length ? `{${said.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}` : null;
};

/** The department of a postcode, where no commune is known. */
const departmentOf = (postcode: string | null): string => {
	if (!postcode || !/^\d{5}$/.test(postcode)) return '';
	if (/^9[78]/.test(postcode)) return postcode.slice(0, 3);
	if (/^20[01]/.test(postcode)) return '2A';
	return postcode.startsWith('20') ? '2B' : postcode.slice(0, 2);
};

function place(
	towns: Towns,
	{ code, name, postcode }: { code: string | undefined; name: string | undefined; postcode: string | undefined }
) {
	const town = code?.trim() ? towns(code.trim()) : null;
	const zip = word(postcode, 10);
	return {
		columns: { commune_code: town?.code ?? null, commune_name: town?.label ?? text(name, 100), postcode: zip },
		department: town?.department ?? departmentOf(zip),
		communes: town ? [town.code, ...(town.parent ? [town.parent] : [])] : []
	};
}

type Read = (cells: readonly string[]) => Fate<Body>;
export type Cell = (cells: readonly string[], column: string) => string | undefined;

export const cellIn = (headers: readonly string[]): Cell => {
	const places: Partial<Record<string, number>> = Object.fromEntries(headers.map((header, at) => [header, at]));
	return (cells, column) => {
		const at = places[column];
		return at === undefined ? undefined : cells[at];
	};
};

export const json = (unverified: Record<string, string>): string | null =>
	Object.keys(unverified).length ? JSON.stringify(unverified) : null;

const repeats = (name: string, short: string): boolean =>
	name.startsWith(short) || name.toLowerCase().startsWith(short.replace(/\s*\.{2,}$/, '').toLowerCase());

const kindOfName = (name: string): string => (/^(?:fondation|fonds de dotation)\b/i.test(name) ? 'foundation' : 'association');

/** How the rows of a file of the national register of associations are read (arrêté du 14 octobre 2009; columns: ministry of the Interior). */
export function rnaReader(file: 'rna-waldec' | 'rna-import', headers: readonly string[], towns: Towns): Read {
	const of = cellIn(headers);
	const waldec = file === 'rna-waldec';
	const streetColumns = waldec
		? ['adrs_numvoie', 'adrs_repetition', 'adrs_typevoie', 'adrs_libvoie', 'adrs_complement', 'adrs_distrib']
		: ['adr1', 'adr2', 'adr3'];
	return (cells) => {
		const said = of(cells, 'id')?.trim().toUpperCase() ?? '';
		if (!(waldec ? /^W[0-9A-Z]{9}$/ : /^[0-9A-Z]{6,20}$/).test(said) || !/\d{3}/.test(said))
			return { is: 'rejected', reason: 'number', said: readLetters(said).slice(0, 60) };
		const name = text(of(cells, 'titre'), 400) ?? text(of(cells, 'titre_court'), 400);
		if (!name) return { is: 'rejected', reason: 'name', said };
		const unverified: Record<string, string> = {};
		const siret = number('siret', of(cells, 'siret'), unverified);
		const position = word(of(cells, 'position'))?.toUpperCase() ?? 'A';
		const ended = day(of(cells, 'date_disso'));
		const observation = of(cells, 'observation') ?? '';
		const later = position === 'R' ? /\bW[0-9A-Z]{3}\d{6}\b/.exec(observation)?.[0] : undefined;
		const where = place(towns, {
			code: of(cells, 'adrs_codeinsee'),
			name: of(cells, waldec ? 'adrs_libcommune' : 'libcom'),
			postcode: of(cells, 'adrs_codepostal')
		});
		const street = streetColumns.flatMap((column) => text(of(cells, column), 100) ?? []);
		const short = text(of(cells, 'titre_court'), 60);
		return {
			is: 'kept',
			department: where.department,
			communes: where.communes,
			record: {
				key: said,
				name,
				// Most repeat the title, cut where it was too long.
				short_name: short && !repeats(name, short) ? short : null,
				purpose: text(of(cells, 'objet'), 4000),
				object_code: objectOf(of(cells, 'objet_social1')),
				second_object_code: objectOf(of(cells, 'objet_social2')),
				legal_form: word(of(cells, 'nature'), 4),
				grouping: word(of(cells, 'groupement'), 4),
				kind: kindOfName(name),
				...where.columns,
				street: street.join(' ').slice(0, 200) || null,
				website: text(of(cells, 'siteweb'), 200),
				created_on: day(of(cells, 'date_creat')),
				declared_on: day(of(cells, 'date_decla')) ?? day(of(cells, 'date_publi')) ?? day(of(cells, 'date_creat')),
				ended_on: ended,
				active: position === 'A' && !ended ? 't' : 'f',
				siren: siret ? siret.slice(0, 9) : null,
				siret,
				rna: waldec ? null : (later ?? null),
				former_key: text(of(cells, 'id_ex'), 40),
				unverified: json(unverified)
			}
		};
	};
}

const objectOf = (cell: string | undefined): string | null => {
	const code = word(cell);
	return !code || /^0*$/.test(code) ? null : code.padStart(6, '0').slice(0, 10);
};

/** What a legal form of SIRENE is here; null for those that the directory does not hold: companies, persons, co-owners. */
export function kindOfForm(form: string): string | null {
	if (form.startsWith('92')) return 'association';
	if (form === '9300') return 'foundation';
	if (/^(7210|7220|7225|7229|7230|734[3-9])$/.test(form)) return 'local_authority';
	if (/^(7331|7384)$/.test(form)) return 'school';
	return /^(7340|735[1-7]|736[1-7]|737[1-9]|7389|7410)$/.test(form) ? 'public_establishment' : null;
}

/** How the legal units of SIRENE are read (INSEE, « StockUniteLegale », dessin de fichier); their addresses come with the seats. */
export function unitReader(headers: readonly string[]): Read {
	const of = cellIn(headers);
	return (cells) => {
		const form = word(of(cells, 'categorieJuridiqueUniteLegale'), 4) ?? '';
		const kind = kindOfForm(form);
		if (!kind) return { is: 'other' };
		const written = of(cells, 'siren')?.trim() ?? '';
		const unverified: Record<string, string> = {};
		const siren = number('siren', written, unverified);
		if (!siren) return { is: 'rejected', reason: 'number', said: readLetters(written).slice(0, 60) };
		const names = [
			'denominationUniteLegale',
			'denominationUsuelle1UniteLegale',
			'denominationUsuelle2UniteLegale',
			'denominationUsuelle3UniteLegale'
		].map((column) => text(of(cells, column), 400));
		const hidden = of(cells, 'statutDiffusionUniteLegale')?.trim() !== 'O' && names.every((name) => !name || name === '[ND]');
		if (hidden) return { is: 'other' };
		const name = names.find((one) => one !== null && one !== '[ND]');
		if (!name) return { is: 'rejected', reason: 'name', said: siren };
		const nic = of(cells, 'nicSiegeUniteLegale')?.trim();
		const active = of(cells, 'etatAdministratifUniteLegale')?.trim() === 'A';
		const since = day(of(cells, 'dateDebut'));
		const staff = word(of(cells, 'trancheEffectifsUniteLegale'), 2);
		return {
			is: 'kept',
			department: '',
			communes: [],
			record: {
				key: siren,
				name,
				short_name: text(of(cells, 'sigleUniteLegale'), 60),
				other_names: array(names.filter((one) => one !== name && one !== '[ND]')),
				activity_code: word(of(cells, 'activitePrincipaleUniteLegale'), 10),
				legal_form: form,
				kind,
				created_on: day(of(cells, 'dateCreationUniteLegale')),
				declared_on: day(of(cells, 'dateDernierTraitementUniteLegale')),
				ended_on: active ? null : since,
				active: active ? 't' : 'f',
				employees_class: staff === 'NN' ? null : staff,
				employees_year: /^\d{4}/.exec(of(cells, 'anneeEffectifsUniteLegale') ?? '')?.[0] ?? null,
				siren,
				siret: nic ? number('siret', siren + nic.padStart(5, '0'), unverified) : null,
				rna: number('rna', of(cells, 'identifiantAssociationUniteLegale'), unverified),
				unverified: json(unverified)
			}
		};
	};
}

/** How the establishments of SIRENE are read: of each unit the seat, which says where it is. */
export function seatReader(headers: readonly string[], towns: Towns): (cells: readonly string[]) => Fate<Seat> {
	const of = cellIn(headers);
	return (cells) => {
		if (of(cells, 'etablissementSiege')?.trim().toLowerCase() !== 'true') return { is: 'other' };
		const unverified: Record<string, string> = {};
		const written = of(cells, 'siret')?.trim() ?? '';
		const siret = number('siret', written, unverified);
		if (!siret) return { is: 'rejected', reason: 'number', said: readLetters(written).slice(0, 60) };
		const where = place(towns, {
			code: of(cells, 'codeCommuneEtablissement'),
			name: of(cells, 'libelleCommuneEtablissement'),
			postcode: of(cells, 'codePostalEtablissement')
		});
		const street = [
			'numeroVoieEtablissement',
			'indiceRepetitionEtablissement',
			'typeVoieEtablissement',
			'libelleVoieEtablissement'
		].flatMap((column) => text(of(cells, column), 100) ?? []);
		return {
			is: 'kept',
			department: where.department,
			communes: where.communes,
			record: {
				siren: siret.slice(0, 9),
				siret,
				sign: text(of(cells, 'enseigne1Etablissement'), 200) ?? text(of(cells, 'denominationUsuelleEtablissement'), 200),
				...where.columns,
				street:
					street
						.filter((one) => one !== '[ND]')
						.join(' ')
						.slice(0, 200) || null,
				active: of(cells, 'etatAdministratifEtablissement')?.trim() === 'A' ? 't' : 'f'
			}
		};
	};
}

/** The source under which what a file says is kept. */
export const sourceOf = (file: Published): Source => (file === 'sirene-seats' ? 'sirene' : file);
