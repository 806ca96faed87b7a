import { expect, test } from 'vitest';
import { cellsOf } from '../rules/rows.ts';
import { grantReader, isGrants } from './rules.ts';

const scdl =
	'nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention';
const of = (header: string, separator = ',') => grantReader(header.split(separator), separator);
const row = (over: Record<string, string>, header = scdl): string[] => {
	const usual: Record<string, string> = {
		nomAttribuant: 'Ville de Valsorbier',
		dateConvention: '2026-03-04',
		nomBeneficiaire: 'Le Banc',
		idBeneficiaire: '73282932000074',
		montant: '1200',
		nature: 'aide en numéraire'
	};
	return header.split(',').map((name) => over[name] ?? usual[name] ?? '');
};
const read = (over: Record<string, string>) => of(scdl).read(row(over));

test.each<[string, Record<string, string>, object]>([
	['a whole row', {}, { giver: 'Ville de Valsorbier', siren: '732829320', cents: 120_000, on: '2026-03-04', dayKnown: true }],
	['a SIREN alone', { idBeneficiaire: '732 829 320' }, { siren: '732829320', unverified: null }],
	['a RNA number', { idBeneficiaire: '', rnaBeneficiaire: 'W333216789' }, { siren: null, rna: 'W333216789' }],
	['a rounded number', { idBeneficiaire: '8,30E+13' }, { siren: null, rna: null, unverified: '8,30E+13' }],
	['figures ended by a spreadsheet', { idBeneficiaire: '83012345600000' }, { siren: null, unverified: '83012345600000' }],
	['a point that was added', { idBeneficiaire: '73282932000074.0' }, { siren: null, unverified: '73282932000074.0' }],
	['a year', { dateConvention: '2014' }, { on: '2014-01-01', dayKnown: false }],
	['a French day', { dateConvention: '06/12/2022' }, { on: '2022-12-06', dayKnown: true }],
	['the first day of its payments', { dateConvention: '', datesPeriodeVersement: '2022-02-20_2022-12-31' }, { on: '2022-02-20' }],
	['a comma', { montant: '58\u00a0400,25 €' }, { cents: 5_840_025 }],
	['a machine’s decimals', { montant: '299.666666' }, { cents: 29_967 }]
])('%s is read', (_what, over, expected) => {
	expect(read(over)).toMatchObject({ is: 'kept', record: expected });
});

test.each<[string, Record<string, string>, string]>([
	['no name', { nomBeneficiaire: ' ' }, 'name'],
	['no number: nobody knows of whom it speaks', { idBeneficiaire: '-' }, 'unnumbered'],
	['an amount that may mean two', { montant: '1.234' }, 'amount'],
	['no amount', { montant: '' }, 'amount'],
	['no date', { dateConvention: '' }, 'date'],
	['a day that is none', { dateConvention: '2026-02-31' }, 'date']
])('%s is rejected', (_what, over, reason) => {
	expect(read(over)).toMatchObject({ is: 'rejected', reason });
});

test('two grants of one day differ by what they are for, which is not kept', () => {
	const [a, b, c] = [read({ objet: 'Fête' }), read({ objet: 'Loyer' }), read({ objet: 'Fête' })].map((fate) =>
		fate.is === 'kept' ? fate.record : null
	);
	expect(a!.fingerprint).not.toBe(b!.fingerprint);
	expect(a).toEqual(c);
	expect(JSON.stringify(a)).not.toContain('Fête');
});

test('commas that nobody quoted are put back where one reading fits, and nowhere else', () => {
	const mended = (over: Record<string, string>) => {
		const { mend, read: readRow } = of(scdl);
		const cells = cellsOf(row(over).join(','), ',') as string[];
		const whole = mend(cells);
		return whole && readRow(whole);
	};
	expect(mended({ montant: '58 400,00' })).toMatchObject({ is: 'kept', record: { cents: 5_840_000, siren: '732829320' } });
	expect(mended({ montant: '58 400,00', conditionsVersement: 'un acompte, puis le solde, sur pièces' })).toMatchObject({
		record: { cents: 5_840_000 }
	});
	expect(mended({ objet: 'Fête, jeux, bal', montant: '800' })).toMatchObject({
		record: { beneficiary: 'Le Banc', cents: 80_000 }
	});
	expect(mended({ pourcentageSubvention: '0,5' })).toMatchObject({ record: { cents: 120_000 } });
	// 1,50 or 50? Two columns of amounts in one.
	expect(mended({ montant: '', objet: 'a,b,c,d,e,f,g,h,i,j,k' })).toBe(null);
	expect(
		of('beneficiaire,siret,objet,montant,annee,suite').mend('Le Banc,73282932000074,bal,12,50,2014,2015'.split(','))
	).toEqual(['Le Banc', '73282932000074', 'bal', '12,50', '2014', '2015']);
});

test.each([
	[scdl, true],
	[
		"Nom de l'attribuant,Date de la convention de subvention,Nom du bénéficiaire,Identification du bénéficiaire,Montant total de la subvention",
		true
	],
	['beneficiary_name_raw,beneficiary_siret,donor_name_raw,amount_eur,date_convention', true],
	['id,titre,objet,position', false],
	['nom,siret,montant', false],
	['', false]
])('%s tells of grants: %s', (header, expected) => {
	expect(isGrants(header.split(','))).toBe(expected);
});
