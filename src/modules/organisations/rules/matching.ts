import { rarities } from './common-words.ts';
import { bias, weights } from './matching-weights.ts';
import { nameKey, nameWords } from './names.ts';

/** Words that carry no name: articles, prepositions, the legal form. */
const silent = new Set(
	`le la les l d de du des un une et ou a au aux en par pour sur sous dans chez avec the of and for van von der den het en voor
	loi 1901 1908 association associations ass asso assoc as asbl vzw aisbl`.split(/\s+/)
);

/** Articles and prepositions that a sigle may leave out: « MJC » for « Maison des jeunes et de la culture ». */
const skippedInSigles = new Set('de du des d l la le les et a au aux en pour par un une sur'.split(' '));

/** Short forms that lists of associations are full of, with the word that all of a family are read as. */
const readAs: Record<string, string> = Object.fromEntries(
	`st:saint ste:saint sainte:saint comp:compagnie cie:compagnie dep:departement dept:departement dpt:departement dptal:departement
	departemental:departement departementale:departement departementales:departement depart:departement dptale:departement
	nat:national nationale:national int:international internat:international fed:federation feder:federation synd:syndicat com:comite
	comit:comite cte:comite ctr:centre ctre:centre prim:primaire gym:gymnastique mus:musique cult:culture culturel:culture
	culturelle:culture culturels:culture culturelles:culture soc:social sociale:social dev:developpement devt:developpement
	dvpt:developpement develop:developpement gest:gestion org:organisme ens:enseignement jeun:jeune jeunes:jeune fam:familial
	famil:familial familiale:familial familiales:familial familles:famille reg:regional region:regional regionale:regional grp:groupe
	gpt:groupement grpt:groupement mais:maison maisons:maison trav:travailleur travailleurs:travailleur sportive:sportif sport:sportif
	sports:sportif sportifs:sportif sportives:sportif spt:sportif hb:handball bb:basket fb:football foot:football cl:club
	educ:education format:formation form:formation anim:animation intercom:intercommunal intercommunale:intercommunal cant:cantonal
	cantonale:cantonal loc:local locale:local rur:rural rurale:rural rurales:rural ruraux:rural agric:agricole coop:cooperative
	assist:assistant loisir:loisirs amis:ami parents:parent eleves:eleve jardins:jardin ecoles:ecole`
		.split(/\s+/)
		.map((pair) => pair.split(':') as [string, string])
);

/** Sigles of the field whose letters don't all begin a word of the name. */
const sigles: Record<string, readonly string[]> = {
	mfr: ['maison', 'familial', 'rural'],
	afr: ['familial', 'rural'],
	mjc: ['maison', 'jeune', 'culture'],
	csc: ['centre', 'socio', 'culture'],
	us: ['union', 'sportif'],
	es: ['etoile', 'sportif'],
	al: ['amicale', 'laique'],
	fc: ['football', 'club'],
	tc: ['tennis', 'club'],
	vc: ['velo', 'club'],
	cdos: ['comite', 'departement', 'olympique', 'sportif'],
	udaf: ['union', 'departement', 'familial'],
	cfa: ['centre', 'formation', 'apprenti'],
	fjt: ['foyer', 'jeune', 'travailleur'],
	ime: ['institut', 'medico', 'educatif'],
	lpo: ['ligue', 'protection', 'oiseau']
};

const singular = (word: string): string => (word.length > 4 && !/\d/.test(word) ? word.replace(/[sx]$/, '') : word);
const asRead = (word: string): string => {
	const one = singular(word);
	return singular(readAs[word] ?? readAs[one] ?? one);
};

/** A word of a name: as written, as read, and how rare it is (0: in every name, 1: in no other). */
type Word = { raw: string; text: string; rarity: number };

/** Letters that stand apart are one sigle: « C D 44 » → « cd », « 44 ». */
function joined(words: string[]): string[] {
	const out: string[] = [];
	let letters = '';
	for (const word of [...words, '']) {
		if (/^[a-z]$/.test(word)) {
			letters += word;
			continue;
		}
		if (letters) out.push(letters);
		letters = '';
		if (word) out.push(word);
	}
	return out;
}

/** Nobody writes in how many names an unknown word stands: it is taken for a rare one. */
const unknown = 0.9;
const least = 0.15;

type Name = { written: string; all: string[]; words: Word[] };

/** The words of a name as the matcher reads them, for counting how common each is. */
export const wordsAsRead = (name: string): string[] => joined(nameWords(name)).map(asRead);

function read(name: string): Name {
	const all = joined(nameWords(name));
	const told = all.filter((word) => !silent.has(word));
	return {
		written: name,
		all,
		words: (told.length ? told : all).map((raw) => {
			const text = asRead(raw);
			return { raw, text, rarity: Math.max(least, rarities.get(text) ?? unknown) };
		})
	};
}

/** Jaro-Winkler (W. E. Winkler, 1990): 1 for equal words, high for a slip of the keyboard. */
export function jaroWinkler(a: string, b: string): number {
	if (a === b) return 1;
	const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
	const taken = new Set<number>();
	const ours: string[] = [];
	for (let i = 0; i < a.length; i++) {
		for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++) {
			if (a[i] !== b[j] || taken.has(j)) continue;
			taken.add(j);
			ours.push(a[i] ?? '');
			break;
		}
	}
	if (!ours.length) return 0;
	const theirs = [...taken].toSorted((x, y) => x - y).map((j) => b[j]);
	const swapped = ours.filter((sign, place) => sign !== theirs[place]).length / 2;
	const jaro = (ours.length / a.length + ours.length / b.length + (ours.length - swapped) / ours.length) / 3;
	let prefix = 0;
	while (prefix < 4 && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix++;
	return jaro + prefix * 0.1 * (1 - jaro);
}

/** How far two words are the same: equal, cut short (« trav » for « travailleurs »), or mistyped. Two numbers are the same or not. */
function sameWord(a: string, b: string): number {
	if (a === b) return 1;
	if (/\d/.test(a + b)) return 0;
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	if (short.length >= 3 && long.startsWith(short)) return long.length - short.length <= 2 ? 0.97 : 0.9;
	if (short.length < 4) return 0;
	const near = jaroWinkler(a, b);
	return near >= 0.92 ? near : 0;
}

/** Whether the letters of a sigle begin words that follow one another: anywhere for three letters and more, at the start for two. */
function spells(sigle: string, words: readonly string[]): boolean {
	if (sigle.length < 2 || sigle.length > 8 || /\d/.test(sigle)) return false;
	const told = words.filter((word) => !skippedInSigles.has(word));
	return [told, words].some((some) =>
		some.some((_, from) => (sigle.length > 2 || from === 0) && [...sigle].every((letter, i) => some[from + i]?.[0] === letter))
	);
}

/** A sigle that is nearly all found again is found: what a list cuts off is its last word. */
const throughSigle = 0.95;

type Aligned = { ours: number[]; theirs: number[]; sigle: number };

/** Marks the words of one name that the sigles of the other stand for. Returns how many letters the longest has. */
function unfold(from: Name, to: Name, here: number[], there: number[]): number {
	let longest = 0;
	from.words.forEach((word, i) => {
		if (here[i] || to.words.some(({ text }) => text === word.text)) return;
		const spelt = sigles[word.raw];
		if (spelt) {
			const found = spelt
				.map((part) => to.words.findIndex(({ text }) => sameWord(text, asRead(part)) > 0.85))
				.filter((j) => j >= 0);
			if (found.length >= Math.max(2, spelt.length - 1)) {
				here[i] = throughSigle;
				for (const j of found) there[j] = throughSigle;
				longest = Math.max(longest, found.length);
				return;
			}
		}
		if (!spells(word.raw, to.all)) return;
		here[i] = throughSigle;
		longest = Math.max(longest, word.raw.length);
		for (let start = 0; start < to.words.length; start++) {
			let count = 0;
			while (count < word.raw.length && to.words[start + count]?.raw[0] === word.raw[count]) count++;
			if (count < Math.max(2, word.raw.length - 1)) continue;
			for (let j = start; j < start + count; j++) there[j] = throughSigle;
			return;
		}
	});
	return longest;
}

/** Words that one list glues: « lusenjoie », « de la » as « dela ». */
function unglue(from: Word[], to: Word[], here: number[], there: number[]): void {
	from.forEach((word, i) => {
		if (here[i]) return;
		const j = to.findIndex(
			(_, at) => !there[at] && !there[at + 1] && to[at + 1] && to[at]!.text + to[at + 1]!.text === word.text
		);
		if (j >= 0) here[i] = there[j] = there[j + 1] = 1;
	});
}

/** Which words of two names answer one another, and how well: the surest pairs first, each word once. */
function align(a: Name, b: Name): Aligned {
	const ours = a.words.map(() => 0);
	const theirs = b.words.map(() => 0);
	const sigle = Math.max(unfold(a, b, ours, theirs), unfold(b, a, theirs, ours));
	const pairs = a.words
		.flatMap((x, i) => b.words.map((y, j) => ({ i, j, same: sameWord(x.text, y.text) })))
		.filter(({ same }) => same > 0)
		.toSorted((x, y) => y.same - x.same);
	for (const { i, j, same } of pairs) if (!ours[i] && !theirs[j]) ours[i] = theirs[j] = same;
	unglue(a.words, b.words, ours, theirs);
	unglue(b.words, a.words, theirs, ours);
	return { ours, theirs, sigle };
}

const trigrams = (text: string): Set<string> => {
	const padded = `  ${text} `;
	return new Set(Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3)));
};
const jaccard = (a: Set<string>, b: Set<string>): number => a.intersection(b).size / Math.max(1, a.union(b).size);

/** Lists of old cut a name at about 32 signs. */
const cutAt = { from: 28, to: 45 };

/** What speaks for and against two names being one organisation's. */
function evidenceOf(a: Name, b: Name) {
	const { ours, theirs, sigle } = align(a, b);
	const sum = (words: Word[], of: (word: Word, i: number) => number) => words.reduce((total, word, i) => total + of(word, i), 0);
	const rarest = (words: Word[]) => words.reduce((most, { rarity }) => Math.max(most, rarity), 0);
	const totals = [sum(a.words, ({ rarity }) => rarity), sum(b.words, ({ rarity }) => rarity)] as const;
	const found = [
		sum(a.words, ({ rarity }, i) => rarity * ours[i]!),
		sum(b.words, ({ rarity }, i) => rarity * theirs[i]!)
	] as const;
	const covers = found.map((one, i) => one / Math.max(0.01, totals[i]!));
	const shared = a.words.filter((_, i) => ours[i]);
	const missing = [a.words.filter((_, i) => !ours[i]), b.words.filter((_, i) => !theirs[i])] as const;
	const missed = missing.map(rarest);
	const [plainA, plainB] = [a.all.join(''), b.all.join('')];
	const [shorter, longer] = plainA.length < plainB.length ? [plainA, plainB] : [plainB, plainA];
	const wide = Math.min(a.written.length, b.written.length);
	const sortedText = ({ words }: Name) =>
		words
			.map(({ text }) => text)
			.toSorted()
			.join(' ');
	const share = (found[0] + found[1]) / Math.max(0.01, totals[0] + totals[1]);
	const sharedRarity = sum(shared, ({ rarity }) => rarity);
	return {
		/** How much of both names is found in the other, rare words counting most. */
		share,
		/** The same for the name that is found least, and most. */
		leastCovered: Math.min(...covers),
		mostCovered: Math.max(...covers),
		sharedRarity: Math.min(3, sharedRarity),
		rarestShared: rarest(shared),
		onlyCommonShared: rarest(shared) < 0.55 ? 1 : 0,
		/** Each has a word that the other lacks, the rarer the worse. */
		clash: Math.min(...missed),
		rarestMissed: Math.max(...missed),
		bothMiss: missing[0].length && missing[1].length ? 1 : 0,
		sigle: sigle >= 3 ? 1 : sigle ? 0.5 : 0,
		letters: jaccard(trigrams(plainA), trigrams(plainB)),
		lettersSorted: jaccard(trigrams(sortedText(a)), trigrams(sortedText(b))),
		sameRead: a.words.map(({ text }) => text).join('') === b.words.map(({ text }) => text).join('') ? 1 : 0,
		sameWritten: plainA === plainB ? 1 : 0,
		begins: shorter.length >= 10 && longer.startsWith(shorter) ? 1 : 0,
		cut:
			wide >= cutAt.from &&
			wide <= cutAt.to &&
			a.written.length !== b.written.length &&
			longer !== shorter &&
			longer.startsWith(shorter)
				? 1
				: 0,
		sharedWeight: Math.min(4, sharedRarity) * share
	};
}

/** The names that one entry holds: « Les Briords ex Psy’Activ », « CD 44 (comité départemental) ». */
function namesIn(entry: string): string[] {
	const former = entry.split(/\s+ex[- .]+/i);
	const parts = entry.split(/\s+-\s+|[()]|\s+\/\s+/).filter((part) => part.trim().length > 3);
	const all = [entry.replace(/\bex\b/i, ' '), ...former, ...(parts.length > 1 ? parts : [])].map((part) => part.trim());
	return [...new Set([...all.filter(Boolean), entry])].slice(0, 4);
}

/** All that is known of two entries: the best of their names against one another, the whole entries, and what weighs together. */
export function evidence(a: string, b: string): number[] {
	// One order whoever asks: likeness is the same both ways.
	const [first, second] = a < b ? [a, b] : [b, a];
	const [ours, theirs] = [read(first), read(second)];
	const whole = evidenceOf(ours, theirs);
	const others = namesIn(second).map((name) => (name === second ? theirs : read(name)));
	const best = namesIn(first)
		.map((name) => (name === first ? ours : read(name)))
		.flatMap((one) => others.map((other) => (one === ours && other === theirs ? whole : evidenceOf(one, other))))
		.toSorted((x, y) => y.share + y.leastCovered / 2 + y.letters * 0.3 - (x.share + x.leastCovered / 2 + x.letters * 0.3))[0]!;
	return [
		...Object.values(best),
		whole.share,
		best.share ** 2,
		best.share * best.sharedRarity,
		best.leastCovered * best.sharedRarity,
		best.mostCovered * best.sharedRarity,
		best.mostCovered * best.rarestShared,
		best.leastCovered * best.rarestShared
	];
}

/** From this likeness on, two organisations of one commune are proposed as likely duplicates: what it was measured on stands in decision 090. */
export const likelyDuplicate = 0.93;

/** From this likeness on, an official record of its commune is shown to an organisation that looks for its own, beside others. */
export const worthALook = 0.85;

/**
 * How likely two names are to be one organisation's, from 0 to 1. A logistic regression on what is listed above: its weights come from
 * `bench/matcher.ts`. The first word counts no more than the others, although it would improve the figures on pairs that were drawn by it.
 */
export function likeness(a: string, b: string): number {
	if (nameKey(a) === nameKey(b)) return 1;
	if (!nameWords(a).length || !nameWords(b).length) return 0;
	const sum = evidence(a, b).reduce((total, value, i) => total + value * weights[i]!, bias);
	return 1 / (1 + Math.exp(-sum));
}
