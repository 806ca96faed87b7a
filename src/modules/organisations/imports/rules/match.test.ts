import { expect, test } from 'vitest';
import { gather, type Entry } from './gather.ts';
import { readList } from './list.ts';
import { Neighbours } from '../../rules/neighbours.ts';
import { fateOf, newThemes, type Known } from './match.ts';

const entry = (csv: string): Entry => gather(readList(new TextEncoder().encode(csv)).rows)[0]!;
const known = (over: Partial<Known> = {}): Known => ({ id: 'k', name: 'Radio Sorbier', themes: [], numbers: [], ...over });
const none = new Neighbours([]);
const listed = entry('Nom;Adresse;Code postal;Thème;SIREN\nRadio Sorbier;2 rue du Lac;34000;Radio;732829320\n');
const nameKeyOf = listed.keys.at(-1)!;

test('a number is the organisation, whatever its name has become', () => {
	const byKey = new Map([['siren:732829320', [known({ name: 'Tout autre nom', themes: ['radio'] })]]]);
	expect(fateOf(listed, byKey, none)).toMatchObject({ expected: 'known', organisation: { id: 'k' } });
});

test('the same name and address is the organisation, unless their numbers contradict', () => {
	expect(fateOf(listed, new Map([[nameKeyOf, [known()]]]), none)).toMatchObject({ expected: 'themes', themes: ['Radio'] });
	expect(fateOf(listed, new Map([[nameKeyOf, [known({ numbers: ['siren:356000000'] })]]]), none)).toEqual({ expected: 'new' });
});

test('several of that name and address: a person decides', () => {
	expect(fateOf(listed, new Map([[nameKeyOf, [known(), known({ id: 'l' })]]]), none)).toEqual({
		expected: 'likely',
		candidate: 'k'
	});
});

test.each([
	['Radio Sorbbier', 'Radio Sorbier', true],
	['SNOS', 'St-Nazaire olympique sportif', true],
	['St-Nazaire olympique sportif', 'SNOS', true],
	['Compagnie des Tretaux', 'Compagnie des Tréteaux', true],
	['Les Boules du Lac', 'Radio Sorbier', false],
	['♥', '♦', false]
])('« %s » and « %s » in one commune: proposed %s', (ours, theirs, proposed) => {
	expect(new Neighbours([{ id: 'x', name: theirs }]).likeliest(ours) !== null).toBe(proposed);
});

test('themes are added once, whatever their case', () => {
	expect(newThemes(['Musique'], ['MUSIQUE', 'Danse'])).toEqual(['Danse']);
});
