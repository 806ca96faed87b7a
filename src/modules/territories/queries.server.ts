import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isNear } from '#platform/database/text-search.server.ts';
import {
	type Commune,
	type CommuneMatch,
	type Entry,
	type FoundCommune,
	matchCommune,
	placeKey,
	placeWords,
	searchEntries
} from './rules.ts';

/** A line of the official referential as its package publishes it. */
type Published = {
	code: string;
	nom: string;
	type: 'commune-actuelle' | 'arrondissement-municipal' | 'commune-deleguee' | 'commune-associee';
	departement?: string;
	commune?: string;
	chefLieu?: string;
	anciensCodes?: string[];
	codesPostaux?: string[];
	population?: number;
};

type Referential = {
	byCode: Map<string, Commune>;
	entries: Entry[];
	former: Map<string, string[]>;
	/** What a former commune was called, by its code. */
	formerNames: Map<string, string>;
	byName: Map<string, Entry[]>;
};

/** A file of the official referential. */
export function readJson<T>(file: string): T {
	const require = createRequire(import.meta.url);
	return JSON.parse(readFileSync(require.resolve(`@etalab/decoupage-administratif/data/${file}`), 'utf8')) as T;
}

function read(): Referential {
	const published = readJson<Published[]>('communes.json');
	const departments = new Map(readJson<{ code: string; nom: string }[]>('departements.json').map(({ code, nom }) => [code, nom]));
	const around = new Map([...departments].map(([code, name]) => [code, ` ${placeWords(name).join(' ')}`]));
	const byCode = new Map<string, Commune>();
	const former = new Map<string, string[]>();
	const formerNames = new Map<string, string>();
	const leadsTo = (today: string, code: string) => {
		const known = former.get(today);
		if (known) known.push(code);
		else former.set(today, [code]);
	};
	const entries: Entry[] = [];
	for (const { code, nom, type, departement = '', commune: parent = null, codesPostaux = [], population = 0 } of published) {
		if (type !== 'commune-actuelle' && type !== 'arrondissement-municipal') continue;
		const commune = {
			code,
			name: nom,
			department: departement,
			departmentName: departments.get(departement) ?? '',
			postcodes: codesPostaux,
			population,
			parent
		};
		byCode.set(code, commune);
		if (parent) leadsTo(parent, code);
		entries.push({ commune, words: placeKey(nom), around: around.get(departement) ?? '', formerName: null });
	}
	for (const { code, nom, chefLieu, anciensCodes } of published) {
		const today = byCode.get(chefLieu ?? code);
		if (!today) continue;
		for (const one of [code, ...(anciensCodes ?? [])])
			if (!byCode.has(one)) {
				byCode.set(one, today);
				leadsTo(today.code, one);
			}
		if (!chefLieu || nom === today.name) continue;
		formerNames.set(code, nom);
		entries.push({ commune: today, words: placeKey(nom), around: around.get(today.department) ?? '', formerName: nom });
	}
	return { byCode, entries, former, formerNames, byName: Map.groupBy(entries, ({ words }) => words) };
}

let referential: Referential | undefined;

/** Read once, when somebody first needs a commune: eight megabytes of JSON, of which what a search needs is kept. */
function communes(): Referential {
	return (referential ??= read());
}

/** The commune of an INSEE code, today's when the code is that of a former commune; null when there is none. */
export function findCommune(code: string): Commune | null {
	return communes().byCode.get(code.trim().toUpperCase()) ?? null;
}

/** Every code under which a commune of today is or was known: its own, its former communes', its arrondissements'. */
export function codesOf(codes: readonly string[]): string[] {
	const { byCode, former } = communes();
	return [
		...new Set(
			codes.flatMap((code) => {
				const today = byCode.get(code)?.code ?? code;
				return [today, ...(former.get(today) ?? [])];
			})
		)
	];
}

/** Every commune of today, in no order. */
export const allCommunes = (): Commune[] => {
	const { byCode } = communes();
	return [...byCode].flatMap(([code, commune]) => (code === commune.code ? [commune] : []));
};

/** The communes that a few typed signs may mean, the likeliest first; the code of a former commune leads to today's. */
export function searchCommunes(text: string, limit = 8): FoundCommune[] {
	const found = searchEntries(communes().entries, text, limit);
	if (found.length) return found;
	const today = numbered.test(text.trim()) ? findCommune(text) : null;
	return today ? [{ ...today, formerName: communes().formerNames.get(text.trim().toUpperCase()) ?? null }] : [];
}

const mostLetters = 60;

/**
 * The communes whose name, or the beginning of whose name, is a mistake of the fingers away, the most peopled first. The first letter
 * is right: it nearly always is, and few names are compared.
 */
export function communesNearly(text: string, limit = 8): Commune[] {
	const typed = placeKey(text).trim();
	if (!/^[a-z ]{4,}$/.test(typed) || typed.length > mostLetters) return [];
	const n = typed.split(' ').length;
	const found = new Map<string, Commune>();
	for (const [key, entries] of communes().byName) {
		if (key[1] !== typed[0]) continue;
		const name = key.trim();
		if (isNear(typed, name) || isNear(typed, name.split(' ', n).join(' ')))
			for (const { commune } of entries) found.set(commune.code, commune);
	}
	return [...found.values()].toSorted((a, b) => b.population - a.population).slice(0, limit);
}

/** The commune that a list's town and postcode mean, when they mean one. */
export function communeFor(name: string, postcode: string): CommuneMatch {
	return matchCommune(communes().entries, name, postcode);
}

/** A postcode, or the code of a commune. */
const numbered = /^(?:\d{5}|2[ab]\d{3})$/i;

/**
 * The communes that bear exactly this name, or had it, the most peopled first; « st nazaire 44 » those of the department, « 44600 »
 * those of the postcode, « 44600 saint-nazaire » those of both.
 */
function named(words: string): Commune[] {
	const [, name, department] = /^(.+?)\s+\(?(\d{2,3}|2[ab])\)?$/i.exec(words) ?? [];
	const number = words.split(/\s+/).find((one) => numbered.test(one));
	if (number && number !== words) {
		const there = named(number);
		const called = named(words.replace(number, '').trim());
		return there.filter(({ code, parent }) => called.some((one) => one.code === code || one.code === parent));
	}
	const there = (text: string) => {
		const all = communes().byName.get(placeKey(text)) ?? [];
		const today = all.filter(({ formerName }) => formerName === null);
		return (today.length ? today : all).map(({ commune }) => commune);
	};
	const byPostcode = (postcode: string) =>
		communes()
			.entries.filter(({ commune, formerName }) => formerName === null && commune.postcodes.includes(postcode))
			.map(({ commune }) => commune)
			// The arrondissement rather than its city.
			.filter((commune, _, all) => !all.some((other) => other.parent === commune.code));
	const byNumber = number ? byPostcode(number) : [];
	// After the postcode: 34070 is Montpellier's, and the INSEE code of a village.
	const found = number ? (byNumber.length ? byNumber : [findCommune(number)].filter((one) => one !== null)) : there(words);
	const within = found.length || !name ? found : there(name).filter((one) => one.department === department!.toUpperCase());
	return [...new Map(within.map((one) => [one.code, one])).values()].toSorted((a, b) => b.population - a.population);
}

const mostWordsOfAName = 8;

/**
 * The communes that the last words of a question name, or else the first ones, with the question's other words: « maison des asso st
 * nazaire ». The longest name goes first; null when no words name one, or nothing would be left: a postcode or a code, which is no
 * word of a name (`byNumber`), may stand alone.
 */
export function communesNamedIn(question: string): { rest: string; communes: Commune[]; byNumber: boolean } | null {
	const words = question.trim().split(/[\s,]+/);
	for (const atEnd of [true, false])
		for (let n = Math.min(mostWordsOfAName, words.length); n > 0; n--) {
			const some = atEnd ? words.slice(-n) : words.slice(0, n);
			const byNumber = some.some((word) => numbered.test(word));
			if (n === words.length && !byNumber) continue;
			const said = some.join(' ');
			const found = [said, said.replace(/^[dl]['’]/i, '')].map(named).find((communes) => communes.length);
			if (found) return { rest: (atEnd ? words.slice(0, -n) : words.slice(n)).join(' '), communes: found, byNumber };
		}
	return null;
}
