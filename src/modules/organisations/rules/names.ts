/** Marks that split nothing: « A.P.P.E.L » is one word, so is « S.N.O.S. ». */
const dottedSigle = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}])/gu;

/** Letters that Unicode does not take apart. */
const whole: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', đ: 'd', ł: 'l', ı: 'i' };

/** The words of a name in small letters without accents; elided articles (l’, d’) are gone. */
export function nameWords(name: string): string[] {
	const plain = name
		.replace(dottedSigle, (sigle) => sigle.replaceAll('.', ''))
		.normalize('NFKD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.toLowerCase()
		.replace(/[œæßøđłı]/g, (letter) => whole[letter] ?? letter)
		.replace(/&|\+/g, ' et ')
		.replace(/(?<![\p{L}\p{N}])[ld]\s*[’'ʼ´`′‘]\s*/gu, ' ');
	return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words that say the legal form, not the name: some lists write them, others don't. */
const legalForms = new Set(['association', 'associations', 'asso', 'assoc', 'ass', 'asbl', 'vzw', 'aisbl', 'ivzw', 'fasbl']);
const legalTails = new Set([...legalForms, 'loi', '1901', '1908']);
const articles = new Set(['le', 'la', 'les', 'l', 'd', 'de', 'du', 'des']);

/** Takes the legal form off both ends, as long as something remains. */
function withoutLegalForm(words: string[]): string[] {
	let from = 0;
	let to = words.length;
	while (from < to && (legalForms.has(words[from] ?? '') || (articles.has(words[from] ?? '') && to - from > 1))) from++;
	while (to > from && legalTails.has(words[to - 1] ?? '')) to--;
	return from < to ? words.slice(from, to) : words;
}

/** What makes a name the same name: case, accents, punctuation, articles and legal form set aside. The key under which a list that comes again changes nothing. */
export function nameKey(name: string): string {
	const words = withoutLegalForm(nameWords(name));
	// A name in signs only (« ♥ ») keeps its signs: two such names are not the same.
	return words.length ? words.join(' ') : name.normalize('NFKC').trim().toLowerCase();
}

const smallWords = new Set(
	'le la les l d de du des un une et ou a au aux en par pour sur sous dans chez avec the of and for van von der den het en voor'.split(
		' '
	)
);

/** The two letters of an organisation's piece: « Compagnie des Tréteaux » → CT, « Fondation » → FO. */
export function initials(name: string): string {
	const words = withoutLegalForm(nameWords(name));
	const telling = words.filter((word) => !smallWords.has(word));
	const [first = '', second] = telling.length ? telling : words;
	const letters = [...first];
	const two = second ? [letters[0], [...second][0]] : letters.slice(0, 2);
	return two.join('').toUpperCase() || '?';
}

/** Short forms that lists of associations are full of. */
const shortForms: Record<string, string> = Object.fromEntries(
	`ass:association asso:association assoc:association st:saint ste:sainte comp:compagnie cie:compagnie dep:departemental dept:departemental dpt:departemental
	nat:national int:international intern:international fed:federation synd:syndicat com:comite cte:comite ctr:centre ecol:ecole prim:primaire sport:sportif sportive:sportif
	sports:sportif sportifs:sportif sportives:sportif spt:sportif gym:gymnastique mus:musique cult:culturel culturelle:culturel culturels:culturel soc:socio
	dev:developpement devt:developpement dvpt:developpement gest:gestion org:organisme organ:organisme ens:enseignement jeun:jeune jeunes:jeune fam:familial familiale:familial`
		.split(/\s+/)
		.map((pair) => pair.split(':') as [string, string])
);

/** Words that a hundred associations share tell little about which one it is. */
const commonWords = new Set(
	`association club comite amicale union societe federation groupe groupement centre ecole sportif foyer maison compagnie ogec apel fcpe ligue cercle ensemble atelier ateliers
	departemental national international regional local france pays saint sainte sur jeune familial rural laique culturel musique theatre football basket tennis
	gestion developpement action sociale social parents eleves amis anciens combattants fete fetes animation loisirs enseignement catholique organisme nord sud`.split(
		/\s+/
	)
);

type Word = { text: string; weight: number };

function weighed(name: string): Word[] {
	const all = nameWords(name).map((word) => shortForms[word] ?? word);
	const telling = all.filter((word) => !smallWords.has(word) && word !== 'association');
	return (telling.length ? telling : all).map((text) => ({ text, weight: commonWords.has(text) ? 0.5 : 1 }));
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

/** How far two words are the same: equal, cut short (« trav » for « travailleurs »), or mistyped. */
function sameWord(a: string, b: string): number {
	if (a === b) return 1;
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	if (short.length >= 3 && long.startsWith(short)) return long.length - short.length <= 2 ? 0.97 : 0.9;
	if (/\d/.test(a + b) || short.length < 4) return 0;
	const near = jaroWinkler(a, b);
	return near >= 0.92 ? near : 0;
}

/** The words that one list writes as a sigle: « SNOS » for « St-Nazaire olympique sportif ». Returns how many words it stands for. */
function spelledOut(sigle: string, words: Word[], from: number): number {
	if (sigle.length < 3 || from + sigle.length > words.length) return 0;
	for (let i = 0; i < sigle.length; i++) if (words[from + i]?.text[0] !== sigle[i]) return 0;
	return sigle.length;
}

function unfold(words: Word[], other: Word[]): Word[] {
	return words.flatMap((word) => {
		for (let from = 0; from < other.length; from++) {
			const count = spelledOut(word.text, other, from);
			if (count) return other.slice(from, from + count);
		}
		return [word];
	});
}

/** From this likeness on, two names are proposed as likely duplicates: precision .96 and recall .45 on 4,063 real pairs (names.test.ts has the curve). */
export const likelyDuplicate = 0.82;

/**
 * How likely two names are to be one organisation's, from 0 to 1: word by word, whatever their order, so that short forms, sigles, accents
 * and slips of the keyboard count for little, and words that a hundred associations share for less than the others.
 */
export function likeness(a: string, b: string): number {
	if (nameKey(a) === nameKey(b)) return 1;
	let ours = weighed(a);
	let theirs = weighed(b);
	const unfolded = unfold(ours, theirs);
	theirs = unfold(theirs, ours);
	ours = unfolded;
	if (ours.map(({ text }) => text).join('') === theirs.map(({ text }) => text).join('')) return 0.98;
	const pairs = ours
		.flatMap((x, i) => theirs.map((y, j) => ({ i, j, same: sameWord(x.text, y.text) })))
		.filter(({ same }) => same > 0)
		.toSorted((x, y) => y.same - x.same);
	const ourPaired = new Set<number>();
	const theirPaired = new Set<number>();
	let shared = 0;
	for (const { i, j, same } of pairs) {
		if (ourPaired.has(i) || theirPaired.has(j)) continue;
		ourPaired.add(i);
		theirPaired.add(j);
		shared += same * ((ours[i]?.weight ?? 0) + (theirs[j]?.weight ?? 0));
	}
	const total = [...ours, ...theirs].reduce((sum, { weight }) => sum + weight, 0);
	return total ? Math.min(0.97, shared / total) : 0;
}
