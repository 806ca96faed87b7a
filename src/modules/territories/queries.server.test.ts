import { describe, expect, test } from 'vitest';
import { communeFor, findCommune, searchCommunes } from './queries.server.ts';
import { communeInFull, communeLabel, placeKey, zoneOf } from './rules.ts';

describe('a few typed signs find the commune', () => {
	test.each([
		['montpellier', '34172'],
		['MONTPELLIER', '34172'],
		['34172', '34172'],
		['34070', '34172'],
		['paris', '75056'],
		['paris 20', '75120'],
		['paris 2', '75102'],
		['Paris 20e', '75120'],
		['paris 20ème arrondissement', '75120'],
		['75020', '75120'],
		['lyon 3', '69383'],
		['st denis 93', '93066'],
		['saint-denis 974', '97411'],
		['st denis reunion', '97411'],
		['saint denis la réunion', '97411'],
		['paris xx', undefined],
		['la haye les roses', undefined],
		['l hay les roses', '94038'],
		['L’Haÿ-les-Roses', '94038'],
		['hay les', '94038'],
		['saint etienne', '42218'],
		['ste foy les lyon', '69202'],
		['noumea', '98818'],
		['bastia', '2B033'],
		['2b033', '2B033'],
		['cayenne', '97302']
	])('%s → %s', (text, code) => {
		expect(searchCommunes(text)[0]?.code).toBe(code);
	});

	test('the beginning of a name finds the most peopled first; the limit holds', () => {
		const found = searchCommunes('montp', 5);
		expect(found).toHaveLength(5);
		expect(found[0]?.name).toBe('Montpellier');
		expect(searchCommunes('')).toEqual([]);
		expect(searchCommunes('   —  ')).toEqual([]);
		expect(searchCommunes('zzzz')).toEqual([]);
		expect(searchCommunes('a'.repeat(100_000))).toEqual([]);
	});

	test('a former commune leads to today’s, and says its own name', () => {
		expect(searchCommunes('arbignieu')[0]).toMatchObject({ code: '01015', name: 'Arboys en Bugey', formerName: 'Arbignieu' });
		expect(findCommune('01340')?.code).toBe('01015');
	});

	test('nothing is found twice', () => {
		const codes = searchCommunes('saint', 200).map(({ code }) => code);
		expect(new Set(codes).size).toBe(200);
	});
});

test('codes: communes, arrondissements, Corsica, overseas; nothing for what does not exist', () => {
	expect(findCommune('75120')).toMatchObject({ name: 'Paris 20e Arrondissement', parent: '75056', department: '75' });
	expect(findCommune('2a004')?.name).toBe('Ajaccio');
	expect(findCommune('98818')?.name).toBe('Nouméa');
	expect(findCommune('97502')?.departmentName).toBe('Saint-Pierre-et-Miquelon');
	expect(findCommune('00000')).toBeNull();
	expect(findCommune('')).toBeNull();
});

describe('a town and a postcode from a list', () => {
	test.each([
		['', '34070', '34172'],
		['Montpellier', '34070', '34172'],
		['MONTPELLIER CEDEX 2', '34961', '34172'],
		['Montpellier', '', '34172'],
		['MONTPELLIER', '0', '34172'],
		['Clermont-Ferrand', '63000', '63113'],
		['PARIS', '75014', '75114'],
		['PARIS', '75116', '75116'],
		['Lyon 03', '69003', '69383'],
		['Lyon 03', '', '69383'],
		['Evry', '91000', '91228'],
		['Paris', '', '75056'],
		['HAVRE (LE)', '76600', '76351'],
		['Bourg-en-Bresse', '1000', '01053'],
		['St Denis', '97400', '97411'],
		['Arbignieu', '01300', '01015'],
		['L’Union', '31240', '31561'],
		['AJACCIO CEDEX 1', '20186', '2A004'],
		['Bourg-la-Reine', 'F-92340', '92014']
	])('%s %s → %s', (name, postcode, code) => {
		const match = communeFor(name, postcode);
		expect(match.found === 'one' ? match.commune.code : match).toBe(code);
	});

	test.each([
		['Saint-Gilles', '1060'],
		['Bruxelles', '1000'],
		['Courcelles', '6180'],
		['', '1000'],
		['Montpellier', '75020'],
		['Nulle Part', '34000'],
		['', ''],
		['', '0']
	])('%s %s → none', (name, postcode) => {
		expect(communeFor(name, postcode)).toEqual({ found: 'none' });
	});

	test('a name that many bear, or a postcode that many share, is not guessed', () => {
		expect(communeFor('Saint-Denis', '').found).toBe('several');
		expect(communeFor('', '01300').found).toBe('several');
	});
});

test('zones: each department overseas has its own, islands included', () => {
	expect(
		[
			'34172',
			'97105',
			'97209',
			'97302',
			'97411',
			'97502',
			'97611',
			'97701',
			'97801',
			'98613',
			'98735',
			'98818',
			'98731',
			'98719',
			'2A004',
			null
		].map(zoneOf)
	).toEqual([
		'Europe/Paris',
		'America/Guadeloupe',
		'America/Martinique',
		'America/Cayenne',
		'Indian/Reunion',
		'America/Miquelon',
		'Indian/Mayotte',
		'America/St_Barthelemy',
		'America/Marigot',
		'Pacific/Wallis',
		'Pacific/Tahiti',
		'Pacific/Noumea',
		'Pacific/Marquesas',
		'Pacific/Gambier',
		'Europe/Paris',
		'Europe/Paris'
	]);
	for (const zone of new Set(['98731', '98719', '97502', '97801'].map(zoneOf)))
		expect(new Intl.DateTimeFormat('fr', { timeZone: zone }).resolvedOptions().timeZone).toBeTruthy();
});

function label(code: string): string {
	return communeLabel(findCommune(code) ?? { name: '' });
}

test('labels', () => {
	expect(label('75120')).toBe('Paris 20e');
	expect(label('34172')).toBe('Montpellier');
	const reunion = findCommune('97411');
	expect(reunion && communeInFull(reunion)).toBe('Saint-Denis (La Réunion)');
	expect(placeKey('Œuilly')).toBe(placeKey('OEUILLY'));
});
