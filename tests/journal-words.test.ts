import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { kindOfFact } from '#modules/journal/rules.ts';
import { roles, steps } from '#modules/cooperations/rules.ts';
import { m } from '#words';

const root = path.resolve(import.meta.dirname, '..');
const keys = Object.keys(m);
const verb = /^[a-z]+(-[a-z]+)+$/;

/** Every verb that a command tells: after `verb:`, in a `const verb`, or among the arguments of a function that tells. */
function verbsIn(source: string): string[] {
	const expressions = [
		...source.matchAll(/\bverb: ([^,;]+?)(?=,\n|,? \w+:|\n|;)/g),
		...source.matchAll(/const verb = ([^;]+);/g),
		...source.matchAll(/\btell\w*\(([^;]+)\);/g)
	].map((found) => found[1]!);
	const quoted = expressions.flatMap((one) => [...one.matchAll(/'([^']+)'|`([^`]+)`/g)].map((found) => found[1] ?? found[2]!));
	return [...new Set(quoted)].filter((one) => verb.test(one.replace(/\$\{[^}]*\}/g, 'x')));
}

const told = globSync('src/modules/**/*.server.ts', { cwd: root })
	.map((file) => readFileSync(path.join(root, file), 'utf8'))
	.filter((source) => /\btell\w*\(/.test(source))
	.flatMap(verbsIn);

test('the verbs are found where they are told', () => {
	for (const known of ['cooperation-begun', 'line-written', 'line-revised', 'task-handed', 'partner-accepted', 'member-joined'])
		expect(told).toContain(known);
});

test('every fact that is told has a sentence in the journal, and a kind to look for it', () => {
	const unsaid = told.filter((one) => {
		const key = `journal_${one.replaceAll('-', '_')}`;
		const pattern = new RegExp(`^${key.replace(/\$\{[^}]*\}/g, '\\w+')}$`);
		return !keys.some((known) => pattern.test(known));
	});
	expect([...new Set(unsaid)]).toEqual([]);
	expect([...new Set(told)].filter((one) => !kindOfFact(one))).toEqual([]);
});

test('computed verbs have all their sentences', () => {
	const computed = [
		...roles.map((role) => `role_changed_${role}`),
		...steps.flatMap((step) => [`step_done_${step}`, `step_reopened_${step}`]),
		...['discuss', 'commit', 'sign'].map((may) => `mandate_given_${may}`),
		...['link', 'telephone'].map((evidence) => `partner_accepted_by_${evidence}`),
		...['done', 'withdrawn', 'reopened'].map((mark) => `line_${mark}`)
	];
	expect(computed.filter((one) => !keys.includes(`journal_${one}`))).toEqual([]);
});

test('the journal speaks in one way: a sentence in the present that begins like one and takes no full stop', () => {
	const words = JSON.parse(readFileSync(path.join(root, 'messages/fr/journal.json'), 'utf8')) as Record<string, string>;
	// a verb of two words or more is a fact; `journal_erased` and `journal_unsaid` stand in for one
	const kinds = new Set(told.map((one) => one.split('-')[0]!));
	const facts = Object.entries(words).filter(([key]) => {
		const [, first = '', second] = key.split('_');
		return (kinds.has(first) && second !== undefined) || ['erased', 'unsaid'].includes(first);
	});
	expect(facts.length).toBeGreaterThan(60);
	for (const [key, sentence] of facts) {
		expect(sentence, key).toMatch(/^(\{\w+\}|\p{Lu})/u);
		expect(sentence, key).not.toMatch(/[.;:,!?…]\s*$/u);
		expect(sentence, key).not.toMatch(/[.!?] \p{Lu}/u);
		if (key !== 'journal_erased') expect(sentence, key).not.toMatch(/^\S+ (a|ont|avait) \p{Ll}+é/u);
	}
});
