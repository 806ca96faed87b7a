import { expect, test } from 'vitest';
import { ofOne } from './merged.ts';

const kept = (answer: string | null) => ({ who: 'kept', mergedInto: null, answer });
const absorbed = (answer: string | null) => ({ who: 'absorbed', mergedInto: 'kept', answer });

test.each([
	['neither answered', absorbed(null), kept(null), 'kept'],
	['both did', absorbed('no'), kept('yes'), 'kept'],
	['the kept one did', absorbed(null), kept('yes'), 'kept'],
	['only the other did', absorbed('yes'), kept(null), 'absorbed']
])('of two organisations that became one: %s', (_, one, other, who) => {
	expect(ofOne([one, other]).who).toBe(who);
	expect(ofOne([other, one]).who).toBe(who);
});
