import { expect, test } from 'vitest';
import { answerInWords } from './plain-page.ts';

const words = { title: 'Ce lien <b>', advice: 'Demandez-en un "autre".', ways: [{ label: 'Les liens', path: '/liens?a&b' }] };
const asking = (accept?: string) => new Request('http://localhost/agenda/x.ics', { headers: accept ? { accept } : {} });

test('whoever opens it in a browser reads a page, whose words are text', async () => {
	const answer = answerInWords(asking('text/html,application/xhtml+xml,*/*;q=0.8'), 404, words);
	expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
	const page = await answer.text();
	expect(page).toContain('<h1>Ce lien &lt;b&gt;</h1><p>Demandez-en un &quot;autre&quot;.</p>');
	expect(page).toContain('<a href="/liens?a&amp;b">Les liens</a>');
});

test.each([[undefined], ['*/*'], ['text/calendar']])('a program that accepts %s gets sentences', async (accept) => {
	const answer = answerInWords(asking(accept), 404, words);
	expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
	expect(await answer.text()).toBe('Ce lien <b>\nDemandez-en un "autre".\n');
});
