import { expect, test } from 'vitest';
import { optionalText, text } from './forms.ts';

test('letters that arrived in another encoding are asked again, not kept broken', () => {
	const sentence = text(() => 'Écrivez une phrase.');
	expect(sentence.safeParse('Une fête à Noël 🎭').success).toBe(true);
	for (const schema of [sentence, optionalText()]) {
		const read = schema.safeParse(Buffer.from('été', 'latin1').toString('utf8'));
		expect(read.error?.issues[0]?.message).toContain('illisibles');
	}
});
