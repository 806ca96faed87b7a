import { expect, test } from 'vitest';
import { kinds, stepOf, topics } from '../rules.ts';
import { byPartner, reviewed, sectionOf, sections } from './sections.ts';

test('every kind and every topic is read in one section, of its own step', () => {
	for (const kind of kinds)
		for (const topic of topics[kind] ?? ['none']) {
			const found = sections.filter((one) => one.kind === kind && one.topics.includes(topic));
			expect(found, `${kind}, ${topic}`).toHaveLength(1);
			// what happened and what is looked back on are read where one evaluates
			const late = topic === 'happened' || (reviewed as readonly string[]).includes(topic);
			expect(found[0]!.step).toBe(late ? 'evaluate' : stepOf[kind]);
			expect(sectionOf({ kind, topic: topic === 'none' ? null : topic })).toBe(found[0]);
		}
});

test('partners stand side by side in their own order, the departed ones last', () => {
	const line = (actingFor: string) => ({ actingFor, speaker: actingFor.toUpperCase() });
	expect(
		byPartner([line('x'), line('b'), line('a'), line('b')], ['a', 'b', 'c']).map(({ name, lines }) => [name, lines.length])
	).toEqual([
		['A', 1],
		['B', 2],
		['X', 1]
	]);
});
