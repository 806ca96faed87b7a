import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { m } from '#words';
import { testDatabase } from './database.ts';

const { db } = await testDatabase();
const root = path.resolve(import.meta.dirname, '..');
const product = globSync(['src/**/*.{ts,svelte}', 'content/**/*.ts', 'scripts/*.{ts,js}'], {
	cwd: root,
	ignore: ['src/platform/words/**', '**/*.test.ts']
}).map((file) => readFileSync(path.join(root, file), 'utf8'));
const keyOf = (code: string): string => code.replace(/[ .-]/g, '_');
const hole = /\$\{[^}]*\}/g;

/** What the code and the database name: whole keys, codes of refusals, and what others are made of (kinds, states, tables). */
const { rows } = await sql<{
	name: string;
}>`select relname as name from pg_class union select conname from pg_constraint`.execute(db);
const named = new Set([
	...rows.flatMap(({ name }) => [name, `constraint_${name}`]),
	...product.flatMap((text) => text.match(/\w+/g) ?? []),
	...product.flatMap((text) => [...text.matchAll(/['"`](\w[\w .-]*)['"`]/g)].map(([, code]) => keyOf(code!)))
]);

/** What the code computes: `lines_kind_${kind}`, where every piece is something that is named. */
const computed = product
	.flatMap((text) => [...text.matchAll(/['`]([a-z]+[_.](?:[\w.-]|\$\{[^}]*\})*)`/g)].map(([, key]) => key!))
	.filter((key) => key.search(hole) >= 0)
	.map((key) => new RegExp(`^${keyOf(key.replace(hole, '(@)')).replaceAll('@', '\\w+')}$`));
const isComputed = (key: string): boolean =>
	computed.some((pattern) =>
		pattern
			.exec(key)
			?.slice(1)
			.every((piece) => named.has(piece))
	);

// what the journal says is looked at in journal-words.test.ts
test('every word of the interface is said somewhere', () => {
	expect(Object.keys(m).filter((key) => !key.startsWith('journal_') && !named.has(key) && !isComputed(key))).toEqual([]);
});
