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
	.filter((source) => source.includes('tell('))
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
