/** Countries and territories whose communes are of the French referential. */
const french = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'WF', 'PF', 'NC', 'TF']);

const plain = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z]+/g, ' ')
		.trim();

const inFrench = new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'none' });

/** What lists write for a country where neither its name in one of our neighbours' tongues nor its code of two letters does. */
const others: Record<string, string> = {
	fra: 'FR',
	'france metropolitaine': 'FR',
	'republique francaise': 'FR',
	bel: 'BE',
	b: 'BE',
	'royaume de belgique': 'BE',
	lux: 'LU',
	che: 'CH',
	deu: 'DE',
	esp: 'ES',
	ita: 'IT',
	gbr: 'GB',
	angleterre: 'GB'
};

/** The codes of two letters of all countries and territories, each once: neither « FX » nor « UK ». */
const everyCode = (): string[] => {
	const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
	return letters
		.flatMap((first) => letters.map((second) => first + second))
		.filter((code) => inFrench.of(code) && new Intl.Locale(`und-${code}`).region === code);
};

let codes: Map<string, string> | undefined;

/** Every name of every country, with its code of two letters. */
function known(): Map<string, string> {
	const all = everyCode();
	const tongues = ['fr', 'nl', 'en', 'de', 'it', 'es'].map(
		(tongue) => new Intl.DisplayNames([tongue], { type: 'region', fallback: 'none' })
	);
	return new Map([
		...all.flatMap((code) => tongues.map((names): [string, string] => [plain(names.of(code) ?? code), code])),
		...all.map((code): [string, string] => [code.toLowerCase(), code]),
		...Object.entries(others)
	]);
}

/** The code of the country that a cell names; null where it names none: « Pays de Retz » is no country. */
export const countryOf = (text: string): string | null => (codes ??= known()).get(plain(text)) ?? null;

/** Whether a country's communes are of the French referential. */
export const isFrench = (code: string): boolean => french.has(code);

/** What stands after a town abroad; nothing after Belgium's, whose communes may be territories of the directory. */
export const countryAfter = (code: string): string => (code === 'BE' ? '' : ` (${inFrench.of(code)})`);

let frenchNames: Set<string> | undefined;
const isNamed = (word: string): boolean =>
	(frenchNames ??= new Set(everyCode().flatMap((code) => inFrench.of(code)?.toLowerCase() ?? []))).has(word.toLowerCase());

/** « Lausanne (Suisse) », « Lausanne, Suisse »: on an envelope the country stands alone on the last line, or the letter stays in France. */
export function townAndCountry(said: string): { town: string; country: string | null } {
	const [, town, inBrackets, afterComma] = /^(.+?)\s*(?:\(([^()]+)\)|,\s*([^,]+))$/.exec(said.trim()) ?? [];
	const country = (inBrackets ?? afterComma ?? '').trim();
	return town && isNamed(country) && country.toLowerCase() !== 'france'
		? { town, country }
		: { town: said.trim(), country: null };
}
