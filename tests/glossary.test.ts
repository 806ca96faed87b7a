import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const code = globSync(['src/**/*.{ts,svelte}', 'content/**/*.ts', 'migrations/*.sql'], {
	cwd: root,
	ignore: ['src/platform/words/**']
})
	.map(read)
	.join('\n')
	.toLowerCase();

/** « actionSession » stands in the code as it is, as `action_sessions`, or as `action-session`. */
function stands(name: string): boolean {
	const words = name
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[ _-]/);
	return new RegExp(`(?<![a-z])${words.join('[ _-]?')}(?:s|es)?(?![a-z])`).test(code);
}

test('what the glossary says is a name in the code is one', () => {
	const names = [...read('docs/glossary.md').matchAll(/^\|[^|]+\|([^|]+)\|/gm)].flatMap(([, cell]) =>
		[...cell!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)
	);
	expect(names.length).toBeGreaterThan(100);
	expect(names.filter((name) => !stands(name))).toEqual([]);
});
