import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { precepts } from './advice/precepts.ts';
import type { Article, Paragraph, Variant } from './agreement/clause.ts';
import { agreementArticles } from './agreement/clauses.ts';
import { agreementContents, topicsOfKind } from './agreement/contents.ts';
import { placeholders } from './agreement/placeholders.ts';
import type { Meaning, Placeholder } from './agreement/placeholders.ts';
import { reasonsToCooperate } from './arguments/arguments.ts';
import { beforeDuringAfter } from './calendar/before-during-after.ts';
import { workingForms } from './forms/forms.ts';
import { formQuestions } from './forms/questions.ts';
import { dimensionKeys, reviewKeys } from './dimensions/dimension.ts';
import { dimensions } from './dimensions/grid.ts';
import { reviewQuestions } from './dimensions/review.ts';
import { vigilance } from './dimensions/vigilance.ts';
import { accessibilityTopics } from './help/accessibility.ts';
import { dataTopics } from './help/data.ts';
import { softwareTopics } from './help/software.ts';
import { usingTopics } from './help/using.ts';
import { themeIds } from './objects/object.ts';
import { objects, themes } from './objects/objects.ts';
import { durationKinds } from './stages/durations.ts';
import { faultsOf } from './typography.ts';
import { worthQuestions } from './worth/questions.ts';

const root = join(import.meta.dirname, '..');
const help = [usingTopics, accessibilityTopics, dataTopics, softwareTopics];
const lives = [workingForms, formQuestions, durationKinds, objects, precepts];
const stock = [dimensions, reviewQuestions, vigilance, worthQuestions, reasonsToCooperate];
const items = [
	...agreementContents,
	...agreementArticles,
	...beforeDuringAfter,
	...lives.flat(),
	...stock.flat(),
	...help.flat()
];
const paragraphsOf = (article: Article): Paragraph[] => [
	...article.paragraphs,
	...article.variants.flatMap((variant) => variant.paragraphs)
];
const sentencesOf = (paragraph: Paragraph): string => ('text' in paragraph ? paragraph.text : paragraph.intro);

/** Every placeholder that a paragraph names: in braces, as its list or table, in its condition. */
function namedIn(paragraph: Paragraph): { name: string; as: 'words' | 'list' | 'table' | 'condition' }[] {
	const named: { name: string; as: 'words' | 'list' | 'table' | 'condition' }[] = [
		...sentencesOf(paragraph).matchAll(/\{([^}]*)\}/g)
	].map(([, name]) => ({ name: name ?? '', as: 'words' }));
	if ('list' in paragraph) named.push({ name: paragraph.list, as: 'list' });
	if ('table' in paragraph) named.push({ name: paragraph.table, as: 'table' });
	if (paragraph.when)
		named.push({ name: 'filled' in paragraph.when ? paragraph.when.filled : paragraph.when.empty, as: 'condition' });
	return named;
}

/** Every string in a value, with the path that leads to it. */
function stringsIn(value: unknown, path: string): [path: string, text: string][] {
	if (typeof value === 'string') return [[path, value]];
	if (Array.isArray(value)) return value.flatMap((part, n) => stringsIn(part, `${path}[${n}]`));
	if (value && typeof value === 'object')
		return Object.entries(value).flatMap(([key, part]) => stringsIn(part, `${path}.${key}`));
	return [];
}

/** The words of the interface, without the grammar of the message format. */
function messages(): [path: string, text: string][] {
	const folder = join(root, 'messages/fr');
	return readdirSync(folder).flatMap((file) =>
		stringsIn(JSON.parse(readFileSync(join(folder, file), 'utf8')), file).filter(
			([path]) => !/\.\$schema$|\.declarations\[\d+\]$|\.selectors\[\d+\]$/.test(path)
		)
	);
}

test('every item says what it is, and no two of a kind share a name', () => {
	for (const kind of [agreementContents, agreementArticles, beforeDuringAfter, ...lives, ...stock, ...help]) {
		const ids = kind.map((item) => item.id);
		expect(new Set(ids).size).toBe(ids.length);
	}
	for (const item of items) {
		expect(item.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
		expect(item.version).toBeGreaterThanOrEqual(1);
		expect(item.source.length, item.id).toBeGreaterThan(10);
	}
});

test('an agreement holds twelve contents, and each is given by an article that is there from the start', () => {
	expect(agreementContents).toHaveLength(12);
	const given = new Set(agreementArticles.filter((article) => article.usual).flatMap((article) => article.gives));
	expect(agreementContents.map((content) => content.id).filter((id) => !given.has(id))).toEqual([]);
});

test('a content that lines prove is printed from those lines', () => {
	const read = new Set(
		agreementArticles
			.filter((article) => article.usual)
			.flatMap((article) => paragraphsOf(article).flatMap(namedIn))
			.flatMap(({ name }) => {
				const meaning: Meaning = placeholders[name as Placeholder];
				return meaning.reads ?? [];
			})
			.flatMap((proof) => (proof.topics ?? ['']).map((topic) => `${proof.kind}/${topic}`))
	);
	for (const content of agreementContents) {
		if (content.presence.by !== 'lines') continue;
		for (const proof of content.presence.any)
			for (const topic of proof.topics ?? ['']) expect(read, content.id).toContain(`${proof.kind}/${topic}`);
	}
});

test('every kind of line and every topic has its words in the interface', () => {
	const words = JSON.parse(readFileSync(join(root, 'messages/fr/lines.json'), 'utf8'));
	for (const [kind, topics] of Object.entries(topicsOfKind))
		for (const topic of topics) expect(words, `lines_topic_${kind}_${topic}`).toHaveProperty(`lines_topic_${kind}_${topic}`);
	for (const { presence } of agreementContents)
		if (presence.by === 'lines') for (const { kind } of presence.any) expect(words).toHaveProperty(`lines_kind_${kind}_question`);
});

test('every placeholder is in the vocabulary, used as what it is, and none is left unused', () => {
	const used = new Set<string>();
	for (const article of agreementArticles)
		for (const paragraph of paragraphsOf(article))
			for (const { name, as } of namedIn(paragraph)) {
				used.add(name);
				expect(placeholders, `${article.id}: ${name}`).toHaveProperty([name]);
				if (as !== 'condition') expect(placeholders[name as Placeholder].shape, `${article.id}: ${name}`).toBe(as);
			}
	expect(Object.keys(placeholders).filter((name) => !used.has(name))).toEqual([]);
});

test('a sentence with a placeholder that may be empty stands only when it is filled', () => {
	for (const article of agreementArticles)
		for (const paragraph of paragraphsOf(article))
			for (const { name, as } of namedIn(paragraph))
				if (as === 'words') expect(paragraph.when, `${article.id}: ${name}`).toEqual({ filled: name });
});

test('every variant is complete: it has words and a source, and what differs in France is said for Belgium too', () => {
	for (const article of agreementArticles) {
		const byPartner = Map.groupBy(article.variants, (variant: Variant) => variant.partner);
		for (const [partner, variants] of byPartner) {
			const where = variants.map((variant) => variant.jurisdiction);
			expect(new Set(where).size, `${article.id}, ${partner}`).toBe(where.length);
			if (where.includes('FR-AM')) expect(where, `${article.id}, ${partner}`).toContain('FR');
			if (where.includes('FR')) expect(where, `${article.id}, ${partner}`).toContain('BE');
		}
		for (const variant of article.variants) {
			expect(variant.paragraphs.length, article.id).toBeGreaterThan(0);
			expect(variant.source.length, article.id).toBeGreaterThan(10);
		}
	}
});

test('sentences are short: none over forty words, seventeen at most on average', () => {
	const sentences = agreementArticles
		.flatMap((article) => paragraphsOf(article).map(sentencesOf))
		.flatMap((text) => text.split(/(?<=[.!?:])\s+(?=\p{Lu})/u));
	const lengths = sentences.map((sentence) => sentence.split(/[\s\u00a0]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length);
	expect(sentences.filter((_, n) => lengths[n]! > 40)).toEqual([]);
	expect(lengths.reduce((sum, length) => sum + length, 0) / lengths.length).toBeLessThan(17);
});

test('the schedule goes forward: before, during, after, and no period ends before it starts', () => {
	const order = ['before', 'during', 'after'];
	const phases = beforeDuringAfter.map((item) => order.indexOf(item.phase));
	expect(phases).toEqual(phases.toSorted((a, b) => a - b));
	for (const { id, phase, starts, ends } of beforeDuringAfter) {
		if (phase === 'before') expect(starts.days, id).toBeLessThan(0);
		if (phase === 'after') expect([starts.from, starts.days > 0], id).toEqual(['end', true]);
		if (ends && ends.from === starts.from) expect(ends.days, id).toBeGreaterThan(starts.days);
	}
	expect(new Set(beforeDuringAfter.map((item) => item.nature))).toEqual(new Set(['project', 'administrative']));
});

test('twelve dimensions and four questions, each with something to try, and advice for every dimension and step', () => {
	expect(dimensions.map(({ id }) => id)).toEqual(dimensionKeys);
	expect(reviewQuestions.map(({ id }) => id)).toEqual(reviewKeys);
	for (const { id, levers } of dimensions) expect(levers.length, id).toBeGreaterThanOrEqual(3);
	for (const key of dimensionKeys) expect(vigilance.filter((one) => one.dimensions.includes(key)).length, key).toBeGreaterThan(0);
	for (const step of ['define', 'clarify', 'plan', 'evaluate'] as const)
		expect(vigilance.filter((one) => one.steps.includes(step)).length, step).toBeGreaterThanOrEqual(3);
});

test('every object can be done again: who did it, lines of kinds that exist, dates that go forward, articles that are there', () => {
	expect(objects).toHaveLength(20);
	expect(new Set(objects.map(({ theme }) => theme))).toEqual(new Set(themeIds));
	expect(Object.keys(themes)).toEqual([...themeIds]);
	expect(objects.filter(({ lines }) => lines.length >= 8).length).toBeGreaterThanOrEqual(12);
	const articles = new Set(agreementArticles.map(({ id }) => id));
	for (const { id, projects, territories, lines, lasts, ...object } of objects) {
		expect(projects.length + territories.length, id).toBeGreaterThan(0);
		expect(
			object.articles.filter((one) => !articles.has(one)),
			id
		).toEqual([]);
		expect(new Set(lines.map((line) => line.id)).size, id).toBe(lines.length);
		for (const kind of ['objective', 'need', 'task', 'date', 'indicator']) {
			if (kind === 'task' && lines.length < 8) continue;
			expect(
				lines.map((line) => line.kind as string),
				id
			).toContain(kind);
		}
		expect(lasts, id).toBeGreaterThanOrEqual(0);
		for (const line of lines) {
			expect(line.id, id).toMatch(/^[a-z]+(-[a-z]+)*$/);
			if (line.topic) expect(topicsOfKind, `${id}: ${line.id}`).toHaveProperty([line.kind]);
			if (line.phase === 'before') expect(line.when!.days, `${id}: ${line.id}`).toBeLessThan(0);
			if (line.phase === 'after') expect(line.when!.from, `${id}: ${line.id}`).toBe('end');
			if (line.kind === 'task') expect(Math.sign(line.when!.days), line.id).toBe(line.when!.from === 'start' ? -1 : 1);
		}
	}
});

test('content and interface are in correct typography and without the words that say nothing', () => {
	const texts = [...items.flatMap((item) => stringsIn(item, item.id)), ...messages()];
	expect(texts.length).toBeGreaterThan(300);
	expect(texts.flatMap(([path, text]) => faultsOf(text).map((fault) => `${path}: ${fault} — ${text}`))).toEqual([]);
});

test('the check of typography finds each fault, and leaves correct French alone', () => {
	const faulty = [
		"l'association",
		'Qui fait quoi ?',
		'Qui fait quoi?',
		'Avant: après',
		'« Avant »',
		'deux  espaces',
		'Et alors...',
		'les partenaires·es',
		'un\u202ffin',
		'la loi n° 78-17',
		'Valider',
		'OK',
		'Cliquez ici',
		'En savoir plus',
		'Soumettre'
	];
	expect(faulty.filter((text) => faultsOf(text).length === 0)).toEqual([]);
	const correct = [
		'L’accompagnateur·rice lit « Avant » : c’est tout. Qui fait quoi ?'.replace(/ (?=[:?»])|(?<=«) /g, '\u00a0'),
		'https://ensemblier.example/a?b=c',
		'À 18:30',
		'Le bureau valide la convention.'
	];
	expect(correct.flatMap(faultsOf)).toEqual([]);
});
