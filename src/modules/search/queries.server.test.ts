import { expect, test } from 'vitest';
import type { Person } from '#platform/actor.ts';
import { inTransaction } from '#platform/context.server.ts';
import { actorFor } from '../../../seeds/world.ts';
import { plantValley } from '../../../seeds/valley.ts';
import { testDatabase } from '../../../tests/database.ts';
import { kinds, type Kind } from './forms.ts';
import { search } from './queries.server.ts';

const { db } = await testDatabase();
const now = new Date('2026-11-20T09:00:00Z');
await plantValley(db, now);
const { id } = await db.selectFrom('persons').select('id').where('email', '=', 'nadia@example.org').executeTakeFirstOrThrow();
const nadia: Person = await actorFor(db, id, now);

const ask = (question: string, kind: Kind | null = null, page = 1, actor: Person | null = nadia) =>
	inTransaction(db, { actor: actor ?? { is: 'stranger' }, now, mode: 'read' }, (context) =>
		search(context, { question, kind, page })
	);
const said = (pieces: { text: string }[]) => pieces.map(({ text }) => text).join('');

/** What people of the valley look for, as they type it, and what they mean. */
const known: [question: string, kind: Kind, means: string][] = [
	// as it is written, without capitals, without accents
	['Compagnie des Tréteaux', 'structures', 'Compagnie des Tréteaux'],
	['compagnie des treteaux', 'structures', 'Compagnie des Tréteaux'],
	['fil et lumiere', 'structures', 'Fil et Lumière'],
	['MEMOIRES DE LA BUTTE', 'structures', 'Mémoires de la Butte'],
	['jean luc thevenot', 'personnes', 'Jean-Luc Thévenot'],
	['choeur', 'structures', 'Chœur des Voisins'],
	// one word, a part of a word
	['tréteaux', 'structures', 'Compagnie des Tréteaux'],
	['nadia', 'personnes', 'Nadia Benali'],
	['belk', 'personnes', 'Karim Belkacem'],
	['avril', 'cooperations', 'Avril enchanté'],
	['chapeau', 'lignes', 'L’entrée est gratuite, avec un chapeau à la sortie.'],
	// plurals and other forms
	['radios', 'structures', 'Radio Sorbier'],
	['les ateliers du soleil', 'structures', 'L’Atelier du Soleil'],
	['fondations sorbier', 'structures', 'Fondation Sorbier'],
	['affiches', 'lignes', 'Choisir l’image de l’affiche.'],
	['subventions', 'lignes', 'Une subvention de la Ville.'],
	['journaux quartier', 'cooperations', 'Journal des Envierges'],
	['recits relire', 'lignes', 'Recueillir les récits et les faire relire par celles et ceux qui les donnent.'],
	// one mistake of the fingers: a letter too few, too many, another, two in the wrong order
	['tretaux', 'structures', 'Compagnie des Tréteaux'],
	['attelier soleil', 'structures', 'L’Atelier du Soleil'],
	['passerele', 'structures', 'La Passerelle'],
	['colporteru', 'structures', 'Le Petit Colporteur'],
	['conpagnie treteaux', 'structures', 'Compagnie des Tréteaux'],
	['sorbeir', 'structures', 'Radio Sorbier'],
	['odlie marchand', 'personnes', 'Odile Marchand'],
	['roussell', 'personnes', 'Hélène Roussel'],
	['avril anchanté', 'cooperations', 'Avril enchanté'],
	['esplanande', 'lignes', 'Autorisation de jouer sur l’esplanade'],
	['vancances', 'lignes', 'La salle est prise pendant les vacances.'],
	['gratiute', 'lignes', 'L’entrée est gratuite, avec un chapeau à la sortie.'],
	// two words the other way round
	['treteaux compagnie', 'structures', 'Compagnie des Tréteaux'],
	['Marchand Odile', 'personnes', 'Odile Marchand'],
	['enchanté avril', 'cooperations', 'Avril enchanté'],
	['vacances salle', 'lignes', 'La salle est prise pendant les vacances.'],
	// abbreviations, themes, places
	['cie des treteaux', 'structures', 'Compagnie des Tréteaux'],
	['mda valsorbier', 'structures', 'Maison des associations de Valsorbier'],
	['mairie valsorbier', 'structures', 'Ville de Valsorbier'],
	['danse', 'structures', 'Danse en marche'],
	['artisanat', 'structures', 'Fil et Lumière'],
	['jardins montpellier', 'structures', 'Les Jardins du Canal'],
	// articles of the agreement
	['desaccord', 'articles', 'désaccord'],
	['preambules', 'articles', 'Préambule']
];

test.each(known)('« %s » is found among %s', async (question, kind, means) => {
	const { groups } = await ask(question);
	const firsts = groups.find((group) => group.kind === kind)!.things.map(({ title, text }) => said(title) || said(text));
	expect(firsts.some((one) => one.includes(means))).toBe(true);
});

test('a mistake of the fingers is said, with the words that were found', async () => {
	expect((await ask('conpagnie treteaux')).meant).toBe('Compagnie Tréteaux');
	expect((await ask('compagnie treteaux')).meant).toBeNull();
	expect((await ask('zzyzzyva')).meant).toBeNull();
});

test.each([
	'',
	' ',
	'a',
	'le',
	'de la',
	'%',
	'_',
	'\\',
	"'",
	'" or 1=1 --',
	'( & | ! :* <->',
	'🎭🎭',
	'\u202e',
	'𝕬',
	'é',
	'--',
	'٣'
])('%j is answered by a sentence or by nothing', async (question) => {
	const { unasked, groups } = await ask(question);
	if (unasked) expect(groups).toEqual([]);
	else expect(groups).toHaveLength(kinds.length);
});

test('a very long question, and one of a single word without end', async () => {
	await expect(ask('salle '.repeat(2000))).resolves.toMatchObject({ unasked: null });
	await expect(ask('x'.repeat(10_000))).resolves.toMatchObject({ unasked: null, meant: null });
	await expect(ask(Array.from({ length: 300 }, (_, i) => `mot${i}`).join(' '))).resolves.toMatchObject({ meant: null });
});

test('a stranger finds nothing, and a page beyond the last is the last', async () => {
	const { groups } = await ask('avril', null, 1, null);
	expect(groups.map(({ count }) => count)).toEqual(kinds.map(() => 0));
	const last = await ask('repetition', 'lignes', 99);
	expect(last.page).toBe(last.pages);
	expect(last.groups.find(({ kind }) => kind === 'lignes')!.things.length).toBeGreaterThan(0);
});

test('a count says what its page lists', async () => {
	const { groups } = await ask('quartier');
	for (const { kind, count } of groups) {
		const alone = (await ask('quartier', kind)).groups.find((group) => group.kind === kind)!;
		expect(alone.things).toHaveLength(Math.min(20, count));
	}
});
