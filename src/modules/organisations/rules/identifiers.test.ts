import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '#platform/errors.ts';
import { sharedFolder } from '../../../../tests/shared.ts';
import { formatIdentifier, numbersMeant, readIdentifier, type IdentifierKind } from './identifiers.ts';

const shared = sharedFolder();
const dev = path.join(shared ?? '', 'data/dev');

function refusal(kind: IdentifierKind | undefined, text: string): Refused {
	try {
		readIdentifier(kind, text);
	} catch (error) {
		if (error instanceof Refused) return error;
		throw error;
	}
	throw new Error(`« ${text} » was accepted`);
}

describe('a good number is kept in one form, however it was written', () => {
	test.each<[IdentifierKind, string, string, string]>([
		['rna', 'W751085568', 'W751085568', 'W 751 085 568'],
		['rna', ' w 751 085 568 ', 'W751085568', 'W 751 085 568'],
		['rna', 'W9C1000123', 'W9C1000123', 'W 9C1 000 123'],
		['rna', 'W9R4001234', 'W9R4001234', 'W 9R4 001 234'],
		['rna', 'W2A1000001', 'W2A1000001', 'W 2A1 000 001'],
		['siren', '452 474 562', '452474562', '452 474 562'],
		['siren', '452\u00a0474\u202f562', '452474562', '452 474 562'],
		['siret', '775 672 272 00 017', '77567227200017', '775 672 272 00017'],
		['siret', '35600000000048', '35600000000048', '356 000 000 00048'],
		['siret', '356 000 000 49837', '35600000049837', '356 000 000 49837'],
		['bce', '0206.492.907', '0206492907', '0206.492.907'],
		['bce', 'BE 0206 492 907', '0206492907', '0206.492.907'],
		['bce', '206.492.907', '0206492907', '0206.492.907'],
		['ridet', '1 234 567.001', '1234567001', '1 234 567 001'],
		['ridet', '1234567', '1234567', '1 234 567'],
		['tahiti', 'A12345', 'A12345', 'A12 345'],
		['tahiti', '123456-001', '123456001', '123 456 001'],
		['prefecture', ' 2/08825 ', '2/08825', '2/08825'],
		['prefecture', '0751P00085568', '0751P00085568', '0751P00085568'],
		[
			'alsace',
			'Tribunal judiciaire de Strasbourg, volume 92, folio 123',
			'Strasbourg, volume 92, folio 123',
			'Strasbourg, volume 92, folio 123'
		],
		[
			'alsace',
			'Vol. XIV Folio n° 0120 Tribunal d’instance de Metz',
			'Metz, volume XIV, folio 120',
			'Metz, volume XIV, folio 120'
		],
		['alsace', 'Strasbourg, volume 92, folio 123', 'Strasbourg, volume 92, folio 123', 'Strasbourg, volume 92, folio 123']
	])('%s %s', (kind, text, value, shown) => {
		expect(readIdentifier(kind, text)).toEqual({ kind, value });
		expect(formatIdentifier({ kind, value }).replaceAll('\u00a0', ' ')).toBe(shown);
		expect(readIdentifier(kind, formatIdentifier({ kind, value }))).toEqual({ kind, value });
	});
});

test.each<[string, IdentifierKind]>([
	['W751085568', 'rna'],
	['452 474 562', 'siren'],
	['77567227200017', 'siret'],
	['0206.492.907', 'bce'],
	['BE206492907', 'bce'],
	['n° W751085568', 'rna'],
	['N° SIRET : 775 672 272 00017', 'siret'],
	['KBO 0206.492.907', 'bce'],
	['RIDET 1234567', 'ridet'],
	['TAHITI : 123456', 'tahiti'],
	['2/08825', 'prefecture'],
	['751P00085568', 'prefecture'],
	['A12345', 'tahiti'],
	['Mulhouse, volume 3, folio 12', 'alsace']
])('without a kind, %s is read as %s', (text, kind) => {
	expect(readIdentifier(undefined, text).kind).toBe(kind);
});

describe('a wrong number is refused, and the reason says what is wrong', () => {
	test.each<[IdentifierKind | undefined, string, string, object]>([
		['siren', '45247456', 'too-short', { missing: 1, written: 8, expected: 9 }],
		['siren', '4524745620', 'too-long', { extra: 1, written: 10, expected: 9 }],
		['siren', '452474563', 'check', {}],
		['siren', '45247456O', 'letter', { sign: 'O', place: 9 }],
		['siren', '304865000', 'rounded', { written: '304865000' }],
		['siren', '000000000', 'rounded', {}],
		['siret', '8,30E+13', 'rounded', { written: '8,30E+13' }],
		[undefined, '8.14E+13', 'rounded', {}],
		[undefined, '2,43e13', 'rounded', {}],
		['siret', '83012345600000', 'rounded', {}],
		['siret', '77567227200016', 'check', {}],
		['siret', '35600000049838', 'check', {}],
		['rna', '751085568', 'rna-w', {}],
		['rna', 'W75108556', 'too-short', { missing: 1, written: 9, expected: 10 }],
		['rna', 'W75108556O', 'letter', { sign: 'O', place: 10 }],
		['rna', 'W75108556?', 'letter', { sign: '?', place: 10 }],
		['bce', '0206.492.908', 'check', {}],
		['bce', '2206.492.907', 'establishment', {}],
		['bce', '0206 492 9A7', 'letter', { sign: 'A', place: 9 }],
		['tahiti', '12A456', 'letter', { sign: 'A', place: 3 }],
		['tahiti', '1234', 'too-short', { missing: 2, written: 4, expected: 6 }],
		['ridet', '123456789', 'too-short', { missing: 1, written: 9, expected: 10 }],
		['prefecture', 'ancien', 'no-figure', {}],
		['alsace', 'volume 92, tribunal de Strasbourg', 'volume-folio', {}],
		['alsace', 'volume 92, folio 123', 'court', {}],
		[undefined, 'SIREN : 45247456', 'too-short', { missing: 1, written: 8, expected: 9 }],
		[undefined, '   ', 'empty', {}],
		[undefined, 'néant', 'unknown', { written: 'néant' }],
		[undefined, '9'.repeat(5000), 'unknown', {}]
	])('%s %s: %s', (kind, text, code, details) => {
		const refused = refusal(kind, text);
		expect(refused.code).toBe(`organisations.identifier-${code}`);
		expect(refused.details).toMatchObject(details);
	});
});

/** Nine figures that pass Luhn, from any eight. */
const siren = fc.integer({ min: 1, max: 99_999_999 }).map((n) => {
	const base = String(n).padStart(8, '0');
	const last = [...'0123456789'].find((digit) => {
		const sum = [...(base + digit)].toReversed().reduce((total, sign, place) => {
			const doubled = place % 2 ? Number(sign) * 2 : Number(sign);
			return total + Math.floor(doubled / 10) + (doubled % 10);
		}, 0);
		return sum % 10 === 0;
	});
	return base + last;
});

const bce = fc.integer({ min: 1, max: 19_999_999 }).map((n) => {
	return String(n).padStart(8, '0') + String(97 - (n % 97)).padStart(2, '0');
});

test.each([
	['w331 000 019', ['rna W331000019']],
	['SIREN 732 829 320', ['siren 732829320']],
	['732 829 320 00074', ['siret 73282932000074', 'siren 732829320']],
	['BE 0403.170.701', ['bce 0403170701']],
	['403 170 701', ['bce 0403170701']],
	['1030', []],
	['44600', []],
	['akwaba 2024', []],
	['compagnie', []],
	['', []]
])('« %s » may be %j', (text, expected) => {
	const told = numbersMeant(text).map(({ kind, value }) => `${kind} ${value}`);
	expect(told.filter((one) => !/^(ridet|tahiti)/.test(one))).toEqual(expected);
});

test('one figure changed in a SIREN or a BCE number is always caught; one left out too', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('siren' as const, 'bce' as const),
			siren,
			bce,
			fc.nat(9),
			fc.integer({ min: 1, max: 9 }),
			(kind, a, b, place, add) => {
				const good = kind === 'siren' ? a : b;
				const at = place % good.length;
				expect(readIdentifier(kind, good).value).toBe(good);
				const changed = good.slice(0, at) + String((Number(good[at]) + add) % 10) + good.slice(at + 1);
				expect(refusal(kind, changed).code).toMatch(/identifier-(check|rounded|establishment)$/);
				if (kind === 'siren')
					expect(refusal(kind, good.slice(0, at) + good.slice(at + 1)).code).toBe('organisations.identifier-too-short');
			}
		)
	);
});

test('nothing that is typed breaks the reading: a value or a refusal', () => {
	fc.assert(
		fc.property(
			fc.constantFrom<(IdentifierKind | undefined)[]>(
				undefined,
				'rna',
				'siren',
				'siret',
				'bce',
				'ridet',
				'tahiti',
				'alsace',
				'prefecture'
			),
			fc.string({ unit: 'binary', maxLength: 40 }),
			(kind, text) => {
				try {
					const read = readIdentifier(kind, text);
					expect(readIdentifier(read.kind, read.value)).toEqual(read);
				} catch (error) {
					if (!(error instanceof Refused)) throw error;
				}
			}
		)
	);
});

function column(file: string, name: string): string[] {
	const [header = '', ...lines] = readFileSync(path.join(dev, file), 'utf8').split(/\r?\n/);
	const at = header.split(';').indexOf(name);
	return lines.map((line) => line.split(';')[at] ?? '').filter((value) => value !== '');
}

function refusedOf(kind: IdentifierKind, values: string[]): string[] {
	return [...new Set(values)].filter((value) => {
		try {
			return readIdentifier(kind, value).value !== value.replace(/\D/g, '');
		} catch {
			return true;
		}
	});
}

describe.skipIf(!shared)('real numbers (skipped when the folder of real files is absent)', () => {
	test('Brussels: 335 of 337 BCE numbers pass; the two others fail the sum that the register itself uses', () => {
		const rows = JSON.parse(readFileSync(path.join(dev, 'belgique/bruxelles_subsides_2022_a.json'), 'utf8')) as Record<
			string,
			string
		>[];
		const numbers = rows.map((row) => row['Le numéro de BCE du bénéficiaire de la subvention'] ?? '');
		expect(numbers).toHaveLength(337);
		expect(refusedOf('bce', numbers)).toEqual(['0108.141.257', '0625.915.512']);
	});

	test('pairs of names: every SIREN passes', () => {
		const numbers = [
			...column('rapprochement/paires_noms_loire-atlantique.csv', 'siren_a'),
			...column('rapprochement/paires_noms_loire-atlantique.csv', 'siren_b')
		];
		expect(new Set(numbers).size).toBe(1861);
		expect(refusedOf('siren', numbers)).toEqual([]);
	});

	test('grants of Loire-Atlantique: of five wrong SIREN, three are said to be rounded, two to hold a wrong figure', () => {
		const numbers = column('subventions/loire-atlantique_2008-2018.csv', 'Identification du bénéficiaire').filter((value) =>
			/^\d{9}$/.test(value)
		);
		const wrong = refusedOf('siren', numbers);
		expect(wrong.filter((value) => refusal('siren', value).code !== 'organisations.identifier-rounded')).toEqual([
			'384763852',
			'443010874'
		]);
		expect(wrong).toHaveLength(5);
	});

	test('grants of Brittany: every SIRET passes but an invented one (…12345); Toulouse: every one is said to be rounded', () => {
		const numbers = column('subventions/2026_region-bretagne_canonique.csv', 'beneficiary_siret').filter((value) =>
			/^\d{14}$/.test(value)
		);
		expect(numbers.length).toBeGreaterThan(4000);
		expect(refusedOf('siret', numbers)).toEqual(['11735659512345']);
		const rounded = column('subventions/toulouse_2022.csv', 'idBeneficiaire').filter((value) => /E\+/.test(value));
		expect(rounded).toHaveLength(386);
		for (const value of rounded) expect(refusal('siret', value).code).toBe('organisations.identifier-rounded');
	});

	test('the national register: today’s numbers are RNA, the older ones belong to prefectures', () => {
		for (const value of column('rna/rna_sample_waldec.csv', 'id')) expect(readIdentifier(undefined, value).kind).toBe('rna');
		for (const value of column('rna/reencode_test.csv', 'id')) expect(readIdentifier(undefined, value).kind).toBe('prefecture');
	});
});
