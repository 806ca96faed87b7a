import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementArticles } from '#content/agreement/clauses.ts';
import type { Paragraph } from '#content/agreement/clause.ts';
import { agreementContents, type ContentKey } from '#content/agreement/contents.ts';
import { markers } from '#content/agreement/markers.ts';
import { sections } from '#modules/lines/rules/sections.ts';
import { compare, wordsOf } from './rules/compare.ts';
import { compile, compileArticle, settled, textOf, type Clause } from './rules/compile.ts';
import { commitmentsOf, listFor, tableFor, wordsFor, type Facts, type Party, type Said } from './rules/facts.ts';
import { formOf, lawOf, variantsFor } from './rules/law.ts';
import { placeOfPoint, pointsOf } from './rules/points.ts';
import { filledIn, markerOf, parts, unknownMarkers, written } from './rules/text.ts';
import { canonical, fingerprint, freezable, signedBy, standingOf } from './rules/versions.ts';

const party = (organisationId: string, over: Partial<Party> = {}): Party => ({
	organisationId,
	name: `Structure ${organisationId}`,
	kind: 'association',
	role: 'carrier',
	place: null,
	register: null,
	form: 'association',
	law: 'FR',
	representative: null,
	...over
});
const said = (kind: Said['kind'], text: string, over: Partial<Said> = {}): Said => ({
	kind,
	text,
	topic: null,
	actingFor: 'a',
	speaker: 'Structure a',
	whoOrganisation: null,
	whoOrganisationName: null,
	whoPersonName: null,
	heldBy: null,
	holderName: null,
	startsOn: null,
	endsOn: null,
	phase: null,
	cents: null,
	currency: null,
	quantity: null,
	unit: null,
	...over
});
const by = (id: string) => ({ whoOrganisation: id, whoOrganisationName: `Structure ${id}` });
const facts = (lines: Said[] = [], over: Partial<Facts> = {}): Facts => ({
	name: 'Avril enchanté',
	sentence: 'Jouer ensemble.',
	place: null,
	parties: [party('a'), party('b')],
	lines,
	...over
});
const clausesOf = (which: (id: string, usual: boolean) => boolean = (_, usual) => usual): Clause[] =>
	agreementArticles
		.filter(({ id, usual }) => which(id, usual))
		.map((article) => ({ id: `c-${article.id}`, article: article.id, source: article, title: article.title, text: null }));
const own = (text: string): Clause => ({ id: 'own', article: null, source: null, title: 'Le nôtre', text });
const said1 = (text: string, about = facts()) => wordsOf(compileArticle(own(text), about));

describe('the text that people edit', () => {
	test('every article of the library can be written for editing and read again, word for word', () => {
		for (const article of agreementArticles) {
			const all: readonly Paragraph[] = [...article.paragraphs, ...article.variants.flatMap(({ paragraphs }) => paragraphs)];
			const read = parts(written(all));
			expect(read.length, article.id).toBe(all.length);
			for (const [i, paragraph] of all.entries()) {
				expect(read[i]!.last, article.id).toBe(
					'list' in paragraph ? paragraph.list : 'table' in paragraph ? paragraph.table : null
				);
				expect(read[i]!.when, article.id).toEqual(paragraph.when ?? null);
			}
			expect(unknownMarkers(written(all)), article.id).toEqual([]);
		}
	});

	test('each marker has a name of its own', () => {
		expect(new Set(Object.values(markers)).size).toBe(Object.keys(markers).length);
	});

	test.each<[string, string]>([
		['Le projet s’appelle {nom du projet}.', 'Le projet s’appelle Avril enchanté.'],
		['Le projet s’appelle { NOM  DU PROJET }.', 'Le projet s’appelle Avril enchanté.'],
		['{si : enjeux}\nNos enjeux :\n{enjeux}', ''],
		['{sans : enjeux}\nAucun enjeu.', 'Aucun enjeu.'],
		['{sans : nom du projet}\nSans nom.', ''],
		['{inconnu} et {enjeux} dans une phrase', '{inconnu} et {enjeux} dans une phrase'],
		['{', '{'],
		['}{}{{nom du projet}}', '}{}{Avril enchanté}'],
		['{si : n’importe quoi}\nReste.', '{si : n’importe quoi}\nReste.'],
		['Chef de file : {chef de file}.', 'Chef de file : ………….']
	])('%j says %j', (text, expected) => {
		expect(said1(text)).toBe(expected);
	});

	test('what lines say is never read as a marker, whatever they hold', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('{', '}', '#', '$', 'enjeux', 'lieu', ' ', '\n', '\\') }), (text) => {
				const about = facts([said('information', text || 'x', { topic: 'stakes' })], { name: `a${text}{lieu}`, place: 'ICI' });
				expect(said1('{nom du projet}', about)).toBe(`a${text}{lieu}`);
				const [block] = compileArticle(own('Voici :\n{enjeux}'), about).blocks;
				expect(block).toEqual({ is: 'list', intro: 'Voici :', items: [text || 'x'] });
			})
		);
	});

	test('no text makes the reading fail or lose words', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'a', 'enjeux', 'si : ', '\n', ' ', 'é') }), (text) => {
				parts(text);
				unknownMarkers(text);
				expect(filledIn(text, () => 'X').length).toBeGreaterThanOrEqual(0);
			})
		);
		expect(unknownMarkers('{enjeu}\n\nDans {rôles} une phrase')).toEqual(['{enjeu}', '{rôles}']);
		expect(markerOf('stakes')).toBe('{enjeux}');
	});
});

describe('the twelve contents', () => {
	/** For each content, lines that make it present. */
	const proofs: Record<ContentKey, Said[]> = {
		preamble: [said('information', 'x', { topic: 'stakes' })],
		name: [],
		partners: [],
		objectives: [said('objective', 'x', { topic: 'common' })],
		methods: [said('information', 'x', { topic: 'methods' })],
		sessions: [said('information', 'x', { topic: 'sessions' })],
		schedule: [said('date', 'x', { topic: 'administrative' })],
		decisions: [said('decision', 'x', { topic: 'mode' })],
		funds: [said('decision', 'x', { topic: 'funds' })],
		roles: [said('role', 'x')],
		commitments: [said('contribution', 'x', by('a')), said('task', 'y', by('b'))],
		followup: [said('indicator', 'x')]
	};
	const stateOf = (id: ContentKey, lines: Said[], over: Partial<Facts> = {}, clauses = clausesOf()) =>
		pointsOf(clauses, facts(lines, over)).find((one) => one.id === id)!;

	test.each(agreementContents.map(({ id }) => id))('%s: present with its lines, missing without', (id) => {
		expect(stateOf(id, proofs[id]).state).toBe('present');
		if (id === 'name') expect(stateOf(id, [], { name: '' }).state).toBe('missing');
		else if (id === 'partners') expect(stateOf(id, [], { parties: [party('a')] }).state).toBe('missing');
		else expect(stateOf(id, []).state).toBe('missing');
		expect(stateOf(id, proofs[id], {}, []).state).toBe('left out');
	});

	test('lines near it prove nothing', () => {
		expect(stateOf('objectives', [said('objective', 'x', { topic: 'own' })]).state).toBe('missing');
		expect(stateOf('schedule', [said('date', 'x', { topic: 'impossible' })]).state).toBe('missing');
		expect(stateOf('funds', [said('decision', 'x', { topic: 'mode' })]).state).toBe('missing');
	});

	test('commitments are asked of every partner, and say of whom they are missing', () => {
		const point = stateOf('commitments', [said('role', 'x')]);
		expect([point.state, point.without]).toEqual(['missing', ['Structure b']]);
	});

	test('each missing one leads to a section that exists', () => {
		for (const { id } of agreementContents) {
			const [page, anchor] = placeOfPoint('/c', id).split('#');
			if (anchor) expect(sections.map((one) => one.id)).toContain(anchor);
			else expect(['/c', '/c/partenaires']).toContain(page);
		}
		expect(placeOfPoint('/c', 'funds')).toBe('/c/clarifier#modes');
	});

	test('all of them together: nothing is missing in the text', () => {
		const content = compile(clausesOf(), facts(Object.values(proofs).flat()));
		expect(content.articles.flatMap(({ blocks }) => blocks).filter(({ is }) => is === 'missing')).toEqual([]);
		const empty = compile(clausesOf(), facts());
		const missing = empty.articles.flatMap(({ blocks }) => blocks).flatMap((one) => (one.is === 'missing' ? [one.content] : []));
		expect(missing).toEqual(['objectives', 'methods', 'sessions', 'schedule', 'roles', 'commitments']);
	});
});

describe('variants', () => {
	const partners = agreementArticles.find(({ id }) => id === 'partners')!;
	const called = (...parties: Pick<Party, 'form' | 'law'>[]) =>
		variantsFor(partners.variants, parties).map((one) => `${one.partner} ${one.jurisdiction}`);

	test.each<[string, Pick<Party, 'form' | 'law'>[], string[]]>([
		['a French association', [{ form: 'association', law: 'FR' }], ['association FR']],
		['one of Alsace', [{ form: 'association', law: 'FR-AM' }], ['association FR-AM']],
		['an ASBL', [{ form: 'association', law: 'BE' }], ['association BE']],
		['a town of Moselle takes the French one', [{ form: 'local_authority', law: 'FR-AM' }], ['local_authority FR']],
		['a Belgian company takes the common one', [{ form: 'company', law: 'BE' }], ['company any']],
		[
			'both countries: both stand, each once',
			[
				{ form: 'association', law: 'BE' },
				{ form: 'association', law: 'FR' },
				{ form: 'association', law: 'FR' }
			],
			['association FR', 'association BE']
		],
		['an unknown form calls for none', [{ form: null, law: 'FR' }], []]
	])('%s', (_, parties, expected) => expect(called(...parties)).toEqual(expected));

	test.each<[string, Partial<Parameters<typeof lawOf>[0]>, string]>([
		['nothing known', {}, 'FR'],
		['a commune of Moselle', { communeCode: '57463' }, 'FR-AM'],
		['a commune of Paris', { communeCode: '75120' }, 'FR'],
		['a BCE number', { identifiers: [{ kind: 'bce', value: '0206492907' }] }, 'BE'],
		['a Belgian postcode', { postcode: '1000' }, 'BE'],
		['a volume and a folio', { identifiers: [{ kind: 'alsace', value: 'x' }] }, 'FR-AM']
	])('law: %s', (_, known, law) => {
		expect(
			lawOf({ kind: 'association', communeCode: null, postcode: null, zone: 'Europe/Paris', identifiers: [], ...known })
		).toBe(law);
	});

	test('a house takes the form that its number says', () => {
		expect(formOf({ kind: 'mda', identifiers: [] })).toBe('association');
		expect(formOf({ kind: 'mda', identifiers: [{ kind: 'siren', value: '217500016' }] })).toBe('local_authority');
		expect(formOf({ kind: 'epn', identifiers: [{ kind: 'rna', value: 'W751085568' }] })).toBe('association');
		expect(formOf({ kind: 'other', identifiers: [] })).toBeNull();
		expect(formOf({ kind: 'company', identifiers: [{ kind: 'rna', value: 'W751085568' }] })).toBe('company');
	});
});

describe('what is filled in', () => {
	const money = (id: string, cents: number, topic = 'money') =>
		said('contribution', `Apport ${id}.`, { ...by(id), topic, cents, currency: 'EUR' });

	test('a budget adds money apart from kind, and never mixes currencies', () => {
		const table = tableFor(
			facts([money('a', 10_001), money('b', 20_002), money('a', 500, 'hours'), { ...money('b', 700), currency: 'XPF' }]),
			'budget'
		)!;
		expect(table.rows).toHaveLength(4);
		expect(table.totals.map((row) => [row[0], row[3]!.replaceAll('\u00a0', ' ')])).toEqual([
			['Total en argent', '300,03 €'],
			['Total en argent', '700 FCFP'],
			['Total en nature', '5 €']
		]);
	});

	test('dates run before, during, after; each in the order of days, with its year', () => {
		const dates = facts([
			said('date', 'Bilan', { topic: 'project', phase: 'after', startsOn: '2027-05-10', endsOn: '2027-05-10' }),
			said('date', 'Deux', { topic: 'project', phase: 'during', startsOn: '2027-04-09', endsOn: '2027-04-11' }),
			said('date', 'Un', { topic: 'project', phase: 'during', startsOn: '2027-04-02', endsOn: '2027-04-02' }),
			said('date', 'Dossier', { topic: 'administrative', phase: 'before' })
		]);
		expect(tableFor(dates, 'schedule')!.rows.map((row) => row[2])).toEqual(['Dossier', 'Un', 'Deux', 'Bilan']);
		expect(wordsFor(dates, 'action.start')).toContain('2 avril 2027');
		expect(wordsFor(dates, 'action.end')).toContain('11 avril 2027');
		expect(wordsFor(facts(), 'action.end')).toBeNull();
	});

	test('own objectives, limits and roles say whose they are', () => {
		const about = facts([
			said('objective', 'Être connus.', { topic: 'own' }),
			said('role', 'Répond de la mise en scène.', { ...by('b'), whoPersonName: 'Odile' })
		]);
		expect(listFor(about, 'objectives.own')).toEqual(['Structure a\u00a0: Être connus.']);
		expect(listFor(about, 'roles')).toEqual(['Structure b\u00a0: Répond de la mise en scène (Odile).']);
		expect(commitmentsOf(about, 'b').answersFor).toEqual(['Répond de la mise en scène (Odile).']);
		expect(commitmentsOf(about, 'a')).toMatchObject({ answersFor: [], expects: ['Être connus.'] });
	});

	test('an article of the library says what it said when it came in', () => {
		const [clause] = clausesOf((id) => id === 'purpose');
		const old = { ...clause!, source: { version: 0, gives: [], variants: [], paragraphs: [{ text: 'Ancien texte.' }] } };
		expect(textOf(old, facts())).toBe('Ancien texte.');
	});
});

describe('freezing', () => {
	test('the same content always has the same fingerprint; another has another', () => {
		const content = settled(compile(clausesOf(), facts([said('objective', 'x', { topic: 'common' })])));
		const shuffled = JSON.parse(JSON.stringify(content, Object.keys(content).toReversed().concat(keysIn(content))));
		expect(canonical(shuffled)).toBe(canonical(content));
		expect(canonical(JSON.parse(canonical(content)))).toBe(canonical(content));
		expect(fingerprint(canonical({ ...content, name: 'Autre' }))).not.toBe(fingerprint(canonical(content)));
		expect(canonical({ ...content, name: 'e\u0301te\u0301' })).toBe(canonical({ ...content, name: 'été' }));
	});

	test.each<[string, Partial<Parameters<typeof freezable>[0]>, string | null]>([
		['what was read, for the first time', {}, null],
		['what changed since it was read', { read: 'older' }, 'agreements.changed-since-read'],
		['the same as the last version', { last: 'now' }, 'agreements.same-as-last'],
		['one partner', { parties: 1 }, 'agreements.too-few-partners'],
		['no article', { articles: 0 }, 'agreements.no-article']
	])('%s', (_, over, refused) => {
		const freezing = () => freezable({ sha256: 'now', read: 'now', last: null, parties: 2, articles: 3, ...over });
		if (refused) expect(freezing).toThrow(refused);
		else expect(freezing).not.toThrow();
	});

	test('without a sheet it is an intention; a sheet is not signed tomorrow', () => {
		expect([undefined, { file: null }, { file: 'x' }].map(standingOf)).toEqual(['waiting', 'said', 'signed']);
		expect(() => signedBy('2026-11-23', '2026-11-22')).toThrow('agreements.signed-tomorrow');
		expect(() => signedBy('2026-11-22', '2026-11-22')).not.toThrow();
	});
});

describe('comparing', () => {
	const article = (key: string, text: string, title = key) => ({ key, title, blocks: [{ is: 'text' as const, text }] });
	const states = (before: ReturnType<typeof article>[], after: ReturnType<typeof article>[]) =>
		compare(before, after).map(({ key, state }) => `${key} ${state}`);

	test('what stays, changes, comes, goes and moves is told apart', () => {
		const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((key) => article(key, `Texte ${key}.`)) as [
			ReturnType<typeof article>,
			ReturnType<typeof article>,
			ReturnType<typeof article>,
			ReturnType<typeof article>
		];
		expect(states([a, b, c], [a, b, c])).toEqual(['a same', 'b same', 'c same']);
		expect(states([a, b, c], [a, article('b', 'Autre.'), d, c])).toEqual(['a same', 'b changed', 'd added', 'c same']);
		expect(states([a, b, c], [a, c])).toEqual(['a same', 'b removed', 'c same']);
		expect(states([a, b, c], [b, c, a]).toSorted()).toEqual(['a moved', 'b same', 'c same']);
		expect(states([a], [article('a', 'Texte a.', 'Autre titre')])).toEqual(['a changed']);
	});

	test('both sides keep every word, and the common words are on both', () => {
		const text = fc.array(fc.constantFrom('un', 'deux', 'trois', '« quatre »', '\n\n', '.'), { minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(text, text, (one, two) => {
				const [compared] = compare([article('a', one.join(' '))], [article('a', two.join(' '))]);
				if (compared!.state === 'same') return;
				expect(compared!.before.map((part) => part.text).join('')).toBe(`a\n\n${one.join(' ')}`);
				expect(compared!.after.map((part) => part.text).join('')).toBe(`a\n\n${two.join(' ')}`);
			})
		);
	});
});

function keysIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(keysIn);
	if (value !== null && typeof value === 'object')
		return Object.entries(value).flatMap(([key, inside]) => [key, ...keysIn(inside)]);
	return [];
}
