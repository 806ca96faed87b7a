import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gather } from './gather.ts';
import { readList } from './list.ts';
import type { Row } from './row.ts';

function rows(text: string): Row[] {
	return readList(new TextEncoder().encode(text)).rows;
}

test('the same name, street and postcode are one organisation, which gains themes', () => {
	const [entry, ...others] = gather(
		rows('Nom;Adresse;CP;Thème\nL’Étoile;3  rue Neuve;34000;Sport\nASSO L’ETOILE;3 rue neuve;34000;Danse\n')
	);
	expect(others).toEqual([]);
	expect(entry).toMatchObject({
		name: 'L’Étoile',
		themes: ['Sport', 'Danse'],
		lines: [2, 3],
		keys: ['name:etoile|3 rue neuve|34000']
	});
});

test.each([
	['another street', 'Nom;Adresse;CP\nL’Étoile;3 rue Neuve;34000\nL’Étoile;4 rue Neuve;34000\n'],
	['another postcode', 'Nom;CP\nL’Étoile;34000\nL’Étoile;34070\n'],
	['another town, no postcode', 'Nom;Ville\nL’Étoile;Alès\nL’Étoile;Nîmes\n'],
	['another number', 'Nom;RNA\nL’Étoile;W341000001\nL’Étoile;W341000002\n'],
	['one older number of a prefecture', 'Nom;Prefecture\nL’Étoile;0001\nLe Club;0001\n']
])('two organisations: %s', (_, text) => {
	expect(gather(rows(text))).toHaveLength(2);
});

test('the same number is one organisation, under two names; what else differs is told', () => {
	const [entry, ...others] = gather(
		rows('Nom;RNA;Mail\nL’Étoile;W341000001;a@exemple.fr\nÉtoile de Sète;W341 000 001;b@exemple.fr\n')
	);
	expect(others).toEqual([]);
	expect(entry).toMatchObject({
		name: 'L’Étoile',
		otherNames: ['Étoile de Sète'],
		email: 'a@exemple.fr',
		told: [{ line: 3, code: 'organisations.import-differs', details: { field: 'email', value: 'b@exemple.fr' } }]
	});
});

test('a line without a number joins its namesake at the same address', () => {
	expect(gather(rows('Nom;CP;RNA\nL’Étoile;34000;W341000001\nL’Étoile;34000;\n'))).toHaveLength(1);
});

function number(n: number): string {
	return `W${340_000_000 + n}`;
}

test('twenty thousand lines of one organisation, or of namesakes with a number each', () => {
	const lines = Array.from({ length: 20_000 }, (_, n) => n);
	const one = gather(rows(`Nom;RNA;Thème\n${lines.map((n) => `Club ${n};${number(1)};t${n}`).join('\n')}`));
	expect(one).toHaveLength(1);
	expect(one[0]?.themes).toHaveLength(20_000);
	expect(gather(rows(`Nom;RNA\n${lines.map((n) => `Club;${number(n)}`).join('\n')}`))).toHaveLength(20_000);
});

test('laws: every line is in one entry; the same list twice makes the same entries', () => {
	const line = fc.record({
		name: fc.constantFrom('L’Étoile', 'Etoile', 'Le Club', 'Les As'),
		cp: fc.constantFrom('', '34000', '30000'),
		rna: fc.constantFrom('', '', 'W341000001', 'W341000002'),
		theme: fc.constantFrom('Sport', 'Danse', '')
	});
	fc.assert(
		fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
			const read = rows(
				`Nom;CP;RNA;Thème\n${lines.map(({ name, cp, rna, theme }) => [name, cp, rna, theme].join(';')).join('\n')}\n`
			);
			const once = gather(read);
			expect(once.flatMap((entry) => entry.lines).toSorted((a, b) => a - b)).toEqual(read.map(({ line }) => line));
			const twice = gather([...read, ...read]);
			expect(twice.map(({ keys }) => keys).toSorted()).toEqual(once.map(({ keys }) => keys).toSorted());
			expect(twice.map(({ themes }) => themes.length)).toEqual(once.map(({ themes }) => themes.length));
		})
	);
});
