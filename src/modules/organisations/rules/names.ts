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
