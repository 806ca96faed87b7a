import { expect, test } from 'vitest';
import { letter, type Letter } from './letter.ts';

const simple: Letter = {
	sender: 'Ensemblier du Lodévois',
	title: 'Une date est choisie',
	paragraphs: ['Vous vous retrouvez jeudi 21 janvier.\nC’est à la Maison des associations.'],
	lists: [
		{ title: 'À préparer', items: ['Le budget', { text: 'Le compte rendu', url: 'https://coop.example/cr?a=1&b=2' }] },
		{ items: ['Deux lignes\nsous un tiret'] }
	],
	buttons: [{ label: 'Répondre', url: 'https://coop.example/reponse/x4t9q' }],
	foot: ['Vous recevez ce message parce que vous êtes invitée.', { text: 'Ne plus recevoir', url: 'https://coop.example/stop' }]
};

test('the text says all that the page says, in the same order', () => {
	expect(letter(simple).text).toBe(`Une date est choisie

Vous vous retrouvez jeudi 21 janvier.
C’est à la Maison des associations.

À préparer
- Le budget
- Le compte rendu
  https://coop.example/cr?a=1&b=2

- Deux lignes
  sous un tiret

Répondre
https://coop.example/reponse/x4t9q

-- 
Ensemblier du Lodévois
Vous recevez ce message parce que vous êtes invitée.
Ne plus recevoir
https://coop.example/stop
`);
});

test('the page has its language, one title, its lists and links, and loads nothing', () => {
	const { html } = letter(simple);
	expect(html).toContain('<html lang="fr"');
	expect(html.match(/<h1/g)).toHaveLength(1);
	expect(html.match(/<li/g)).toHaveLength(3);
	expect(html).toContain('href="https://coop.example/cr?a=1&amp;b=2"');
	expect(html).toContain('janvier.<br>C’est');
	expect(html).toContain('prefers-color-scheme: dark');
	expect(html).not.toMatch(/<img|<script|url\(|@import|src=|<link/);
	expect(html.match(/<table(?! role="presentation")/g)).toBeNull();
});

test('nothing that people write becomes markup, wherever it stands', () => {
	const wicked = `<b onclick="x('y')">&amp;</b>\u0000\u001b\ud800`;
	const { html, text } = letter({
		sender: wicked,
		title: wicked,
		paragraphs: [wicked],
		lists: [{ title: wicked, items: [wicked, { text: wicked, url: 'https://coop.example/"><b>' }] }],
		buttons: [{ label: wicked, url: 'https://coop.example/?q="><b>' }],
		foot: [wicked]
	});
	expect(html).not.toMatch(/<b[ >]/);
	expect(html.match(/&lt;b onclick=&quot;x\(&#39;y&#39;\)&quot;&gt;&amp;amp;&lt;\/b&gt;/g)).toHaveLength(9);
	// oxlint-disable-next-line no-control-regex
	expect(html + text).not.toMatch(/[\u0000\u001b]|\p{Surrogate}/u);
	expect(text).toContain(`<b onclick="x('y')">&amp;</b>`);
	expect(text).toContain('https://coop.example/%22%3E%3Cb%3E');
});

const leadingTo = (url: string) => () => letter({ ...simple, buttons: [{ label: 'Voir', url }] });

test('only addresses of pages and mailboxes', () => {
	expect(leadingTo('javascript:alert(1)')).toThrow(TypeError);
	expect(leadingTo('data:text/html,x')).toThrow(TypeError);
	expect(leadingTo('/relative')).toThrow(TypeError);
	expect(leadingTo('mailto:coop@ensemblier.example')).not.toThrow();
});
