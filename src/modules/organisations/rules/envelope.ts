const letters = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(65 + i));
const regions = new Intl.DisplayNames('fr', { type: 'region', fallback: 'none' });
let countries: Set<string> | undefined;
const isCountry = (word: string): boolean => {
	countries ??= new Set(letters.flatMap((a) => letters.flatMap((b) => regions.of(a + b)?.toLowerCase() ?? [])));
	return countries.has(word.toLowerCase());
};

/** « Lausanne (Suisse) », « Lausanne, Suisse » : on an envelope the country stands alone on the last line, or the letter stays in France. */
export function townAndCountry(said: string): { town: string; country: string | null } {
	const [, town, inBrackets, afterComma] = /^(.+?)\s*(?:\(([^()]+)\)|,\s*([^,]+))$/.exec(said.trim()) ?? [];
	const country = (inBrackets ?? afterComma ?? '').trim();
	return town && isCountry(country) && country.toLowerCase() !== 'france'
		? { town, country }
		: { town: said.trim(), country: null };
}
