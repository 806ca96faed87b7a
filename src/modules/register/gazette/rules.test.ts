import { expect, test } from 'vitest';
import { announcementReader, isGazette, kindIn } from './rules.ts';

// The columns of the open data of the gazette, as those who reuse it name them.
const published =
	'source;id;association_type;association_type_libelle;metadonnees_type_code;annonce_type_facette;typeavis;etatavis;dateparution;datedeclaration;parution_numero;numero_annonce;numero_rna;titre;objet;commune_actuelle;codepostal_actuel;domaine_activite_categorise;dca_siren;dca_datecloture';
const usual: Record<string, string> = {
	source: 'joafe',
	id: '202600090001',
	annonce_type_facette: 'Associations loi du 1er juillet 1901/Création/Initial',
	typeavis: 'Création',
	etatavis: 'Initial',
	dateparution: '2026-03-03',
	datedeclaration: '2026-02-20',
	numero_rna: 'W751000001',
	titre: 'LE BANC',
	objet: 'jouer, ensemble'
};
const row = (over: Record<string, string>, header = published): string[] =>
	header.split(';').map((name) => over[name] ?? usual[name] ?? '');
const read = (over: Record<string, string>, header = published) =>
	announcementReader(header.split(';'), [row(over, header)])(row(over, header));

test.each<[string, Record<string, string>, object]>([
	['a whole row', {}, { number: 'W751000001', siren: null, kind: 'created', on: '2026-03-03' }],
	['a day with its hour', { dateparution: '2026-03-03T00:00:00+00:00' }, { on: '2026-03-03' }],
	['a French day', { dateparution: '03/03/2026' }, { on: '2026-03-03' }],
	['a change', { typeavis: 'Modification' }, { kind: 'changed' }],
	['a correction of a dissolution', { typeavis: 'Dissolution', etatavis: 'Rectificatif' }, { kind: 'dissolved' }],
	['a dissolution that is taken back', { typeavis: 'Dissolution', etatavis: 'Annulation' }, { kind: 'cancelled' }],
	['what only the facet says', { typeavis: '', annonce_type_facette: 'Fondations/Dissolution/Initial' }, { kind: 'dissolved' }],
	['no kind at all', { typeavis: '', annonce_type_facette: '' }, { kind: 'unsaid' }],
	['a kind that nobody knows', { typeavis: 'Suspension d’activité' }, { kind: 'other' }],
	[
		'accounts, by SIREN and RNA',
		{ source: 'dca', typeavis: '', dca_siren: '732829320' },
		{ number: 'W751000001', siren: '732829320', kind: 'accounts' }
	],
	[
		'accounts by SIREN alone',
		{ source: 'dca', numero_rna: '', dca_siren: '732 829 320' },
		{ number: '732829320', siren: null, kind: 'accounts' }
	],
	['an old number beside a SIREN', { numero_rna: 'ASS00001', dca_siren: '732829320' }, { number: '732829320' }],
	['a number in small letters', { numero_rna: 'w751000001' }, { number: 'W751000001' }]
])('%s', (_what, over, expected) => {
	expect(read(over)).toMatchObject({ is: 'kept', record: expected });
});

test.each<[string, Record<string, string>, string, string]>([
	['no number', { numero_rna: '' }, 'unnumbered', 'LE BANC'],
	['neither number nor name', { numero_rna: '', titre: '' }, 'unnumbered', '…'],
	['a number of the time before', { numero_rna: 'ASS00001' }, 'number', 'ASS00001'],
	['a number that is too short', { numero_rna: 'W75100000' }, 'number', 'W75100000'],
	['a SIREN that fails its check', { numero_rna: '', dca_siren: '732829321' }, 'number', '732829321'],
	['a rounded number', { numero_rna: '', dca_siren: '7,33E+08' }, 'number', '7,33E+08'],
	['no day', { dateparution: '' }, 'date', ''],
	['a day that is none', { dateparution: '2026-02-31' }, 'date', '2026-02-31'],
	['a year alone', { dateparution: '2026' }, 'date', '2026']
])('%s is rejected', (_what, over, reason, said) => {
	expect(read(over)).toEqual({ is: 'rejected', reason, said });
});

test.each<[string, string[], string[][], boolean]>([
	['as it is published', published.split(';'), [], true],
	['a few of its columns', ['Date de parution', 'N° RNA', "Type d'avis"], [], true],
	['no kind, no contact', ['numero_rna', 'dateparution'], [], true],
	[
		'by what its rows hold',
		['a', 'b', 'date'],
		[
			['W751000001', 'Création', '2026-01-06'],
			['W751000002', 'Dissolution', '']
		],
		true
	],
	['by SIREN', ['siren', 'date_publication', 'nature_annonce'], [], true],
	['a day that may be anything', ['numero_rna', 'date_publication'], [], false],
	['a list with the day of the gazette', ['nom', 'rna', 'telephone', 'date_publication_jo'], [], false],
	['no number', ['titre', 'dateparution', 'typeavis'], [['Le Banc', '2026-01-06', 'Création']], false],
	['no day', ['numero_rna', 'typeavis'], [['W751000001', 'Création']], false],
	[
		'a list of structures',
		['nom', 'rna', 'date de création', 'e-mail'],
		[['Le Banc', 'W751000001', '2010-01-06', 'a@b.fr']],
		false
	],
	['nothing', [''], [], false]
])('is it a file of the gazette: %s', (_what, headers, sample, expected) => {
	expect(isGazette(headers, sample)).toBe(expected);
});

test('columns that no header names are found by their rows', () => {
	const sample = [
		['1', 'W751000001', 'Création', '06/01/2026'],
		['2', 'W751000002', 'Dissolution', '13/01/2026']
	];
	const reader = announcementReader(['n', 'asso', 'quoi', 'date'], sample);
	expect(sample.map(reader)).toMatchObject([
		{ record: { number: 'W751000001', kind: 'created', on: '2026-01-06' } },
		{ record: { number: 'W751000002', kind: 'dissolved', on: '2026-01-13' } }
	]);
});

test.each([
	['Création', 'created'],
	['CREATION', 'created'],
	['modification', 'changed'],
	['Reprise d’activité', 'changed'],
	['Dissolution', 'dissolved'],
	['clôture de liquidation', 'dissolved'],
	['Annulation de création', 'cancelled'],
	['Dépôt de comptes', 'accounts'],
	['', 'unsaid'],
	['12', 'unsaid'],
	['Fusion', 'other']
])('« %s » is %s', (said, kind) => {
	expect(kindIn(said)).toBe(kind);
});
