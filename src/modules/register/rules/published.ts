import { hasColumns } from './cells.ts';
import type { Source } from './sources.ts';

/** The files that registers publish; SIRENE has two, the second for addresses. */
const publishedFiles = ['rna-waldec', 'rna-import', 'sirene', 'sirene-seats', 'bce'] as const;
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

/** Whether this is what SIRENE says of the past: several rows a body, without its name of today. */
export const isPast = (headers: readonly string[]): boolean =>
	hasColumns(headers, ['siren', 'dateDebut', 'dateFin']) &&
	headers.some((header) => /(?:UniteLegale|Etablissement)$/i.test(header));

/** Which published file has these headers; null when none. */
export function fileOf(headers: readonly string[]): Exclude<Published, 'bce'> | null {
	const found = Object.entries(signsOf).find(([, signs]) => hasColumns(headers, signs));
	return (found?.[0] as Exclude<Published, 'bce'> | undefined) ?? null;
}

/** The source under which what a file says is kept. */
export const sourceOf = (file: Published): Source => (file === 'sirene-seats' ? 'sirene' : file);
