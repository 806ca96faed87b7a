import { likelyDuplicate, likeness } from './matching.ts';
import { nameKey, nameWords } from './names.ts';

/** An organisation of one commune: what likeness is looked for among. */
export type Neighbour = { id: string; name: string };

/** Names that share a beginning with more than this many tell nothing. */
const mostAlike = 150;
const shortest = 3;
const beginning = (word: string): string => word.slice(0, 4);
const firstLetters = (words: readonly string[]): string => words.map((word) => word[0]).join('');

/** The organisations of one commune, so that a name is compared only with those that share the beginning of a word or a sigle. */
export class Neighbours<One extends Neighbour = Neighbour> {
	readonly #byWord = new Map<string, One[]>();

	constructor(all: Iterable<One>) {
		for (const one of all)
			for (const key of Neighbours.#keys(one.name)) {
				const alike = this.#byWord.get(key);
				if (alike) alike.push(one);
				else this.#byWord.set(key, [one]);
			}
	}

	static #keys(name: string): Set<string> {
		const words = nameWords(name);
		const keys = new Set(words.filter(({ length }) => length >= shortest).map(beginning));
		if (words.length >= shortest) keys.add(`=${firstLetters(words)}`);
		for (const word of words) if (word.length >= shortest && word.length <= 8) keys.add(`=${word}`);
		keys.add(`!${nameKey(name)}`);
		return keys;
	}

	/** The one most like this name, when it is like enough to be proposed. */
	likeliest(name: string): One | null {
		const seen = new Set<string>();
		let best: One | null = null;
		let most = likelyDuplicate;
		for (const key of Neighbours.#keys(name)) {
			const alike = this.#byWord.get(key) ?? [];
			if (alike.length > mostAlike && !key.startsWith('!')) continue;
			for (const one of alike) {
				if (seen.has(one.id)) continue;
				seen.add(one.id);
				const like = likeness(name, one.name);
				if (like < most || (like === most && best)) continue;
				[best, most] = [one, like];
			}
		}
		return best;
	}
}
