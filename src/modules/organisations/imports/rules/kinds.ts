import type { Kind } from '../../rules/mandates.ts';
import { headerWords } from './columns.ts';

/** The words by which lists say what an organisation is, the surest first. */
const said: [RegExp, Kind][] = [
	// A law firm, whatever its name says.
	[/\b(?:aarpi|associations? avocats?)\b/, 'company'],
	[/\b(?:asbl|vzw|asso|associations?|loi 1901|1901)\b/, 'association'],
	[/\b(?:fondations?|fonds dotation|stichting)\b/, 'foundation'],
	[/\b(?:ecoles?|colleges?|lycees?|etablissement scolaire|enseignement (?:primaire|secondaire)|cfa|mfr)\b/, 'school'],
	[
		/\b(?:ccas|cpas|cias|epic|epa|epcc|hopital|musee|universite|etablissements? publics?(?! cooperation intercommunale))\b/,
		'public_establishment'
	],
	[
		/\b(?:communes?|villes?|mairies?|collectivites?|communautes? (?:communes|agglomeration|urbaine)|metropole|departement|region|epci|intercommunal(?:ite|e)?|gemeente)\b/,
		'local_authority'
	],
	[
		/\b(?:sarl|sasu?|eurl|sa|snc|sci|scop|scic|scp|srl|bv|nv|entreprises?|societes?|entrepreneurs?|commercants?|artisans?)\b/,
		'company'
	],
	[/\bcollectifs?\b/, 'collective']
];

/** INSEE's legal categories, by their first two digits (« Catégories juridiques », level II). */
const byCode: Record<string, Kind> = { 92: 'association', 93: 'foundation', 72: 'local_authority', 73: 'public_establishment' };

/** The kind that a column says of an organisation: « SARL », « Commune », « 9220 »; null when it says nothing that we know. */
export function kindSaid(text: string): Kind | null {
	const code = /^\s*(\d)(\d)\d\d\b/.exec(text);
	if (code) return byCode[code[1]! + code[2]!] ?? (code[1] === '5' || code[1] === '1' ? 'company' : null);
	// « S.A.S. » is read as « SAS ».
	const words = headerWords(text.slice(0, 200).replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, ''));
	return said.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
