import { expect, test } from 'vitest';
import { activityOf, readCodes } from './codes.ts';

test('a table of codes, whatever its columns, its encoding and what a spreadsheet did to it', () => {
	const latin = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
	expect(readCodes('rna-object', latin('code;libelle\n11095;pétanque\n006050;théâtre\n'))).toEqual({
		codes: [
			{ code: '011095', label: 'pétanque' },
			{ code: '006050', label: 'théâtre' }
		],
		refused: 1
	});
	expect(readCodes('naf', 'Activités de clubs de sports,9312Z\n"Arts, spectacle",90.01Z').codes).toEqual([
		{ code: '93.12Z', label: 'Activit\u00e9s de clubs de sports' },
		{ code: '90.01Z', label: 'Arts, spectacle' }
	]);
	expect(readCodes('nace-2008', '')).toEqual({ codes: [], refused: 0 });
});

test('an activity stands in the list of its register and of its year', () => {
	expect(activityOf('sirene', '93.12Z')).toEqual({ list: 'naf', code: '93.12Z' });
	expect(activityOf('bce', '2025:94991')).toEqual({ list: 'nace-2025', code: '94991' });
	expect(activityOf('bce', 'x')).toBeNull();
});
