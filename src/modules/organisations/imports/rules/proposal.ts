import { createHash } from 'node:crypto';
import { Refused } from '#platform/errors.ts';
import { readIdentifier, type IdentifierKind } from '../../rules/identifiers.ts';
import { clean, isEmail, readWebsite } from './cells.ts';
import { fieldsOf, headerWords, readingOrder, type Field } from './columns.ts';
import { guessFields } from './guess.ts';
import { kindSaid } from './kinds.ts';
import type { Mapping } from './list.ts';
import { columnsOf, type Sketch } from './sketch.ts';
import type { Line } from './table.ts';

/** What a column that a structure's page does not hold seems to be. */
export type Held = 'coordinates' | 'date';

/** A column of a file: its header, some values, the field that is proposed, and what told us. */
export type Column = {
	header: string;
	samples: string[];
	field: Field | null;
	by: 'header' | 'values' | 'memory' | null;
	holds: Held | null;
};

/** A column that somebody has matched, known by the words of its header; in the order in which columns are read. */
export type Remembered = { key: string; field: Field | null }[];

/** What names each column, whatever its place: the words of its header, with a rank when two have the same. */
export function keysOf(headers: readonly string[]): string[] {
	const seen = new Map<string, number>();
	return headers.map((header) => {
		const words = headerWords(header.slice(0, 200)) || header.trim().slice(0, 200);
		const rank = (seen.get(words) ?? 0) + 1;
		seen.set(words, rank);
		return rank === 1 ? words : `${words} #${rank}`;
	});
}

/** What a file is known again by: the words of its headers, in whatever order they stand. None when it has no header. */
export function signatureOf(headers: readonly string[]): string | null {
	const keys = keysOf(headers);
	if (!headers.some((header) => header.trim() !== '')) return null;
	return createHash('sha256').update(keys.toSorted().join('\n')).digest('hex');
}

/** What is remembered of a mapping. */
export function toRemember(headers: readonly string[], { fields, order }: Mapping): Remembered {
	const keys = keysOf(headers);
	return (order ?? readingOrder(headers)).map((place) => ({ key: keys[place]!, field: fields[place] ?? null }));
}

/** A remembered mapping laid on a file of the same headers. */
export function recall(headers: readonly string[], remembered: Remembered): Mapping {
	const keys = keysOf(headers);
	const known = new Map(remembered.map(({ key, field }) => [key, field]));
	const order = remembered.map(({ key }) => keys.indexOf(key)).filter((place) => place >= 0);
	return { header: true, fields: keys.map((key) => known.get(key) ?? null), order };
}

const someone = /\b(?:attribuant|financeur|donor|donneur|payeur|source|editeur|producteur|publisher)\b/;

/** The values of a column, those that are empty left out. */
const valuesOf = (lines: readonly Line[], place: number): string[] =>
	lines.map(({ cells }) => clean(cells[place] ?? '')).filter(Boolean);

const looks = (values: readonly string[], like: (value: string) => boolean): boolean =>
	values.length > 0 && values.filter(like).length >= values.length * 0.7;

/** The register that a value is a true number of; none when it is not, or when another could be meant. */
function registerOf(value: string): IdentifierKind | null {
	try {
		const { kind } = readIdentifier(undefined, value);
		return kind === 'prefecture' || kind === 'tahiti' ? null : kind;
	} catch {
		return null;
	}
}

const coordinate = (value: string): boolean => /^-?\d{1,3}[.,]\d{3,}$/.test(value);
const pair = (value: string): boolean => /^\[?\(?\s*-?\d{1,3}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}\s*\)?\]?$/.test(value);
const date = (value: string): boolean => /^(?:\d{4}[-/]\d{2}[-/]\d{2}(?:[T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})$/.test(value);

/** What a column holds, when a structure's page does not hold it. */
function heldIn(values: readonly string[]): Held | null {
	if (looks(values, (value) => coordinate(value) || pair(value))) return 'coordinates';
	return looks(values, date) ? 'date' : null;
}

/** The field that the values of a column show, where its header says nothing. The same value all along is somebody else's. */
function fieldIn(values: readonly string[]): Field | null {
	if (values.length > 3 && new Set(values).size * 2 < values.length) return null;
	if (looks(values, isEmail)) return 'email';
	if (looks(values, (value) => /^(?:https?:\/\/|www\.)/i.test(value) && readWebsite(value) !== null)) return 'website';
	for (const kind of ['siret', 'siren', 'rna', 'bce'] as const)
		if (looks(values, (value) => registerOf(value) === kind)) return kind;
	return null;
}

/**
 * What is proposed for each column: what was remembered for these headers, else what the words of its header say, else what its
 * values show. `header` is somebody's word on whether the first line is a header.
 */
export function propose(
	sketch: Sketch,
	remembered: Remembered | null,
	header = sketch.header
): { columns: Column[]; mapping: Mapping; byMemory: boolean } {
	const { headers, lines } = columnsOf(sketch, header);
	const titled = sketch.keys !== null || header;
	const values = headers.map((_, place) => valuesOf(lines, place));
	const column = (place: number, field: Field | null, by: Column['by']): Column => ({
		header: headers[place]!,
		samples: [...new Set(values[place])].slice(0, 3).map((value) => value.slice(0, 80)),
		field,
		by: field ? by : null,
		holds: field ? null : heldIn(values[place]!)
	});
	const recalled = remembered && titled ? recall(headers, remembered) : null;
	if (recalled)
		return {
			columns: recalled.fields.map((field, place) => column(place, field, 'memory')),
			mapping: { ...recalled, header },
			byMemory: true
		};
	const said = titled ? fieldsOf(headers) : guessFields(lines);
	const columns = headers.map((_, place) => {
		// « Type » heads « Sport » or « Culture » as often as « Association ».
		const themes = said[place] === 'kind' && titled && !/juridique|legal/.test(headerWords(headers[place]!));
		const field = themes && values[place]!.length && !values[place]!.some(kindSaid) ? 'themes' : said[place];
		return column(place, field ?? null, titled ? 'header' : 'values');
	});
	if (titled)
		for (const [place, it] of columns.entries()) {
			if (it.field || it.holds || someone.test(headerWords(it.header.slice(0, 200)))) continue;
			const field = fieldIn(values[place]!);
			if (field && !columns.some((other) => other.field === field || (field !== 'email' && other.field === 'register')))
				columns[place] = column(place, field, 'values');
		}
	return { columns, mapping: { header, fields: columns.map(({ field }) => field) }, byMemory: false };
}

/** Refuses a proposal whose name is only guessed from values: nobody looks at it before hundreds of lines become organisations. */
export function refuseGuessed(columns: readonly Column[]): void {
	if (columns.some(({ field, by }) => field === 'name' && by === 'values')) throw new Refused('hubs.terminal-guessed');
}
