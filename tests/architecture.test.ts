import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { knows } from '#modules/map.ts';

const root = path.resolve(import.meta.dirname, '..');
const rooms = 'rules|policy|forms|(queries|commands|reactions|documents|writing)\\.server';
// A room is a file, or a folder of the same name; a sub-subject is a folder with the same rooms; templates stand beside documents.
const room = new RegExp(
	`^([a-z-]+/)?((${rooms})\\.ts|(rules|policy|forms|queries|commands|reactions|documents)(\\.server)?\\.test\\.ts|(rules|policy|forms|queries|commands)/[\\w./-]+\\.ts|views/\\w+(\\.test)?\\.(svelte|ts)|[a-z-]+\\.typ)$`
);
const files = globSync('src/**/*.{ts,svelte,typ}', { cwd: root, ignore: ['src/platform/words/**'] });
const text = (file: string) => readFileSync(path.join(root, file), 'utf8');
const importsOf = (file: string) => [...text(file).matchAll(/(?:from|import) '([^']+)'/g)].map((found) => found[1]!);
const moduleOf = (file: string) => /modules\/([^/]+)\//.exec(file)?.[1];
const inModule = files.filter((file) => moduleOf(file));
const tested = (file: string) => file.endsWith('.test.ts');

test('every module has the same rooms', () => {
	expect(inModule.filter((file) => !room.test(file.split(`modules/${moduleOf(file)}/`)[1]!))).toEqual([]);
});

test('modules know the modules that the map says, and no other', () => {
	const known = inModule
		.filter((file) => !tested(file))
		.flatMap((file) => importsOf(file).map((one) => ({ file, from: moduleOf(file)!, to: moduleOf(one) })))
		.filter(({ from, to }) => to && to !== from);
	expect(known.filter(({ from, to }) => !knows[from]?.includes(to!)).map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
	const walked = new Set(known.map(({ from, to }) => `${from} → ${to}`));
	const edges = Object.entries(knows).flatMap(([from, others]) => others.map((to) => `${from} → ${to}`));
	expect(edges.filter((edge) => !walked.has(edge))).toEqual([]);
	expect(Object.keys(knows).toSorted()).toEqual([...new Set(inModule.map((file) => moduleOf(file)!))].toSorted());
});

test('the map has no circle', () => {
	const visit = (one: string, trail: string[]): void => {
		expect(trail, 'a circle').not.toContain(one);
		for (const next of knows[one] ?? []) visit(next, [...trail, one]);
	};
	for (const one of Object.keys(knows)) visit(one, []);
});

test('rules and policies are pure: no I/O, no clock, no framework, no database', () => {
	for (const file of inModule.filter((one) => /\/(rules|policy)(\/[\w-]+)?\.ts$/.test(one)))
		for (const one of importsOf(file)) {
			if (/^node:crypto$|#content\//.test(one)) continue;
			expect(one, file).not.toMatch(/\.server\.ts$|^node:|kit|kysely|^pg/);
			expect(text(file), file).not.toMatch(/new Date\(\)|Date\.now/);
		}
});

test('nobody knows routes, platform and ui know no module, SQL stays on the server', () => {
	for (const file of files.filter((one) => !tested(one))) {
		for (const one of importsOf(file)) {
			expect(one, file).not.toMatch(/routes\//);
			if (/^src\/(platform|ui)\//.test(file)) expect(one, file).not.toMatch(/^#modules/);
			if (!file.includes('.server.') && !/^src\/(routes|server)/.test(file)) expect(one, file).not.toMatch(/^kysely$|^pg$/);
			if (
				/views\//.test(file) &&
				!/^\s*import type/.test(
					text(file)
						.split('\n')
						.find((line) => line.includes(one)) ?? ''
				)
			)
				expect(one, file).not.toMatch(/(queries|commands)(\/[\w-]+)?\.server\.ts$/);
		}
	}
});

test('what a room gives, somebody takes', () => {
	const everywhere = globSync('{src,content,scripts,seeds,bench,tests,e2e}/**/*.{ts,svelte}', {
		cwd: root,
		ignore: ['src/platform/words/**']
	});
	const inFiles = new Map<string, number>();
	for (const file of everywhere)
		for (const word of new Set(text(file).match(/\w+/g))) inFiles.set(word, (inFiles.get(word) ?? 0) + 1);
	const left = files
		.filter((file) => /^src\/(modules|platform|ui)\/.*\.ts$/.test(file) && !tested(file))
		.flatMap((file) =>
			[...text(file).matchAll(/^export (?:async )?(?:const|let|function\*?|class) (\w+)/gm)]
				.map((found) => found[1]!)
				.filter((name) => inFiles.get(name) === 1)
				.map((name) => `${file}: ${name}`)
		);
	expect(left).toEqual([]);
});
