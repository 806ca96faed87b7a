import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { evidence, wordsAsRead } from '#modules/organisations/rules/matching.ts';
import { nameKey } from '#modules/organisations/rules/names.ts';

/*
 * Learns the weights of the matcher of names, and draws its curve: `node bench/matcher.ts` on the folder of real files, `--write` to keep
 * the weights, `--count` to count common words anew. Every pair is judged by weights that were learnt without any pair of its SIREN (five folds by a hash of the SIREN).
 */
const shared = process.env.ENSEMBLIER_SHARED ?? path.join(import.meta.dirname, '../../shared');
const real = (file: string, encoding: BufferEncoding = 'utf8') =>
	readFileSync(path.join(shared, 'data/dev', file))
		.toString(encoding)
		.replace(/^\ufeff/, '');

if (process.argv.includes('--count')) countWords();

/** Counts in how many different names each word stands: beneficiaries of grants of two territories, and the directory of a town. */
function countWords(): void {
	const read = (file: string, delimiter: string, column: string, encoding?: BufferEncoding) =>
		(
			parse(real(file, encoding), { delimiter, columns: true, relax_column_count: true, relax_quotes: true }) as Record<
				string,
				string
			>[]
		).map((row) => (row[column] ?? '').trim().toUpperCase());
	const names = new Set(
		[
			...read('subventions/loire-atlantique_2008-2018.csv', ';', 'Nom du bénéficiaire'),
			...read('subventions/2026_region-bretagne_canonique.csv', ',', 'beneficiary_name_raw'),
			...read('associations/montpellier_2011_tiers.csv', ',', 'NomAsso')
		].filter((name) => /\p{L}/u.test(name))
	);
	const counts = new Map<string, number>();
	for (const name of names) for (const word of new Set(wordsAsRead(name))) counts.set(word, (counts.get(word) ?? 0) + 1);
	const common = [...counts].filter(([, count]) => count >= 6).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
	const lines = common
		.map(([word, count]) => `${word}:${count}`)
		.join(' ')
		.match(/.{1,120}(?= |$)/g)!
		.map((line) => `\t${line.trim()}`);
	writeFileSync(
		path.join(import.meta.dirname, '../src/modules/organisations/rules/common-words.ts'),
		`/** In how many of ${names.size} names of associations a word stands, from six on. Written by \`node bench/matcher.ts --count\` from published grants and directories. */
const names = ${names.size};
const counted = \`
${lines.join('\n')}
\`;

/** How rare a word is: 0 in every name, 1 in no other. */
export const rarities: ReadonlyMap<string, number> = new Map(
	counted
		.trim()
		.split(/\\s+/)
		.map((pair) => pair.split(':'))
		.map(([word, count]) => [word!, Math.log(names / (1 + Number(count))) / Math.log(names)])
);
`
	);
	process.exit();
}

const rows = parse(readFileSync(path.join(shared, 'data/dev/rapprochement/paires_noms_loire-atlantique.csv')), {
	delimiter: ';',
	columns: true,
	quote: null
}) as { meme_entite: string; siren_a: string; siren_b: string; nom_a: string; nom_b: string }[];

const folds = 5;
const foldOf = (siren: string): number => createHash('sha256').update(siren).digest()[0]! % folds;
const pairs = rows.map(({ meme_entite, siren_a, siren_b, nom_a, nom_b }) => ({
	same: Number(meme_entite),
	folds: new Set([foldOf(siren_a), foldOf(siren_b)]),
	equal: nameKey(nom_a) === nameKey(nom_b),
	values: evidence(nom_a, nom_b)
}));
type Pair = (typeof pairs)[number];

/** Logistic regression by Adam (Kingma and Ba, 2015) on standardised values, with a small ridge: 600 steps, the whole set at each. */
function learn(from: Pair[]): { bias: number; weights: number[] } {
	const size = from[0]!.values.length;
	const mean = Array.from({ length: size }, (_, i) => from.reduce((sum, { values }) => sum + values[i]!, 0) / from.length);
	const spread = mean.map(
		(at, i) => Math.sqrt(from.reduce((sum, { values }) => sum + (values[i]! - at) ** 2, 0) / from.length) || 1
	);
	const standard = from.map(({ values }) => [...values.map((value, i) => (value - mean[i]!) / spread[i]!), 1]);
	const at = Array<number>(size + 1).fill(0);
	const slow = [...at];
	const fast = [...at];
	for (let step = 1; step <= 600; step++) {
		const slope = at.map((weight, i) => (i < size ? 0.002 * weight : 0));
		standard.forEach((values, k) => {
			const said = 1 / (1 + Math.exp(-values.reduce((sum, value, i) => sum + value * at[i]!, 0)));
			values.forEach((value, i) => (slope[i]! += ((said - from[k]!.same) * value) / standard.length));
		});
		slope.forEach((one, i) => {
			slow[i] = 0.9 * slow[i]! + 0.1 * one;
			fast[i] = 0.999 * fast[i]! + 0.001 * one * one;
			at[i]! -= (0.05 * (slow[i]! / (1 - 0.9 ** step))) / (Math.sqrt(fast[i]! / (1 - 0.999 ** step)) + 1e-8);
		});
	}
	const weights = mean.map((_, i) => at[i]! / spread[i]!);
	return { weights, bias: at[size]! - weights.reduce((sum, weight, i) => sum + weight * mean[i]!, 0) };
}
const judge = ({ bias, weights }: ReturnType<typeof learn>, { values, equal }: Pair): number =>
	equal ? 1 : 1 / (1 + Math.exp(-values.reduce((sum, value, i) => sum + value * weights[i]!, bias)));

const judged: { likeness: number; same: number }[] = [];
for (let fold = 0; fold < folds; fold++) {
	const learnt = learn(pairs.filter((pair) => !pair.folds.has(fold)));
	for (const pair of pairs) if ([...pair.folds][0] === fold) judged.push({ likeness: judge(learnt, pair), same: pair.same });
}
const all = pairs.filter(({ same }) => same).length;
console.log('likeness | precision | recall');
for (const least of [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.97, 0.99, 1]) {
	const called = judged.filter(({ likeness }) => likeness >= least);
	const right = called.filter(({ same }) => same).length;
	console.log(`≥ ${least.toFixed(2)} | ${(right / Math.max(1, called.length)).toFixed(3)} | ${(right / all).toFixed(3)}`);
}

const { bias, weights } = learn(pairs);
if (process.argv.includes('--write'))
	writeFileSync(
		path.join(import.meta.dirname, '../src/modules/organisations/rules/matching-weights.ts'),
		`/** What each piece of evidence weighs, in the order of \`evidence\`. Written by \`node bench/matcher.ts --write\`. */
export const weights: readonly number[] = [${weights.map((weight) => weight.toFixed(3)).join(', ')}];
export const bias = ${bias.toFixed(3)};
`
	);
