import type { Identifier } from '../../rules/identifiers.ts';
import { nameKey } from '../../rules/names.ts';
import { most, type Remark, type Row } from './row.ts';

/** One organisation of a list, from all its lines. `keys` are what it will be known by when the list comes again, the surest first. */
export type Entry = Omit<Row, 'line' | 'told' | 'raw'> & {
	keys: string[];
	lines: number[];
	told: (Remark & { line: number })[];
};

/** The key of a register number; none for an older prefecture number, which several registries gave. */
export function identifierKey({ kind, value }: Identifier): string | null {
	return kind === 'prefecture' ? null : `${kind}:${value}`;
}

/** The key of an organisation that has no number: its name, street and postcode; the town where there is no postcode. */
function nameAddressKey(of: Pick<Row, 'name' | 'street' | 'postcode' | 'commune'>): string {
	return `name:${nameKey(of.name)}|${of.street ? nameKey(of.street) : ''}|${of.postcode || (of.commune ? nameKey(of.commune) : '')}`;
}

/** All the keys of a line, the surest first. */
export function keysOf(row: Pick<Row, 'identifiers' | 'name' | 'street' | 'postcode' | 'commune'>): string[] {
	return [...row.identifiers.map(identifierKey).filter((key) => key !== null), nameAddressKey(row)];
}

const single = [
	'sigle',
	'street',
	'postcode',
	'commune',
	'communeCode',
	'country',
	'purpose',
	'website',
	'email',
	'phone',
	'employees',
	'volunteers',
	'kind'
] as const;

/** What several lines of one organisation add up to. */
const several = ['themes', 'audiences', 'networks'] as const;
type Several = (typeof several)[number];

/** An entry being made, with what it already holds, so that fifty thousand lines of one organisation are read as fast as of many. */
type Gathering = { entry: Entry; names: Set<string>; words: Record<Several, Set<string>>; numbers: Map<string, Identifier> };

/** What an organisation keeps of numbers that cannot be trusted. */
const mostUnverified = 10;

/** An entry that bears a line's name, and nothing else yet. */
function begin({ name }: Row): Gathering {
	const blank = {
		sigle: '',
		street: '',
		postcode: '',
		commune: '',
		communeCode: '',
		country: '',
		purpose: '',
		website: '',
		email: '',
		phone: '',
		employees: null,
		volunteers: null,
		kind: ''
	} as const;
	const lists = {
		otherNames: [],
		themes: [],
		audiences: [],
		networks: [],
		identifiers: [],
		unverified: [],
		keys: [],
		lines: [],
		told: []
	};
	const entry: Entry = { name, ...blank, ...lists };
	const words = { themes: new Set<string>(), audiences: new Set<string>(), networks: new Set<string>() };
	return { entry, names: new Set([nameKey(name)]), words, numbers: new Map() };
}

/** Adds what a line says: new themes, names and numbers; what says otherwise is told, the first line's word is kept. */
function add({ entry, names, words, numbers }: Gathering, row: Row): void {
	const { line } = row;
	entry.lines.push(line);
	for (const { code, details } of row.told) entry.told.push({ line, code, details });
	for (const field of several) for (const word of row[field]) words[field].add(word);
	for (const name of [row.name, ...row.otherNames]) {
		if (names.has(nameKey(name))) continue;
		names.add(nameKey(name));
		if (entry.otherNames.length < most.otherNames) entry.otherNames.push(name);
		else
			entry.told.push({
				line,
				code: 'organisations.import-too-many',
				details: { field: 'otherNames', most: most.otherNames, value: name.slice(0, 100) }
			});
	}
	for (const identifier of row.identifiers) {
		const number = `${identifier.kind}:${identifier.value}`;
		if (!numbers.has(number)) numbers.set(number, identifier);
	}
	for (const one of row.unverified)
		if (entry.unverified.length < mostUnverified && !entry.unverified.some(({ written }) => written === one.written))
			entry.unverified.push(one);
	for (const field of single) {
		const said = row[field];
		if (said === '' || said === null) continue;
		if (entry[field] === '' || entry[field] === null) Object.assign(entry, { [field]: said });
		else if (nameKey(`${entry[field]}`) !== nameKey(`${said}`))
			entry.told.push({ line, code: 'organisations.import-differs', details: { field, value: `${said}`.slice(0, 200) } });
	}
}

/** Whether two sets of numbers can't be one organisation's: both have a number of one register, and none in common. */
function disagree({ numbers }: Gathering, row: Row): boolean {
	return row.identifiers.some(({ kind }) => {
		if (kind === 'prefecture' || kind === 'siret') return false;
		const known = [...numbers.values()].filter((other) => other.kind === kind).map(({ value }) => value);
		const said = row.identifiers.filter((other) => other.kind === kind).map(({ value }) => value);
		return known.length > 0 && !said.some((value) => known.includes(value));
	});
}

/** Namesakes at one address that are compared with a line; beyond, numbers alone tell them apart. */
const mostNamesakes = 20;

/**
 * One entry an organisation: lines with the same number are one; without a number, lines with the same name, street and postcode are.
 * Two lines whose numbers contradict each other stay two, whatever their names.
 */
export function gather(rows: readonly Row[]): Entry[] {
	const gathered: Gathering[] = [];
	const byNumber = new Map<string, Gathering>();
	const byName = new Map<string, Gathering[]>();
	for (const row of rows) {
		const numbers = row.identifiers.map(identifierKey).filter((key) => key !== null);
		const name = nameAddressKey(row);
		const namesakes = byName.get(name) ?? [];
		const known =
			numbers.map((key) => byNumber.get(key)).find((one) => one !== undefined) ?? namesakes.find((one) => !disagree(one, row));
		const one = known ?? begin(row);
		if (!known) gathered.push(one);
		add(one, row);
		for (const key of numbers) if (!byNumber.has(key)) byNumber.set(key, one);
		if (namesakes.length < mostNamesakes && !namesakes.includes(one)) byName.set(name, [...namesakes, one]);
	}
	return gathered.map(({ entry, words, numbers }) => {
		const { themes, audiences, networks } = words;
		const sets = { themes: [...themes], audiences: [...audiences], networks: [...networks] };
		const whole = { ...entry, ...sets, identifiers: [...numbers.values()] };
		return { ...whole, keys: keysOf(whole) };
	});
}
