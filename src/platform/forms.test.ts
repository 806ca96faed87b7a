import { expect, test } from 'vitest';
import { optionalText, pageIn, text } from './forms.ts';

test('letters that arrived in another encoding are asked again, not kept broken', () => {
	const sentence = text(() => 'Écrivez une phrase.');
	expect(sentence.safeParse('Une fête à Noël 🎭').success).toBe(true);
	for (const schema of [sentence, optionalText()]) {
		const read = schema.safeParse(Buffer.from('été', 'latin1').toString('utf8'));
		expect(read.error?.issues[0]?.message).toContain('illisibles');
	}
});

test.each([
	['', 1],
	['page=3', 3],
	['page=2.9', 2],
	['page=0', 1],
	['page=-4', 1],
	['page=deux', 1],
	['page=1e300', 1000],
	['page=Infinity', 1000],
	['page=7&page=9', 7]
])('the page that « %s » asks for is one that a list can give', (search, page) => {
	expect(pageIn(new URLSearchParams(search))).toBe(page);
});
