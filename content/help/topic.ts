import type { Item } from '../item.ts';

/** A piece of a help page: what is read before, in short sentences, a list or a table. */
export type Passage =
	| { text: string }
	| { list: readonly string[] }
	| { table: { caption: string; head: readonly string[]; rows: readonly (readonly string[])[] } };

/** One subject of a help page, with its own anchor. */
export type Topic = Item & { title: string; passages: readonly Passage[] };

/** A subject written from what the product does: it changes when the product does. */
export const topic = (id: string, title: string, passages: readonly Passage[], version = 1): Topic => ({
	id,
	language: 'fr',
	jurisdiction: 'any',
	version,
	source: 'Ce que fait le logiciel, décrit par celles et ceux qui l’écrivent.',
	title,
	passages
});
