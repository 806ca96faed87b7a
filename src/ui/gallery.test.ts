// Every component is rendered once, as the server does it, and the markup that people depend on is looked at.
import { createRawSnippet, type Component } from 'svelte';
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import Brand from './Brand.svelte';
import Check from './Check.svelte';
import Choices from './Choices.svelte';
import Crumbs from './Crumbs.svelte';
import Emblem from './Emblem.svelte';
import Empty from './Empty.svelte';
import ErrorSummary from './ErrorSummary.svelte';
import Face from './Face.svelte';
import Field from './Field.svelte';
import Flash from './Flash.svelte';
import { strokes } from './icons.ts';
import Icon from './Icon.svelte';
import Journal from './Journal.svelte';
import Leaf from './Leaf.svelte';
import Meter from './Meter.svelte';
import Mini from './Mini.svelte';
import More from './More.svelte';
import Note from './Note.svelte';
import Pages from './Pages.svelte';
import { initials } from './paper.ts';
import Part from './Part.svelte';
import Piece from './Piece.svelte';
import Poster from './Poster.svelte';
import Slip from './Slip.svelte';
import Slips from './Slips.svelte';
import Spine from './Spine.svelte';
import Stamp from './Stamp.svelte';
import Tabs from './Tabs.svelte';
import Tag from './Tag.svelte';
import Timeline from './Timeline.svelte';
import Triple from './Triple.svelte';
import When from './When.svelte';
import WizardHead from './WizardHead.svelte';

function html<Props extends Record<string, unknown>>(component: Component<Props>, props: Props): string {
	return render(component as Component<Record<string, unknown>>, { props }).body.replace(/<!--.*?-->/g, '');
}
const text = (words: string) => createRawSnippet(() => ({ render: () => `<span>${words}</span>` }));

// The value of an attribute of the first tag that has it.
function attribute(body: string, tag: string, name: string): string | undefined {
	return new RegExp(`<${tag}\\b[^>]*?\\s${name}="([^"]*)"`).exec(body)?.[1];
}

// What is read, without its tags.
function words(body: string): string {
	return body
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

test('a field ties its label, its help and its error to its control, and gives back what was typed', () => {
	const body = html(Field, {
		name: 'rna',
		label: 'Numéro RNA',
		help: 'La lettre W et neuf signes.',
		value: 'stored',
		form: { values: { rna: '"><b>W75' }, errors: { rna: 'Il manque un signe.' } },
		autocomplete: 'off'
	});
	expect(attribute(body, 'label', 'for')).toBe(attribute(body, 'input', 'id'));
	expect(attribute(body, 'input', 'aria-invalid')).toBe('true');
	for (const id of attribute(body, 'input', 'aria-describedby')!.split(' ')) expect(body).toContain(`id="${id}"`);
	expect(attribute(body, 'input', 'value')).toBe('&quot;>&lt;b>W75');
	expect(body).not.toContain('stored');
	expect(attribute(body, 'input', 'autocomplete')).toBe('off');
	expect(body).toContain('Il manque un signe.');
});

test('a field without fault says nothing of faults, and (facultatif) stands in the label', () => {
	const body = html(Field, { name: 'note', label: 'Vos mots', type: 'textarea', optional: true, value: 'a\n<b>' });
	expect(body).not.toContain('aria-invalid');
	expect(body).not.toContain('aria-describedby');
	expect(body).toMatch(/Vos mots.*\(facultatif\).*<\/label>/s);
	expect(body).toContain('a\n&lt;b>');
});

test('a select marks the stored choice, in its group; a password and a file never come back', () => {
	const options = [
		{ value: 'a', label: 'Une', group: 'Les unes' },
		{ value: 'b', label: 'Autre', group: 'Les autres' }
	];
	const body = html(Field, { name: 's', label: 'Votre structure', type: 'select', options, value: 'b', blank: 'Choisir' });
	expect(body.match(/<option[^>]*selected[^>]*>[^<]*/g)).toHaveLength(1);
	expect(body).toMatch(/<option value="b" selected[^>]*>Autre/);
	expect(attribute(body, 'optgroup', 'label')).toBe('Les unes');
	expect(html(Field, { name: 'p', label: 'Mot de passe', type: 'password', value: 'secret' })).not.toContain('secret');
	expect(html(Field, { name: 'f', label: 'Fichier', type: 'file', value: 'x.pdf' })).not.toContain('x.pdf');
});

test('names that are not ids are made into ids, and the summary points to them', () => {
	const form = { errors: { 'dates[0].day': 'Écrivez un jour.' } };
	const field = html(Field, { name: 'dates[0].day', label: 'Jour', form });
	const summary = html(ErrorSummary, { form, labels: { 'dates[0].day': 'Jour' } });
	expect(attribute(summary, 'a', 'href')).toBe(`#${attribute(field, 'input', 'id')}`);
	expect(attribute(summary, 'div', 'role')).toBe('alert');
	expect(summary).toContain('Une réponse est à revoir');
	expect(html(ErrorSummary, { form: null })).not.toContain('<div');
});

test('choices are a fieldset with its question; what was sent wins over what is stored', () => {
	const options = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }));
	const one = html(Choices, { name: 'w', legend: 'Qui porte le projet ?', options, value: 'a', form: { values: { w: 'b' } } });
	expect(one).toMatch(/<fieldset[^>]*><legend[^>]*>Qui porte le projet \?/);
	expect(one.match(/checked/g)).toHaveLength(1);
	expect(one).toMatch(/value="b" checked/);
	const many = html(Choices, { name: 'w', legend: 'Lesquels ?', options, many: true, value: ['a', 'c'] });
	expect(many.match(/type="checkbox"/g)).toHaveLength(3);
	expect(many.match(/checked/g)).toHaveLength(2);
	const ids = [...many.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
	expect(new Set(ids).size).toBe(ids.length);
	const wrong = html(Choices, { name: 'w', legend: 'Qui ?', options, form: { errors: { w: 'Choisissez.' } } });
	expect(wrong).toContain(`id="${attribute(wrong, 'fieldset', 'aria-describedby')}"`);
});

test('a box left empty stays empty after a refusal', () => {
	expect(html(Check, { name: 'ok', label: 'D’accord', checked: true })).toContain('checked');
	expect(html(Check, { name: 'ok', label: 'D’accord', checked: true, form: { values: { name: 'x' } } })).not.toContain('checked');
	expect(html(Check, { name: 'ok', label: 'D’accord', form: { values: { ok: 'on' } } })).toContain('checked');
});

test('yes, if need be, no: three radio buttons of one name, each with its word', () => {
	const body = html(Triple, { name: 'd0', legend: 'Le mercredi 20 janvier', value: 'maybe' });
	expect(body.match(/type="radio" name="d0"/g)).toHaveLength(3);
	expect(body).toMatch(/value="maybe" checked/);
	for (const word of ['Oui', 'Si besoin', 'Non']) expect(body).toContain(word);
});

test('a state is a glyph and a word, bordered or not', () => {
	for (const state of ['fait', 'cours', 'attente', 'alerte', 'bloque'] as const) {
		expect(html(Stamp, { state, children: text('Validé') })).toMatch(
			new RegExp(`<span class="stamp ${state}"><svg.*Validé`, 's')
		);
		expect(html(Stamp, { state, bare: true, children: text('Validé') })).toContain(`class="st ${state}"`);
	}
});

test('every icon has strokes and nothing else, and is hidden from screen readers', () => {
	for (const [name, drawing] of Object.entries(strokes)) {
		expect(drawing, name).toMatch(/^(<(path|circle|rect|line|polyline|polygon|ellipse)\b[^<>]*\/>)+$/);
	}
	expect(html(Icon, { name: 'fait' })).toMatch(/^<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle/);
});

test('the spine tells the state of each block and where one is', () => {
	const body = html(Spine, {
		label: 'Les quatre étapes',
		blocks: [
			{ step: 'define', label: 'Définir', href: '#a', state: 'fait', note: 'Fait' },
			{ step: 'clarify', label: 'Clarifier', href: '#b', state: 'cours', note: 'Vous êtes ici', current: true },
			{ step: 'plan', label: 'Planifier', href: '#c', state: 'attente', note: 'À venir' }
		]
	});
	expect([...body.matchAll(/<li data-step="(\w+)"(?: class="(\w*)")?/g)].map(([, step, state]) => [step, state ?? ''])).toEqual([
		['define', 'done'],
		['clarify', 'now'],
		['plan', '']
	]);
	expect(body.match(/aria-current="step"/g)).toHaveLength(1);
});

test('pictures have a sentence, and one outline per member', () => {
	const members = ['CT', 'AS', 'MB', 'VP'].map((code) => ({ code, outlined: code === 'VP' }));
	const body = html(Emblem, { members, label: 'Quatre pièces' });
	expect(body.match(/<path/g)).toHaveLength(4);
	expect(attribute(body, 'svg', 'aria-label')).toBe('Quatre pièces');
	expect(attribute(body, 'svg', 'viewBox')).toBe('-2 -2 204 204');
	expect(
		attribute(html(Mini, { label: 'Définir en cours', blocks: [{ step: 'define', state: 'cours' }] }), 'span', 'aria-label')
	).toBe('Définir en cours');
	expect(html(Meter, { value: 2, of: 5 }).match(/class="on"/g)).toHaveLength(2);
	expect(html(Piece, { code: 'VP', outlined: true })).toContain('class="piece square public" aria-hidden="true"');
	expect(html(Face, { initials: 'NB' })).toContain('aria-hidden="true"');
});

test('the calendar picture says its sentence, can be reached by keyboard, and has its table', () => {
	const body = html(Timeline, {
		title: 'Répétitions en janvier',
		bars: [{ label: 'Répétitions', from: '2027-01-04', to: '2027-01-31', step: 'plan' }],
		milestones: [{ label: 'Bilan', date: '2027-02-20' }],
		today: '2027-01-12',
		children: text('le tableau')
	});
	expect(attribute(body, 'svg', 'aria-label')).toBe('Répétitions en janvier');
	expect(body).toMatch(/tabindex="0" role="region" aria-label="Répétitions en janvier, défile de côté"/);
	expect(body).toMatch(/<details.*le tableau/s);
	expect(html(Timeline, { title: 'Rien', bars: [] })).not.toContain('<svg');
});

test('a part is named by its heading, and a poster is a page’s one title', () => {
	const part = html(Part, { title: 'Vos réponses', id: 'p1', kind: 'mine', aside: text('Une par date'), children: text('…') });
	expect(attribute(part, 'section', 'aria-labelledby')).toBe(attribute(part, 'h2', 'id'));
	expect(part).toContain('class="part mine"');
	const poster = html(Poster, { step: 'plan', title: 'Avril enchanté', trail: [{ href: '/', label: 'Accueil' }] });
	expect(poster.match(/<h1/g)).toHaveLength(1);
	expect(poster).toMatch(/<li aria-current="page">Avril enchanté/);
	expect(poster).toContain('data-step="plan"');
});

test('what is expected of someone has one way out', () => {
	const body = html(Slip, { step: 'plan', title: 'Dire vos disponibilités', href: '/d', action: 'Choisir des dates' });
	expect(body.match(/class="btn"/g)).toHaveLength(1);
	expect(html(Slips, { children: text('x') })).toMatch(/^<ul class="slips">/);
});

test('a leaf is written in French, whatever the zone of the machine', () => {
	expect(words(html(Leaf, { date: '2027-01-19' }))).toBe('mar. 19 janv.');
	expect(words(html(Leaf, { date: '2027-01-19', big: true }))).toBe('mardi 19 janvier');
	expect(html(When, { date: '2027-01-19', as: 'li', step: 'plan', children: text('x') })).toMatch(
		/^<li class="when" data-step="plan">/
	);
});

test('messages, lists and links', () => {
	expect(html(Note, { state: 'alerte', title: 'Le temps', level: 3 })).toMatch(/<div class="note alerte">.*<h3 class="t">/s);
	expect(attribute(html(Flash, { message: { state: 'fait', title: 'Envoyé' } }), 'div', 'role')).toBe('status');
	expect(html(Flash, { message: null })).not.toContain('<div');
	expect(html(Empty, { title: 'Rien', children: text('x') })).toContain('<h3>Rien</h3>');
	expect(html(More, { summary: 'Qui a répondu', open: true, children: text('x') })).toMatch(/<details class="more" open/);
	expect(html(Tag, { step: 'define', children: text('Définir') })).toContain('data-step="define"');
	expect(html(Tabs, { label: 'Pages', tabs: [{ href: '/a', label: 'A', current: true, count: 0 }] })).toMatch(
		/aria-current="page".*<small>0/s
	);
	expect(html(Crumbs, { trail: [{ href: '/', label: 'Accueil' }], here: 'Ici' })).toContain('aria-label="Fil d’Ariane"');
	expect(html(WizardHead, { question: 2, of: 5 })).toContain('Question 2 sur 5');
	expect(html(Brand, {})).toContain('Ensemblier');
	expect(html(Journal, { entries: [{ at: '2027-01-11', when: 'Hier', text: 'Fait' }] })).toContain(
		'<time datetime="2027-01-11">Hier</time>'
	);
	expect(html(Pages, { page: 1, count: 1, href: String })).not.toContain('<nav');
	const pages = html(Pages, { page: 5, count: 12, href: (n: number) => `?page=${n}` });
	expect([...pages.matchAll(/href="\?page=(\d+)"/g)].map(([, n]) => Number(n))).toEqual([4, 1, 4, 5, 6, 12, 6]);
});

test('two letters stand for a name', () => {
	const cases = {
		'Nadia Benali': 'NB',
		'Compagnie des Tréteaux': 'CT',
		'L’Atelier du Soleil': 'AS',
		'La Passerelle': 'LP',
		'Chœur des Voisins': 'CV',
		Fondation: 'FO',
		'Écoles & Cie': 'ÉC',
		'': '?'
	};
	for (const [name, letters] of Object.entries(cases)) expect(initials(name), name).toBe(letters);
});
