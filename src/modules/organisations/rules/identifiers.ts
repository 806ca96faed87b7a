import { Refused } from '#platform/errors.ts';

/** The registers that an organisation may be known by. */
export const identifierKinds = ['rna', 'prefecture', 'alsace', 'siren', 'siret', 'ridet', 'tahiti', 'bce'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];
export type Identifier = { kind: IdentifierKind; value: string };

/** Spaces (no-break ones too), dots, dashes, slashes and apostrophes that people write between groups of figures. */
const separators = /[\s\p{Cf}.,;:·•'’/_‐‑–—-]/gu;

/** The signs that count, in capitals: « 0108.141.257 » → « 0108141257 ». */
function signs(text: string): string {
	return text.normalize('NFKC').toUpperCase().replace(separators, '');
}

/** The law of Luhn, which ends every SIREN and SIRET (INSEE, Sirene; ISO/IEC 7812-1 annex B). */
function passesLuhn(digits: string): boolean {
	let sum = 0;
	for (let place = 0; place < digits.length; place++) {
		const digit = Number(digits[digits.length - 1 - place]);
		const weighed = place % 2 ? digit * 2 : digit;
		sum += weighed > 9 ? weighed - 9 : weighed;
	}
	return sum % 10 === 0;
}

/**
 * La Poste (SIREN 356 000 000) has more offices than its numbers could give check digits to:
 * there, the sum of the fourteen figures is a multiple of five (INSEE, Sirene, « SIRET de La Poste »). Its head office follows Luhn.
 */
function isPostOffice(siret: string): boolean {
	return siret.startsWith('356000000') && [...siret].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0;
}

/** What a spreadsheet leaves of a long number: `8,30E+13`. The figures that it dropped are gone. */
const scientific = /^\d(?:[.,]\d*)?E\+?\d{1,2}$/i;

function refuseRounded(text: string): void {
	if (scientific.test(text.normalize('NFKC').replace(/\s/g, '')))
		throw new Refused('organisations.identifier-rounded', { written: text.trim() });
}

function refuseLength(written: number, expected: number): void {
	if (written < expected)
		throw new Refused('organisations.identifier-too-short', { missing: expected - written, written, expected });
	if (written > expected)
		throw new Refused('organisations.identifier-too-long', { extra: written - expected, written, expected });
}

/** Letters where only figures are expected; O and I are often typed for 0 and 1, and this says which place to look at. */
function refuseLetters(text: string, from = 0): void {
	const at = [...text].findIndex((sign, place) => place >= from && !/\d/.test(sign));
	if (at >= 0) throw new Refused('organisations.identifier-letter', { sign: [...text][at] ?? '', place: at + 1 });
}

function readDigits(text: string, expected: number): string {
	const written = signs(text);
	refuseLetters(written);
	refuseLength(written.length, expected);
	return written;
}

/** Figures that fail their check: rounded when they end in zeros as a spreadsheet leaves them, otherwise one of them is wrong. */
function refuseCheck(digits: string, zeros: number): never {
	if (digits.endsWith('0'.repeat(zeros))) throw new Refused('organisations.identifier-rounded', { written: digits });
	throw new Refused('organisations.identifier-check');
}

/** Nine figures, the last of which checks the others (décret n° 73-314 du 14 mars 1973; code de commerce, R. 123-221). */
function readSiren(text: string): string {
	const digits = readDigits(text, 9);
	if (/^0+$/.test(digits) || !passesLuhn(digits)) refuseCheck(digits, 3);
	return digits;
}

/** A SIREN and the five figures of one of its addresses, checked together and apart (code de commerce, R. 123-221). */
function readSiret(text: string): string {
	const digits = readDigits(text, 14);
	if (/^0+$/.test(digits) || !((passesLuhn(digits) && passesLuhn(digits.slice(0, 9))) || isPostOffice(digits)))
		refuseCheck(digits, 4);
	return digits;
}

/**
 * W and nine signs: three for the registry that gave it (a department and a rank; `9C1`, `9R1`… overseas, `2A1` in Corsica),
 * then six figures (arrêté du 14 octobre 2009 portant création du répertoire national des associations).
 */
function readRna(text: string): string {
	const written = signs(text);
	if (!written.startsWith('W')) throw new Refused('organisations.identifier-rna-w');
	const stray = [...written].findIndex((sign) => !/[0-9A-Z]/.test(sign));
	if (stray >= 0) throw new Refused('organisations.identifier-letter', { sign: [...written][stray] ?? '', place: stray + 1 });
	refuseLength(written.length, 10);
	refuseLetters(`0${written.slice(1, 2)}00${written.slice(4)}`);
	return written;
}

/** The number that prefectures gave before 2009 has no common form: it is kept as it is written. */
function readPrefecture(text: string): string {
	const written = text.normalize('NFC').trim().replace(/\s+/gu, ' ');
	if (!/\d/.test(written)) throw new Refused('organisations.identifier-no-figure');
	if (written.length > 40)
		throw new Refused('organisations.identifier-too-long', { extra: written.length - 40, written: written.length, expected: 40 });
	return written;
}

const volumeWords = /\b(?:volume|vol|v)\b[\s.:]*(?:n[°o]\s*)?(\d{1,5}|[ivxlcdm]{1,12})\b/iu;
const folioWords = /\b(?:folio|fol|f[°o]?)(?![a-z])[\s.:]*(?:n[°o]\s*)?(\d{1,6})\b/iu;
const courtWords =
	/(?:\b(?:tribunal|tj|ti|tprx)\b(?:\s+(?:judiciaire|d[’']instance|de\s+proximit[eé]))?|\bregistre\s+des\s+associations)\s*(?:(?:de|à|a|d[’'])\s*)?(\p{L}[\p{L} ’'-]*?)\s*(?=[,;()/]|\bvol|\bfol|$)/iu;

/**
 * In Bas-Rhin, Haut-Rhin and Moselle an association is written in its court's register, at a volume and a folio
 * (code civil local, articles 21 and 55 to 79; loi du 19 avril 1908): three things, none of which says anything alone.
 */
function readAlsace(text: string): string {
	const written = text
		.normalize('NFC')
		.replace(/[\s\p{Cf}]+/gu, ' ')
		.trim();
	const volume = volumeWords.exec(written)?.[1];
	const folio = folioWords.exec(written)?.[1];
	const court =
		courtWords.exec(written)?.[1] ??
		/^(\p{L}[\p{L} ’'-]{2,}?)\s*[,:]\s*(?:vol|v\b)/iu.exec(written)?.[1] ??
		/[,;]\s*(\p{L}[\p{L} ’'-]{2,})$/iu.exec(written)?.[1];
	if (!volume || !folio) throw new Refused('organisations.identifier-volume-folio');
	if (!court) throw new Refused('organisations.identifier-court');
	return `${court.trim()}, volume ${volume.toUpperCase().replace(/^0+(?=.)/, '')}, folio ${folio.replace(/^0+(?=.)/, '')}`;
}

/** Ten figures, the last two of which are 97 less the remainder of the first eight (SPF Économie, Banque-Carrefour des Entreprises; before 2003 the first 0 was not written). */
function readBce(text: string): string {
	let written = signs(text)
		.replace(/^(?:TVA|BTW)/, '')
		.replace(/^BE(?=\d)/, '');
	refuseLetters(written);
	if (written.length === 9) written = `0${written}`;
	refuseLength(written.length, 10);
	if (!/^[01]/.test(written)) throw new Refused('organisations.identifier-establishment');
	if (/^0+$/.test(written.slice(0, 8)) || !passesBce(written)) refuseCheck(written, 3);
	return written;
}

function passesBce(digits: string): boolean {
	return 97 - (Number(digits.slice(0, 8)) % 97) === Number(digits.slice(8));
}

/** New Caledonia: a RID of seven figures, and three more for one of its addresses (ISEE, arrêté n° 83-661/CG du 20 décembre 1983). */
function readRidet(text: string): string {
	const written = signs(text);
	refuseLetters(written);
	if (written.length !== 7) refuseLength(written.length, 10);
	return written;
}

/** French Polynesia: six signs, the first of which is a letter since October 2011, and three more for one address (ISPF, arrêté n° 1025/CM du 27 août 1986). */
function readTahiti(text: string): string {
	const written = signs(text);
	if (!/^[0-9A-Z]?$/.test(written.slice(0, 1))) refuseLetters(written);
	refuseLetters(`0${written.slice(1)}`);
	if (written.length !== 9) refuseLength(written.length, 6);
	return written;
}

const readers: Record<IdentifierKind, (text: string) => string> = {
	rna: readRna,
	prefecture: readPrefecture,
	alsace: readAlsace,
	siren: readSiren,
	siret: readSiret,
	ridet: readRidet,
	tahiti: readTahiti,
	bce: readBce
};

/** Which register a number looks like it comes from, when nothing else says so. */
function guessKind(text: string): IdentifierKind {
	const written = signs(text);
	if (written.startsWith('W')) return 'rna';
	if (/\bfol|\bvol/iu.test(text)) return 'alsace';
	if (/^(?:TVA|BTW)?BE\d/.test(written)) return 'bce';
	if (/^[A-Z]\d{5}(?:\d{3})?$/.test(written)) return 'tahiti';
	if (/^\d{10}$/.test(written) && /^[01]/.test(written)) return 'bce';
	// An older file number: « 2/08825 », « 751P00085568 ».
	if (/^\d{1,4}\s*\/\s*\d+$/.test(text.trim()) || /^\d{3}[PS]\d{6,10}$/.test(written)) return 'prefecture';
	if (/^\d{13,}$/.test(written)) return 'siret';
	if (/^\d{8,9}$/.test(written)) return 'siren';
	throw new Refused('organisations.identifier-unknown', { written: text.trim().slice(0, 60) });
}

/** « N° SIRET : 775… »: the label that comes along when a number is copied. */
const label = /^\s*(?:n\s*[°º]\s*|num[ée]ro\s+)?(?:(siret|siren|rna|bce|kbo|ridet|tahiti)\b)?\s*:?\s*(?=W|BE|[A-Z]?\d)/iu;

/**
 * A register number as somebody typed, pasted or exported it, in the form in which it is kept; Refused in words otherwise.
 * Without a kind, its label or the number itself says which register it comes from.
 */
export function readIdentifier(kind: IdentifierKind | undefined, text: string): Identifier {
	if (!text.trim()) throw new Refused('organisations.identifier-empty');
	if (text.length > 200) throw new Refused('organisations.identifier-unknown', { written: text.trim().slice(0, 60) });
	refuseRounded(text);
	const asWritten = kind === 'prefecture' || kind === 'alsace';
	const labelled = asWritten ? null : label.exec(text);
	const bare = labelled ? text.slice(labelled[0].length) : text;
	const said = labelled?.[1]?.toLowerCase().replace('kbo', 'bce') as IdentifierKind | undefined;
	const found = kind ?? said ?? guessKind(bare);
	return { kind: found, value: readers[found](bare) };
}

/** Registers whose numbers have a form that words never have. */
const searched = ['rna', 'siren', 'siret', 'bce', 'ridet', 'tahiti'] as const;

/** The numbers that a text may be when it is nothing else: nine figures may be of two countries, and a SIRET says its SIREN too. */
export function numbersMeant(text: string): Identifier[] {
	if (!/\d{4}/.test(signs(text))) return [];
	const read = searched.flatMap((kind): Identifier[] => {
		try {
			return [readIdentifier(kind, text)];
		} catch (refused) {
			if (refused instanceof Refused) return [];
			throw refused;
		}
	});
	return read.flatMap((one) => (one.kind === 'siret' ? [one, { kind: 'siren' as const, value: one.value.slice(0, 9) }] : [one]));
}

/** How many figures go together, so that a number can be read aloud and checked by eye. */
const groups: Partial<Record<IdentifierKind, readonly number[]>> = {
	rna: [1, 3, 3, 3],
	siren: [3, 3, 3],
	siret: [3, 3, 3, 5],
	bce: [4, 3, 3],
	ridet: [1, 3, 3, 3],
	tahiti: [3, 3, 3]
};

/** A number as it is shown and read aloud: in groups held together by no-break spaces, by dots for Belgium. */
export function formatIdentifier({ kind, value }: Identifier): string {
	const sizes = groups[kind];
	if (!sizes) return value;
	const parts: string[] = [];
	let from = 0;
	for (const size of sizes) {
		if (from < value.length) parts.push(value.slice(from, from + size));
		from += size;
	}
	return parts.join(kind === 'bce' ? '.' : '\u00a0');
}
