/** A commune of today, or an arrondissement of Paris, Lyon or Marseille (`parent` is then the city). Codes are INSEE's (code officiel géographique). */
export type Commune = {
	code: string;
	name: string;
	department: string;
	departmentName: string;
	postcodes: readonly string[];
	population: number;
	parent: string | null;
};

/** A commune as a search found it: by today's name, or by that of a commune that is now part of it. */
export type FoundCommune = Commune & { formerName: string | null };

/** What a list's town and postcode point to. */
export type CommuneMatch = { found: 'one'; commune: Commune } | { found: 'several'; communes: Commune[] } | { found: 'none' };

/** A name to look in: `words` is the name in plain words, each preceded by a space; `around` is its department's. */
export type Entry = { commune: Commune; words: string; around: string; formerName: string | null };

const shortForms: Record<string, string> = {
	st: 'saint',
	ste: 'sainte',
	sts: 'saints',
	stes: 'saintes',
	s: 'sur',
	ss: 'sous',
	nd: 'notre dame'
};
const whole: Record<string, string> = { œ: 'oe', æ: 'ae' };

/** The words of a place's name without accents or apostrophes; « 20e », « 20ème » and « 20 » are one word; « CEDEX 5 » is a post office, not a place. */
export function placeWords(text: string): string[] {
	const plain = text
		.normalize('NFKD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.toLowerCase()
		.replace(/[œæ]/g, (letter) => whole[letter] ?? letter)
		.replace(/(?<![\p{L}\p{N}])cedex(?:\s*\d+)?(?![\p{L}\p{N}])/gu, ' ')
		.replace(/(?<![\p{L}\p{N}])s\s*\/\s*/gu, 'sur ')
		// « Le Havre » is filed as « HAVRE (LE) » in older lists.
		.replace(/^(.*\S)\s*\((l[ea]s?|l['’]?)\)\s*$/u, '$2 $1');
	return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) => {
		const ordinal = /^(\d+)(?:e|er|eme|ere)$/.exec(word);
		return ordinal?.[1] ?? shortForms[word]?.split(' ') ?? word;
	});
}

const articles = new Set(['l', 'le', 'la', 'les']);

/** A name in one string that two spellings of it share: « L'Haÿ-les-Roses », « hay les roses ». */
export function placeKey(text: string): string {
	const words = placeWords(text).filter((word) => word !== 'arrondissement' && word !== 'arrdt' && word !== 'arr');
	return (words.length > 1 && articles.has(words[0] ?? '') ? words.slice(1) : words).map((word) => ` ${word}`).join('');
}

/** How well an entry answers the words of a search: 0 is exact, then the beginning, then words anywhere; null when a word is missing. */
function rank(entry: Entry, words: readonly string[], key: string): number | null {
	const { commune } = entry;
	let named = words.length === 1;
	for (const word of words) {
		if (entry.words.includes(` ${word}`)) {
			named = true;
			continue;
		}
		const answers =
			(words.length > 1 && entry.around.includes(` ${word}`)) ||
			commune.code.toLowerCase() === word ||
			commune.department.toLowerCase() === word ||
			(/^\d{2,5}$/.test(word) && commune.postcodes.some((postcode) => postcode.startsWith(word)));
		if (!answers) return null;
	}
	// « paris 75 »: some word must be the place's own.
	if (!named) return null;
	if (entry.words === key) return 0;
	// A postcode of Paris, Lyon or Marseille says which arrondissement is meant: it comes before the city.
	if (words.some((word) => commune.postcodes.includes(word))) return commune.parent === null ? 1.2 : 1;
	// After the postcode: 34070 is Montpellier's, and the INSEE code of a village.
	if (words.includes(commune.code.toLowerCase())) return 1.5;
	if (`${entry.words} `.startsWith(`${key} `)) return 2;
	if (entry.words.startsWith(key)) return 3;
	if (words.every((word) => `${entry.words} `.includes(` ${word} `))) return 4;
	return 5;
}

/** The communes that a few typed signs may mean (name, « st denis 93 », « paris 20 », postcode, INSEE code), the most exact first, then the most peopled. */
export function searchEntries(entries: readonly Entry[], text: string, limit: number): FoundCommune[] {
	const key = placeKey(text.slice(0, 100));
	const words = key.split(' ').filter(Boolean);
	if (!words.length) return [];
	const found = new Map<string, { entry: Entry; rank: number }>();
	for (const entry of entries) {
		const ranked = rank(entry, words, key);
		if (ranked === null) continue;
		// A former name comes after today's names that answer as well.
		const place = ranked + (entry.formerName === null ? 0 : 0.5);
		const known = found.get(entry.commune.code);
		if (!known || place < known.rank) found.set(entry.commune.code, { entry, rank: place });
	}
	const all = [...found.values()];
	// A postcode of an arrondissement does not ask which of the two is meant.
	const meant = /^\d{5}$/.test(key)
		? all.filter(({ entry }) => !all.some((other) => other.entry.commune.parent === entry.commune.code))
		: all;
	return meant
		.toSorted(
			(a, b) =>
				a.rank - b.rank ||
				b.entry.commune.population - a.entry.commune.population ||
				a.entry.commune.code.localeCompare(b.entry.commune.code)
		)
		.slice(0, limit)
		.map(({ entry }) => ({ ...entry.commune, formerName: entry.formerName }));
}

function oneOf(communes: Commune[]): CommuneMatch {
	const distinct = [...new Map(communes.map((commune) => [commune.code, commune])).values()];
	// The arrondissement rather than its city, when both answer.
	const finest = distinct.filter((commune) => !distinct.some((other) => other.parent === commune.code));
	const [only] = finest;
	if (!only) return { found: 'none' };
	return finest.length === 1 ? { found: 'one', commune: only } : { found: 'several', communes: finest };
}

function departmentOfPostcode(postcode: string): string {
	if (postcode.startsWith('97') || postcode.startsWith('98')) return postcode.slice(0, 3);
	return postcode.slice(0, 2);
}

/**
 * The commune that a list's town and postcode mean together. A town in another department than its postcode, a postcode that several communes share,
 * a name that several bear are « several » or « none »: never a guess.
 */
export function matchCommune(entries: readonly Entry[], name: string, postcode: string): CommuneMatch {
	// « Lyon 03 »
	const key = placeKey(name).replace(/ 0(\d)$/, ' $1');
	const code = postcode.replace(/[\s\p{Cf}]/gu, '').replace(/^F-?(?=\d)/i, '');
	const hasCode = code !== '' && !/^0+$/.test(code);
	if (!key)
		return hasCode && code.length === 5
			? oneOf(
					entries
						.filter(({ commune, formerName }) => formerName === null && commune.postcodes.includes(code))
						.map(({ commune }) => commune)
				)
			: { found: 'none' };
	let named = entries.filter((entry) => entry.words === key);
	if (named.some((entry) => entry.formerName === null)) named = named.filter((entry) => entry.formerName === null || hasCode);
	if (!hasCode) return oneOf(named.map(({ commune }) => commune));
	// A spreadsheet drops the first 0 of « 01000 »; a Belgian « 1060 » has four figures too, and then no commune of that name answers.
	const padded = code.padStart(5, '0');
	const exact = named.filter(({ commune }) => commune.postcodes.includes(padded));
	if (exact.length) {
		const today = exact.filter((entry) => entry.formerName === null);
		const communes = (today.length ? today : exact).map(({ commune }) => commune);
		const quarters = entries.filter(
			({ commune }) =>
				commune.parent !== null &&
				communes.some(({ code: city }) => city === commune.parent) &&
				commune.postcodes.includes(padded)
		);
		return oneOf([...communes, ...quarters.map(({ commune }) => commune)]);
	}
	if (code.length !== 5 || !/^\d{5}$/.test(code)) return { found: 'none' };
	// « 34961 MONTPELLIER CEDEX 2 »: a post office's number, within the department.
	const office = oneOf(
		named.filter(({ commune }) => departmentOfPostcode(code) === postalDepartment(commune)).map(({ commune }) => commune)
	);
	if (office.found !== 'none') return office;
	// « 91000 Evry », now Évry-Courcouronnes: the postcode and the beginning of the name agree on one.
	const begun = oneOf(
		entries
			.filter(({ commune, words }) => commune.postcodes.includes(code) && words.startsWith(`${key} `))
			.map(({ commune }) => commune)
	);
	return begun.found === 'one' ? begun : { found: 'none' };
}

/** Corsica's postcodes begin with 20, its departments are 2A and 2B; Saint-Barthélemy and Saint-Martin share Guadeloupe's. */
function postalDepartment({ department }: Commune): string {
	if (department === '2A' || department === '2B') return '20';
	return department === '977' || department === '978' ? '971' : department;
}

const zones: Record<string, string> = {
	'971': 'America/Guadeloupe',
	'972': 'America/Martinique',
	'973': 'America/Cayenne',
	'974': 'Indian/Reunion',
	'975': 'America/Miquelon',
	'976': 'Indian/Mayotte',
	'977': 'America/St_Barthelemy',
	'978': 'America/Marigot',
	'984': 'Indian/Kerguelen',
	'986': 'Pacific/Wallis',
	'987': 'Pacific/Tahiti',
	'988': 'Pacific/Noumea'
};

/** The Marquesas are half an hour ahead of Tahiti, the Gambier an hour. */
const ownZones: Record<string, string> = {
	'98718': 'Pacific/Marquesas',
	'98719': 'Pacific/Gambier',
	'98723': 'Pacific/Marquesas',
	'98731': 'Pacific/Marquesas',
	'98746': 'Pacific/Marquesas',
	'98756': 'Pacific/Marquesas',
	'98757': 'Pacific/Marquesas'
};

/** The IANA time zone that a commune lives in; mainland time when the commune is not known. */
export function zoneOf(communeCode: string | null): string {
	if (!communeCode) return 'Europe/Paris';
	return ownZones[communeCode] ?? zones[communeCode.slice(0, 3)] ?? 'Europe/Paris';
}

/** « Paris 20e », « Montpellier ». */
export function communeLabel(commune: Pick<Commune, 'name'>): string {
	return commune.name.replace(/ Arrondissement$/, '');
}

/** « Saint-Denis (La Réunion) »: a commune among others of its name. */
export function communeInFull(commune: Pick<Commune, 'name' | 'departmentName'>): string {
	return commune.departmentName && commune.departmentName !== commune.name
		? `${communeLabel(commune)} (${commune.departmentName})`
		: communeLabel(commune);
}

/** « à Saint-Nazaire », « au Havre », « aux Sables-d’Olonne ». */
export const atTown = (name: string): string =>
	name.startsWith('Le ') ? `au ${name.slice(3)}` : name.startsWith('Les ') ? `aux ${name.slice(4)}` : `à ${name}`;
