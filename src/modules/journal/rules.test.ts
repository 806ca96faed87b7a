import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { follow, linkOf, type Entry } from './rules.ts';

const chain = '019ab000-0000-7000-8000-000000000001';

function built(contents: string[]): Entry[] {
	let previous: Buffer = Buffer.alloc(0);
	return contents.map((content, i) => {
		const salt = Buffer.from(`salt ${i}`);
		const digest = createHash('sha256').update(salt).update(content).digest();
		const bare = { chain, n: i + 1, at: new Date(i * 1000), verb: 'line-written', ids: '{}', digest, previous };
		previous = linkOf(bare);
		return { ...bare, link: previous, payload: { salt, content } };
	});
}
const headOf = (entries: Entry[]) => ({ id: chain, n: entries.length, link: entries.at(-1)?.link ?? Buffer.alloc(0) });

test('a chain that nobody touched is whole, erased payloads included', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.string(), { maxLength: 12 }), fc.func(fc.boolean()), async (contents, erase) => {
			const entries = built(contents);
			const head = headOf(entries);
			const kept = entries.map((entry) => (erase(entry.n) ? { ...entry, payload: null } : entry));
			const erased = kept.filter(({ payload }) => payload === null).length;
			expect(await follow(head, kept)).toEqual({ chain, state: 'whole', entries: contents.length, erased });
		})
	);
});

test('whatever is changed, the first broken link is named', async () => {
	const contents = ['a', 'b', 'c', 'd'];
	const changes: [string, (entry: Entry) => Entry][] = [
		['payload', (entry) => ({ ...entry, payload: { ...entry.payload!, content: 'z' } })],
		['link', (entry) => ({ ...entry, verb: 'line-read' })],
		['link', (entry) => ({ ...entry, at: new Date(1e9) })],
		['link', (entry) => ({ ...entry, ids: '{"person": 1}' })],
		['previous', (entry) => ({ ...entry, previous: Buffer.from('x') })]
	];
	for (const [why, change] of changes)
		for (let i = 0; i < contents.length; i++) {
			const entries = built(contents);
			const head = headOf(entries);
			entries[i] = change(entries[i]!);
			expect(await follow(head, entries)).toEqual({ chain, state: 'broken', n: i + 1, why });
		}
});

test('a link taken away is missed, wherever it was', async () => {
	const entries = built(['a', 'b', 'c']);
	const head = headOf(entries);
	expect(await follow(head, entries.toSpliced(1, 1))).toMatchObject({ state: 'broken', n: 2, why: 'missing' });
	expect(await follow(head, entries.slice(0, 2))).toMatchObject({ state: 'broken', n: 2, why: 'head' });
});
