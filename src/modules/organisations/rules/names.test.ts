import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initials, nameKey } from './names.ts';

test.each([
	['Association Les Têtes de Bois', 'LES TETES DE BOIS'],
	['L’Avitarelle', "l'avitarelle"],
	['Mémoires & Cœurs', 'Memoires et coeurs'],
	['A.P.P.E.L Radio Terra One', 'APPEL radio terra one'],
	['Le Petit Théâtre ASBL', 'petit theatre'],
	['Het Huis vzw', 'het huis'],
	['Amis du jardin (association loi 1901)', 'Amis du jardin'],
	['Jardin\u00a0des  Sources', 'Jardin des sources'],
	['Été', 'E\u0301te\u0301']
])('%s and %s are one name', (a, b) => {
	expect(nameKey(a)).toBe(nameKey(b));
});

test.each([
	['Amicale des Sources', 'Amicale de la Source'],
	['Club 1', 'Club 2'],
	['ASBL', 'Association'],
	['♥', '☀'],
	['Théâtre à côté', 'Théâtre d’à côté de Lyon']
])('%s and %s are two names', (a, b) => {
	expect(nameKey(a)).not.toBe(nameKey(b));
});

test.each([
	['Compagnie des Tréteaux', 'CT'],
	['L’Atelier du Soleil', 'AS'],
	['Mémoires de la Butte', 'MB'],
	['Ville de Paris', 'VP'],
	['Fondation', 'FO'],
	['Association des Œuvres laïques', 'OL'],
	['Association', 'AS'],
	['280 communications', '2C'],
	['Été', 'ET'],
	['À', 'A'],
	['♥', '?'],
	['', '?']
])('the piece of %s bears %s', (name, letters) => {
	expect(initials(name)).toBe(letters);
});

test('initials are never more than two signs and never empty', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (name) => [...initials(name)].length >= 1 && initials(name).length <= 6)
	);
});
