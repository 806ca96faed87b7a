import { nameKey } from '../../rules/names.ts';
import type { Neighbours } from '../../rules/neighbours.ts';
import { identifierKey, type Entry } from './gather.ts';

/** An organisation of the directory, as far as a list is compared with it. */
export type Known = {
	id: string;
	name: string;
	themes: string[];
	/** Its register numbers, as `siren:123456789`. */
	numbers: string[];
};

/** An organisation of the same name, wherever it is, with what may say that it is the same. */
export type Namesake = Pick<Known, 'id' | 'name' | 'numbers'> & { postcode: string | null; email: string | null };

/** What becomes of an organisation of a list. Likely ones are proposed, never joined in silence. */
export type Fate =
	| { expected: 'new' }
	| { expected: 'known' | 'themes'; organisation: Known; themes: string[] }
	| { expected: 'likely'; candidate: string };

const registerOf = (key: string): string => key.slice(0, key.indexOf(':'));

/** Whether their numbers say that they are two: both have one of a register, and none in common. */
function contradict(entry: Entry, known: Pick<Known, 'numbers'>): boolean {
	return entry.identifiers.some(({ kind }) => {
		if (kind === 'prefecture' || kind === 'siret') return false;
		const theirs = known.numbers.filter((key) => registerOf(key) === kind);
		const ours = entry.identifiers.filter((one) => one.kind === kind).map((one) => identifierKey(one));
		return theirs.length > 0 && !ours.some((key) => key !== null && theirs.includes(key));
	});
}

/** The themes that a list adds to what the organisation says itself: nothing else of it changes. */
export function newThemes(said: readonly string[], listed: readonly string[]): string[] {
	const known = new Set(said.map(nameKey));
	return listed.filter((theme) => !known.has(nameKey(theme)));
}

/** The same name, and the same postcode or e-mail address: likely the same, even where no commune is known. */
const agrees = (entry: Entry, known: Namesake): boolean =>
	!contradict(entry, known) &&
	((entry.postcode !== '' && entry.postcode === known.postcode) ||
		(entry.email !== '' && entry.email.toLowerCase() === known.email?.toLowerCase()));

/** By its number, else by its name and address: the same organisation. Several of that name: a person decides. */
export function fateOf(
	entry: Entry,
	byKey: ReadonlyMap<string, Known[]>,
	neighbours: Neighbours,
	namesakes: readonly Namesake[] = []
): Fate {
	const numbered = entry.keys.filter((key) => !key.startsWith('name:')).flatMap((key) => byKey.get(key) ?? []);
	const named = numbered.length
		? []
		: entry.keys
				.filter((key) => key.startsWith('name:'))
				.flatMap((key) => byKey.get(key) ?? [])
				.filter((known) => !contradict(entry, known));
	const [organisation, second] = numbered.length ? numbered : named;
	if (organisation && (numbered.length || !second || second.id === organisation.id)) {
		const themes = newThemes(organisation.themes, entry.themes);
		return { expected: themes.length ? 'themes' : 'known', organisation, themes };
	}
	if (organisation) return { expected: 'likely', candidate: organisation.id };
	const candidate = neighbours.likeliest(entry.name) ?? namesakes.find((one) => agrees(entry, one));
	return candidate ? { expected: 'likely', candidate: candidate.id } : { expected: 'new' };
}
