/** Words that every association says of itself, or that say nothing alone: nothing fits because of them. */
const common = new Set(
	(
		'les des une aux par sur son ses mon mes ton tes nos vos que qui est ont pas non oui lui eux ici peu tel cet ces car bas dix six fin mai ' +
		'avec dans pour plus tous tout toute toutes leur leurs nous vous elle elles cette ceux celles sans sous entre chez comme mais donc ainsi aussi autre autres ' +
		'bien etre avoir faire fait font faut peut peuvent mettre aller venir prendre aider permettre proposer organiser developper favoriser promouvoir ' +
		'association associations structure projet projets action actions activite activites membre membres personne personnes gens public publics ' +
		'quartier ville commune territoire local locale locaux lieu lieux jour jours mois annee annees heure heures soir semaine ensemble chacun quelqu ' +
		'cherche cherchons propose proposons besoin offre quelques plusieurs deux trois quatre cinq six sept huit neuf dix vingt trente quarante cinquante soixante cent'
	).split(' ')
);

/** The ends of words that say who does a thing, or that it is done: left out only where enough remains to tell « plage » from « plant ». */
const ends = /(?<=.{4})(?:ateur|atrice|ation|ement|euse|eur|trice|ier|iere|age|er|ent|ant|ee)$|(?<=.{3})e$/;

/** What remains of a word when it is said of one or of several, by one or another: good enough to see that two sentences speak of one thing. */
const root = (word: string): string =>
	word
		.replace(/(?<=ea?)ux$|(?<=[^s])s$/, (end) => end.slice(0, -1))
		.replace(/(?<=.{2})aux$/, 'al')
		.replace(ends, '')
		.slice(0, 7);

const wordsIn = (text: string): Map<string, string> => {
	const found = new Map<string, string>();
	const words = text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll('œ', 'oe')
		.match(/\p{L}{3,}/gu);
	for (const word of words ?? []) {
		const short = root(word);
		if (!common.has(word) && !found.has(short)) found.set(short, word);
	}
	return found;
};

const cache = new Map<string, Map<string, string>>();
const known = (text: string): Map<string, string> => {
	const there = cache.get(text);
	if (there) return there;
	if (cache.size > 5000) cache.clear();
	const found = wordsIn(text.slice(0, 4000));
	cache.set(text, found);
	return found;
};

/** The words that two texts share, as the second says them: « jardins » and « jardinage » are one. */
export function inCommon(a: string, b: string): string[] {
	const [first, second] = [known(a), known(b)];
	return [...second].filter(([short]) => first.has(short)).map(([, word]) => word);
}

/** What the words of some texts begin by, the first of them: for whoever reads among many. */
export const beginnings = (texts: readonly string[]): string[] =>
	[...new Set(texts.flatMap((text) => [...known(text).keys()]))].slice(0, 60);
