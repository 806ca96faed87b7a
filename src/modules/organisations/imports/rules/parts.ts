import { gather, type Entry } from './gather.ts';
import { readList, type Mapping, type ReadList } from './list.ts';
import type { Rejected } from './row.ts';

/** What was understood of a list, kept with it. */
export type Understood = Pick<
	ReadList,
	'format' | 'encoding' | 'separator' | 'columns' | 'ignored' | 'empty' | 'lines' | 'told'
> & {
	rows: number;
	entries: number;
	rejected: number;
};

/** The lines of a list that are no organisation of their own: with its organisations and those that come back, all of them. */
export const otherLines = ({ lines, rows, entries, rejected, empty }: Understood) => ({
	/** Say again, or more, of an organisation of the list. */
	again: rows - entries,
	/** Titles, and what stands above them. */
	above: lines - rows - rejected - empty,
	empty
});

/** A piece of a list that is being read; `from` is the number of its first organisation. */
export type Part = { understood: Understood } | { from: number; entries: Entry[] } | { rejected: Rejected[] };

const atOnce = 500;

/** What is read: the bytes of a list, the name of its file, and how its columns are matched. */
export type Given = { bytes: Uint8Array; name: string; mapping?: Mapping };

/** Reads a list, and hands it over in pieces: first what was understood, then its organisations, then the lines that come back. */
export function* readParts({ bytes, name, mapping }: Given): Generator<Part> {
	const list = readList(bytes, name, mapping);
	const entries = gather(list.rows);
	const { format, encoding, separator, columns, ignored, empty, lines, told, rejected } = list;
	const counts = { rows: list.rows.length, entries: entries.length, rejected: rejected.length };
	yield { understood: { format, encoding, separator, columns, ignored, empty, lines, told, ...counts } };
	for (let from = 0; from < entries.length; from += atOnce) yield { from: from + 1, entries: entries.slice(from, from + atOnce) };
	for (let from = 0; from < rejected.length; from += atOnce) yield { rejected: rejected.slice(from, from + atOnce) };
}
