import type { Identifier } from '../../rules/identifiers.ts';
import { nameKey } from '../../rules/names.ts';
import { keyKinds, type Remark, type Row } from './list.ts';

/** One organisation of a list, from all its lines. `keys` are what it will be known by when the list comes again, the surest first. */
export type Entry = {
	keys: string[];
	lines: number[];
	name: string;
	otherNames: string[];
	sigle: string;
	street: string;
	postcode: string;
	commune: string;
	communeCode: string;
	country: string;
	purpose: string;
	themes: string[];
	website: string;
	email: string;
	identifiers: Identifier[];
	told: (Remark & { line: number })[];
};

/** The key of a register number; none for an older prefecture number, which several registries gave. */
export function identifierKey({ kind, value }: Identifier): string | null {
	return keyKinds.includes(kind) ? `${kind}:${value}` : null;
}

/** The key of an organisation that has no number: its name, street and postcode; the town where there is no postcode. */
export function nameAddressKey(of: Pick<Row, 'name' | 'street' | 'postcode' | 'commune'>): string {
	return `name:${nameKey(of.name)}|${of.street ? nameKey(of.street) : ''}|${of.postcode || (of.commune ? nameKey(of.commune) : '')}`;
}

/** All the keys of a line, the surest first. */
export function keysOf(row: Pick<Row, 'identifiers' | 'name' | 'street' | 'postcode' | 'commune'>): string[] {
	return [...row.identifiers.map(identifierKey).filter((key) => key !== null), nameAddressKey(row)];
}

const single = ['sigle', 'street', 'postcode', 'commune', 'communeCode', 'country', 'purpose', 'website', 'email'] as const;

function begin(row: Row): Entry {
	const { told, raw: _, line, ...said } = row;
	return {
		...said,
		otherNames: [...row.otherNames],
		themes: [...row.themes],
		identifiers: [...row.identifiers],
		keys: [],
		lines: [line],
		told: told.map((remark) => ({ ...remark, line }))
	};
}

/** Adds what another line says: new themes, names and numbers; what says otherwise is told, the first line's word is kept. */
function add(entry: Entry, row: Row): void {
	const { line } = row;
	entry.lines.push(line);
	entry.told.push(...row.told.map((remark) => ({ ...remark, line })));
	for (const theme of row.themes) if (!entry.themes.includes(theme)) entry.themes.push(theme);
	const names = new Set([entry.name, ...entry.otherNames].map(nameKey));
	for (const name of [row.name, ...row.otherNames]) {
		if (names.has(nameKey(name))) continue;
		names.add(nameKey(name));
		entry.otherNames.push(name);
	}
	for (const identifier of row.identifiers) {
		if (!entry.identifiers.some(({ kind, value }) => kind === identifier.kind && value === identifier.value))
			entry.identifiers.push(identifier);
	}
	for (const field of single) {
		if (!row[field]) continue;
		if (!entry[field]) entry[field] = row[field];
		else if (nameKey(entry[field]) !== nameKey(row[field]))
			entry.told.push({ line, code: 'organisations.import-differs', details: { field, value: row[field].slice(0, 200) } });
	}
}

/** Whether two sets of numbers can be one organisation's: not when both have a number of one register, and none in common. */
function disagree(entry: Entry, row: Row): boolean {
	return row.identifiers.some(({ kind }) => {
		if (kind === 'prefecture' || kind === 'siret') return false;
		const known = entry.identifiers.filter((other) => other.kind === kind).map(({ value }) => value);
		const said = row.identifiers.filter((other) => other.kind === kind).map(({ value }) => value);
		return known.length > 0 && !said.some((value) => known.includes(value));
	});
}

/**
 * One entry an organisation: lines with the same number are one; without a number, lines with the same name, street and postcode are.
 * Two lines whose numbers contradict each other stay two, whatever their names.
 */
export function gather(rows: readonly Row[]): Entry[] {
	const entries: Entry[] = [];
	const byNumber = new Map<string, Entry>();
	const byName = new Map<string, Entry[]>();
	for (const row of rows) {
		const numbers = row.identifiers.map(identifierKey).filter((key) => key !== null);
		const name = nameAddressKey(row);
		const known =
			numbers.map((key) => byNumber.get(key)).find((entry) => entry !== undefined) ??
			byName.get(name)?.find((entry) => !disagree(entry, row));
		const entry = known ?? begin(row);
		if (known) add(known, row);
		else entries.push(entry);
		for (const key of numbers) if (!byNumber.has(key)) byNumber.set(key, entry);
		const namesakes = byName.get(name) ?? [];
		if (!namesakes.includes(entry)) byName.set(name, [...namesakes, entry]);
	}
	for (const entry of entries) entry.keys = keysOf(entry);
	return entries;
}
