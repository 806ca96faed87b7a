import { expect, test } from 'vitest';
import { nameKey } from './names.ts';

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
