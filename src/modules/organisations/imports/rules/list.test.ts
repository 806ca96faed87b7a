import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { m } from '#words';
import { Refused } from '#platform/errors.ts';
import { sharedFolder } from '../../../../../tests/shared.ts';
import { fieldOf } from './columns.ts';
import { gather } from './gather.ts';
import { type ReadList, readList } from './list.ts';
import { sketchOf } from './sketch.ts';

const shared = sharedFolder();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(text: string | Uint8Array, filename = ''): ReadList {
	const list = readList(typeof text === 'string' ? utf8(text) : text, filename);
	// Nothing is lost in silence, whatever was given.
	const header = list.header && list.format !== 'json' ? 1 : 0;
	expect(list.rows.length + list.rejected.length + list.empty + list.preamble + header).toBe(list.lines);
	return list;
}

function refusal(text: string | Uint8Array, filename = ''): Refused {
	try {
		read(text, filename);
	} catch (error) {
		if (error instanceof Refused) return error;
		throw error;
	}
	throw new Error('the list was accepted');
}

const names = (list: ReadList): string[] => list.rows.map(({ name }) => name);
const told = (list: ReadList): string[] =>
	list.rows.flatMap((row) => row.told.map(({ code }) => code.replace('organisations.', '')));

test.each([
	['NomAsso', 'name'],
	['Nom de l’association', 'name'],
	['NOM_STRUCTURE', 'name'],
	['Nom du bénéficiaire de la subvention', 'name'],
	['Titre', 'name'],
	['Dénomination sociale', 'name'],
	['Raison sociale', 'name'],
	['Association', 'name'],
	['Naam', 'name'],
	['Sigle', 'sigle'],
	['Code_Postal', 'postcode'],
	['CP', 'postcode'],
	['adrs_codepostal', 'postcode'],
	['Ville', 'commune'],
	['CP + Ville', 'commune'],
	['Code postal et commune', 'commune'],
	['Commune', 'commune'],
	['Gemeente', 'commune'],
	['Code INSEE', 'communeCode'],
	['Objet', 'purpose'],
	['Domaine', 'themes'],
	['Sous-Domaine', 'themes'],
	['INTERNET', 'website'],
	['Site web', 'website'],
	['E-mail', 'email'],
	['Adresse mail', 'email'],
	['Courriel', 'email'],
	['N° RNA', 'rna'],
	['N°SIRET', 'siret'],
	['Le numéro de BCE du bénéficiaire de la subvention', 'bce'],
	['Pays', 'country'],
	['Adresse', 'street'],
	['Numéro de maison', 'houseNumber'],
	['L’Association', null],
	['Le Club', null],
	['Montant octroyé', null],
	['Téléphone', 'phone'],
	['Tél. portable', 'phone'],
	['telephone1', 'phone'],
	['N° de téléphone', 'phone'],
	['Téléphone du président', null],
	['Email du président', null],
	['Dénomination usuelle', 'otherNames'],
	['denominationUsuelle1UniteLegale', 'otherNames'],
	['Enseigne', 'otherNames'],
	['Association (nom)', 'name'],
	['Sigle / acronyme', 'sigle'],
	['SIREN / SIRET', 'register'],
	['Code commune INSEE', 'communeCode'],
	['C.P.', 'postcode'],
	['Complément d’adresse', 'street'],
	['Activité(s) principale(s)', 'purpose'],
	['objet_social1', null],
	['Discipline', 'themes'],
	['Public visé', 'audiences'],
	['Tranche d’âge', 'audiences'],
	['Fédération', 'networks'],
	['Nombre de bénévoles', 'volunteers'],
	['Nb salariés', 'employees'],
	['Nombre d’adhérents', null],
	['Date de création', null],
	['Url du site internet', 'website'],
	['Nom de l’attribuant', null],
	['Nom du président', null],
	['Latitude', null],
	['', null]
])('the header « %s » is %s', (header, field) => {
	expect(fieldOf(header)).toBe(field);
});

describe('what a list is written in', () => {
	const text = 'Nom;Ville;Objet\r\nÉtoile œuvrière;Besançon;« Être là », dès l’été\r\nLes Fées;Nîmes;Contes\r\n';

	test.each([
		['UTF-8', utf8(text), 'utf-8'],
		['UTF-8 with its mark', utf8(`\ufeff${text}`), 'utf-8'],
		['UTF-16 LE with its mark', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le'],
		['UTF-16 BE with its mark', iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be'],
		['UTF-16 LE without', iconv.encode(text, 'utf-16le'), 'utf-16le'],
		['UTF-16 BE without', iconv.encode(text, 'utf-16be'), 'utf-16be'],
		['Windows-1252', iconv.encode(text, 'windows-1252'), 'windows-1252'],
		['an old Mac', iconv.encode(text, 'macintosh'), 'macintosh']
	])('%s', (_, bytes, encoding) => {
		const list = read(bytes, 'liste.csv');
		expect(list.encoding).toBe(encoding);
		expect(list.separator).toBe(';');
		expect(list.rows[0]).toMatchObject({
			name: 'Étoile œuvrière',
			commune: 'Besançon',
			purpose: '« Être là », dès l’été',
			line: 2
		});
		expect(list.rows[1]?.name).toBe('Les Fées');
	});

	test('what was encoded twice, or three times, is read once more each time', () => {
		const wrongly = (said: string) => iconv.decode(Buffer.from(said), 'windows-1252');
		const row = { name: 'Étoile œuvrière', purpose: '« Être là », dès l’été', commune: 'Besançon' };
		for (const written of [wrongly(text), wrongly(wrongly(text))]) {
			const list = read(written);
			expect(list.rows[0]).toMatchObject(row);
			expect(list.told).toMatchObject([{ code: 'organisations.import-twice-encoded' }]);
		}
		expect(read(text).told).toEqual([]);
	});

	test('Latin-9, where œ is not where Windows has it', () => {
		const list = read(iconv.encode('Nom;Ville\nÉtoile œuvrière;Besançon\n', 'iso-8859-15'));
		expect(list).toMatchObject({ encoding: 'iso-8859-15', rows: [{ name: 'Étoile œuvrière' }] });
	});

	test('DOS', () => {
		expect(names(read(iconv.encode('Nom;Ville\r\nFête à Noël;Alès\r\nThéâtre;Nîmes\r\n', 'cp850')))).toEqual([
			'Fête à Noël',
			'Théâtre'
		]);
	});

	test('a letter broken on the way shows, and its row says so; the others are untouched', () => {
		const list = read(
			Buffer.concat([utf8('Nom;Ville\nThéâtre élan été;Nîmes\nÉcole là-bas;Alès\nCaf'), Buffer.from([0xe9]), utf8(';Uzès\n')])
		);
		expect(list.encoding).toBe('utf-8');
		expect(names(list)).toEqual(['Théâtre élan été', 'École là-bas', 'Caf\ufffd']);
		expect(told(list)).toEqual(['import-lost-letters']);
	});

	test('invisible signs are taken out, and told', () => {
		const list = read(`Nom;Ville\nLe\u0007 Club;Alès\n${'Les Amis;Nîmes\n'.repeat(3)}`);
		expect(list.rows[0]?.name).toBe('Le Club');
		expect(told(list)).toEqual(['import-control-signs']);
	});
});

describe('how its columns are cut', () => {
	test.each([',', ';', '\t', '|'] as const)('separator %j', (separator) => {
		const list = read(
			['Nom', 'Code postal', 'Site'].join(separator) + '\n' + ['Le Club', '34070', 'www.club.fr'].join(separator) + '\n'
		);
		expect(list.separator).toBe(separator);
		expect(list.rows[0]).toMatchObject({ name: 'Le Club', postcode: '34070', website: 'https://www.club.fr' });
	});

	test('quotes: separators, quotes and ends of line inside a cell; lines are counted where they begin', () => {
		const list = read('\ufeff"Nom","Objet"\r\n"Club ""Les As"", sport","Deux\nlignes, ici"\r\n"Autre","x"');
		expect(list.rows.map(({ name, purpose, line }) => [name, purpose, line])).toEqual([
			['Club "Les As", sport', 'Deux lignes, ici', 2],
			['Autre', 'x', 4]
		]);
	});

	test('mixed ends of line', () => {
		expect(names(read('Nom;Ville\r\nA1;Alès\rB2;Nîmes\nC3;Uzès'))).toEqual(['A1', 'B2', 'C3']);
	});

	test('a quote that never closes swallows nothing', () => {
		const list = read('Nom;Ville\n"Les As;Nîmes\nLe Club;Alès\nL’Union;Uzès\n');
		expect(names(list)).toEqual(['"Les As', 'Le Club', 'L’Union']);
		expect(list.told.map(({ code }) => code)).toEqual(['organisations.import-quotes']);
	});

	test('two stray quotes, lines apart, swallow nothing either; a long text in quotes stays one cell', () => {
		const stray = read('Nom;Ville\n"Les As;Nîmes\nLe Club;Alès\nL’Union;Uzès\nFoyer";Sète\nAutre;Agde\n');
		expect(names(stray)).toEqual(['"Les As', 'Le Club', 'L’Union', 'Foyer"', 'Autre']);
		const long = read('Nom,Objet,Ville\nA1,"un, deux, trois\nquatre, cinq, six",Alès\nB2,x,Nîmes\nC3,x,Uzès\n');
		expect(names(long)).toEqual(['A1', 'B2', 'C3']);
	});

	test('a file that means its quotes keeps its ends of line and separators inside them', () => {
		expect(names(read('Nom;Objet\n"A ""b""";"x\ny;z"\nC;D\n'))).toEqual(['A "b"', 'C']);
	});

	test('headers said once more, in the middle or in another language, come back as what they are', () => {
		const list = read('Nom;Sigle;Code postal\nname;acronym;postcode\nLe Club;LC;34000\nNom;Sigle;Code postal\nLes As;;34000\n');
		expect(names(list)).toEqual(['Le Club', 'Les As']);
		expect(list.rejected.map(({ code, line }) => [code, line])).toEqual([
			['organisations.import-header-again', 2],
			['organisations.import-header-again', 4]
		]);
	});

	test('a title that fills several cells above the header', () => {
		const list = read('Annuaire des associations;;\nMis à jour;2026;\nNom;Ville;CP\nLe Club;Nantes;44000\n');
		expect(list).toMatchObject({ header: true, preamble: 2, rows: [{ name: 'Le Club', commune: 'Nantes' }] });
	});

	test('« Nom usuel » is the name where no other column is, and another name beside one', () => {
		expect(read('SIRET;Dénomination usuelle\n73282932000074;Le Club\n').rows[0]).toMatchObject({
			name: 'Le Club',
			otherNames: []
		});
		expect(read('Dénomination;Enseigne\nClub SAS;Le Club\n').rows[0]).toMatchObject({
			name: 'Club SAS',
			otherNames: ['Le Club']
		});
	});

	test('a name that begins with quoted words', () => {
		expect(names(read('Nom;Ville\n"Un toit" pour tous;Nîmes\n'))).toEqual(['"Un toit" pour tous']);
	});

	test('a line too long comes back, a line too short is kept and told', () => {
		const list = read('Nom,Ville,Objet\nLe Club,Alès,Jouer, chanter\nL’Union,Uzès\nLes As,Nîmes,Jouer,,\n');
		expect(names(list)).toEqual(['L’Union', 'Les As']);
		expect(list.rejected).toEqual([
			{
				line: 2,
				code: 'organisations.import-row-too-long',
				details: { cells: 4, expected: 3 },
				raw: ['Le Club', 'Alès', 'Jouer', ' chanter']
			}
		]);
		expect(told(list)).toEqual(['import-row-short']);
	});

	test('a title above the header, empty lines, a line without a name', () => {
		const list = read('Annuaire 2026;;\n\nNom;Ville;Objet\nLe Club;Alès;x\n;;\n\n;Nîmes;Jouer\n');
		expect(list).toMatchObject({ preamble: 2, empty: 2, lines: 7 });
		expect(names(list)).toEqual(['Le Club']);
		expect(list.rejected).toMatchObject([{ line: 7, code: 'organisations.import-no-name' }]);
	});

	test('headers that are not used are said', () => {
		expect(read('Nom;Fax;Montant\nLe Club;04 67 00 00 00;12\n').ignored).toEqual(['Fax', 'Montant']);
	});

	test('beside a first name, « Nom » is a person’s', () => {
		expect(names(read('Structure;Nom;Prénom\nLe Club;Durand;Zoé\n'))).toEqual(['Le Club']);
		expect(refusal('Nom;Prénom;Ville\nDurand;Zoé;Nîmes\n').code).toBe('organisations.import-no-names');
		expect(names(read('LA STRUCTURE;;PRÉSIDENCE;\nNom;Ville;Nom;Prénom\nLe Club;Nîmes;Durand;Zoé\n'))).toEqual(['Le Club']);
		expect(refusal('Nom;Ville;Nom;Tél;Prénom\nDurand;Nîmes;x;y;Zoé\n').code).toBe('organisations.import-no-names');
	});

	test('a header of two lines, as merged cells leave it', () => {
		const list = read('Nom;Adresse;;;Contact;\n;Rue;CP;Ville;Tél.;Mail\nLe Club;1 rue A;34000;Montpellier;0467000000;a@b.fr\n');
		expect(list).toMatchObject({ preamble: 1, lines: 3 });
		expect(list.rows).toMatchObject([
			{ name: 'Le Club', street: '1 rue A', postcode: '34000', commune: 'Montpellier', phone: '04 67 00 00 00', email: 'a@b.fr' }
		]);
		expect(names(read('Association;;Siège;\nNom;Sigle;CP;Ville\nLe Club;LC;34000;Montpellier\n'))).toEqual(['Le Club']);
		expect(names(read('Nom;Siège;\n;;\n;CP;Ville\nLe Club;34000;Montpellier\n'))).toEqual(['Le Club']);
		// A first line of words that name columns too is a line.
		expect(names(read('Nom;Ville\nAssociation;Ville\nLe Club;Dax\n'))).toEqual(['Le Club']);
		expect(names(read('Nom;Thèmes;Ville\nLa Ville;Sport;Activités\nLe Club;x;Dax\n'))).toEqual(['La Ville', 'Le Club']);
	});

	test('a header in two languages is one thing; « Nom / Prénom » is two', () => {
		expect(['Naam/Nom', 'Commune - Gemeente', 'Site web | Website', 'Nom / Prénom', 'Nom / Sigle'].map(fieldOf)).toEqual([
			'name',
			'commune',
			'website',
			null,
			null
		]);
	});

	test('what foots a table comes back: totals, notes', () => {
		const list = read(
			'Nom;Ville;Membres\nLe Club;Nîmes;12\nTotal Danse;;3\nTotal;;15\nTOTAL GÉNÉRAL : 2;;\nSource : mairie, 2024;;\nNote : le chœur;Nîmes;4\n'
		);
		expect(names(list)).toEqual(['Le Club', 'Total Danse', 'Note : le chœur']);
		expect(list.rejected.map(({ code }) => code)).toEqual(Array(3).fill('organisations.import-no-structure'));
	});

	test('lines that a tool quoted whole are cut as they were', () => {
		const list = read('"Nom;Ville;Sigle"\r\n"Le ""Grand"" Club;Dax;LGC"\r\n"Le Chœur;Dax;"\r\n');
		expect(list.rows.map(({ name, commune, sigle }) => [name, commune, sigle])).toEqual([
			['Le "Grand" Club', 'Dax', 'LGC'],
			['Le Chœur', 'Dax', '']
		]);
	});

	test('a line without end comes back, whatever its length', () => {
		expect(sketchOf(utf8(`Nom;Ville\n${'a'.repeat(500_000)}`)).header).toBe(true);
		expect(read(`Nom;Ville\n${'a'.repeat(500_000)}`).rejected).toMatchObject([{ code: 'organisations.import-cell-too-long' }]);
	});
});

describe('a pasted list', () => {
	test('one name a line is enough, commas and all', () => {
		const list = read('Culture, sports et loisirs\nLe Club\n\n  Les Amis du jardin  \n');
		expect(list).toMatchObject({ format: 'text', separator: null, header: false, empty: 1 });
		expect(names(list)).toEqual(['Culture, sports et loisirs', 'Le Club', 'Les Amis du jardin']);
	});

	test('one name', () => {
		expect(names(read('Le Club'))).toEqual(['Le Club']);
		expect(names(read('[Collectif] Le Club\n{Autre}'))).toEqual(['[Collectif] Le Club', '{Autre}']);
	});

	test('columns without a header are known by what they hold', () => {
		const list = read(
			'Le Club\t34070\tMontpellier\tclub@exemple.fr\tW341000001\nLes As\t30000\tNîmes\tas@exemple.fr\tW302000002\n'
		);
		expect(list.header).toBe(false);
		expect(list.rows[1]).toMatchObject({
			name: 'Les As',
			postcode: '30000',
			commune: 'Nîmes',
			email: 'as@exemple.fr',
			identifiers: [{ kind: 'rna', value: 'W302000002' }]
		});
	});

	test('formulas are text', () => {
		expect(names(read('Nom;Ville\n=HYPERLINK("http://x";"Club");Nîmes\n@SUM(A1);Alès\n'))).toContain('@SUM(A1)');
	});
});

function one(headers: string, cells: string): ReadList['rows'][number] {
	const [row] = read(`${headers}\n${cells}\n`).rows;
	if (!row) throw new Error('no row');
	return row;
}

describe('what cells say', () => {
	test('postcodes: none, a spreadsheet’s, one with its town', () => {
		expect(one('Nom;CP', 'Le Club;0').postcode).toBe('');
		expect(one('Nom;CP', 'Le Club;34070.0').postcode).toBe('34070');
		for (const [header, cell] of [
			['Ville', '34000 Montpellier'],
			['Ville', 'Montpellier (34000)'],
			['CP - Commune', '34000 Montpellier'],
			['Code postal', 'F-34000 Montpellier']
		])
			expect(one(`Nom;${header}`, `Le Club;${cell}`)).toMatchObject({ postcode: '34000', commune: 'Montpellier' });
		expect(one('Nom;CP;Ville', 'Le Club;34000 Montpellier;MONTPELLIER')).toMatchObject({
			postcode: '34000',
			commune: 'MONTPELLIER'
		});
		expect(one('Nom;CP', 'De Club;B-1000').postcode).toBe('1000');
	});

	test('sites: mended, or told and left out', () => {
		expect(one('Nom;Site', 'Le Club;htpp://www.club.fr/a').website).toBe('http://www.club.fr/a');
		expect(one('Nom;Site', 'Le Club;http//:www.club.fr').website).toBe('http://www.club.fr');
		for (const wrong of ['javascript:alert(1)', 'Facebook', 'ftp://x.fr', 'https://a@b.fr']) {
			expect(one('Nom;Site', `Le Club;${wrong}`)).toMatchObject({
				website: '',
				told: [{ code: 'organisations.import-website' }]
			});
		}
		expect(one('Nom;Site', 'Le Club;néant')).toMatchObject({ website: '', told: [] });
	});

	test('e-mails: the first, the others told', () => {
		const row = one('Nom|Mail', 'Le Club|a@exemple.fr ; b@exemple.fr ; c(at)exemple.fr');
		expect(row.email).toBe('a@exemple.fr');
		expect(row.told.map(({ code }) => code)).toEqual(['organisations.import-second-email', 'organisations.import-email']);
	});

	test.each([
		['02 40 00 00 01', '02 40 00 00 01', []],
		['0240000001', '02 40 00 00 01', []],
		['02.40.00.00.01', '02 40 00 00 01', []],
		['tél : 02-40-00-00-01', '02 40 00 00 01', []],
		['+33 (0)2 40 00 00 01', '+33 2 40 00 00 01', []],
		['+32 2 123 45 67', '+32 2 123 45 67', []],
		['240000001', '02 40 00 00 01', ['import-phone-zero']],
		['02 40 00 00 01 poste 12', '02 40 00 00 01', ['import-phone-part']],
		['02 40 00 00 01 / 06 12 34 56 78', '02 40 00 00 01', ['import-second-phone']],
		['voir le site', '', ['import-phone']],
		['2,40E+08', '', ['import-phone']],
		['0000000000', '', []]
	])('the telephone « %s »', (written, phone, codes) => {
		const row = one('Nom|Téléphone', `Le Club|${written}`);
		expect(row.phone).toBe(phone);
		expect(row.told.map(({ code }) => code)).toEqual(codes.map((code) => `organisations.${code}`));
	});

	test('beside a first name, a telephone is somebody’s own', () => {
		expect(read('Association;Prénom;Téléphone\nLe Club;Zoé;0240000001\n').rows[0]!.phone).toBe('');
	});

	test('who comes, which federation, how many: words that are added up, numbers that are numbers', () => {
		expect(one('Nom;Publics;Fédération;Nb bénévoles;Nb salariés', 'Le Club;Enfants|Familles;FFVL;1 200;deux')).toMatchObject({
			audiences: ['Enfants', 'Familles'],
			networks: ['FFVL'],
			volunteers: 1200,
			employees: null,
			told: [{ code: 'organisations.import-count' }]
		});
	});

	test('of two columns of one field, what the second says otherwise is told', () => {
		const row = one('Nom;Ville;Commune;Site;Site internet', 'Le Club;Nantes;Rezé;www.a.fr;www.b.fr');
		expect(row).toMatchObject({ commune: 'Nantes', website: 'https://www.a.fr' });
		expect(row.told.map(({ details }) => [details.field, details.value])).toEqual([
			['commune', 'Rezé'],
			['website', 'https://www.b.fr']
		]);
	});

	test('the seat and the address for letters are not joined; the parts of a street are, in their order', () => {
		expect(one('Nom;Adresse du siège;Adresse de gestion', 'Le Club;1 rue A;2 rue B').street).toBe('1 rue A');
		expect(one('Nom;Rue;Numéro de voie;Complément', 'Le Club;rue A;1 bis;Bât. C').street).toBe('1 bis rue A Bât. C');
	});

	test('an address that ends with its town', () => {
		expect(one('Nom|Adresse', 'Le Club|12 rue du Port, 44000 Nantes Cedex 2')).toMatchObject({
			street: '12 rue du Port',
			postcode: '44000',
			commune: 'Nantes'
		});
		expect(one('Nom|Adresse', 'Le Club|12 rue du 8 mai 1945, Nantes')).toMatchObject({ postcode: '', commune: '' });
		expect(one('Nom|Adresse', 'Le Club|Le Bois, 1250 route de Lyon')).toMatchObject({ postcode: '', commune: '' });
	});

	test('an address of Belgium that ends with its town, where the list is of there', () => {
		const list = read(
			`Naam / Nom;Adres / Adresse
De Club;Vaderlandstraat 5, 1080 Sint-Jans-Molenbeek
Les Amis;12 rue X 1000 Bruxelles
Le Cercle;Avenue Louise 123 bte 4 1050 Ixelles
Le Chœur;chaussée de Wavre 1789, 1160 Auderghem (Bruxelles)
Les Anciens;rue du 21 juillet 1831
Le Foyer;place du 4 août 1914 Liège
`
		);
		expect(list.rows.map(({ street, postcode, commune }) => [street, postcode, commune])).toEqual([
			['Vaderlandstraat 5', '1080', 'Sint-Jans-Molenbeek'],
			['12 rue X', '1000', 'Bruxelles'],
			['Avenue Louise 123 bte 4', '1050', 'Ixelles'],
			['chaussée de Wavre 1789', '1160', 'Auderghem (Bruxelles)'],
			['rue du 21 juillet 1831', '', ''],
			['place du 4 août 1914 Liège', '', '']
		]);
	});

	test('a country is known in several tongues; what is none is told', () => {
		for (const country of ['Belgique', 'België', 'BE', 'ITALIA', 'Royaume-Uni'])
			expect(one('Nom;Pays', `Le Club;${country}`)).toMatchObject({ country, told: [] });
		expect(one('Nom;Pays', 'Le Club;Pays de Retz')).toMatchObject({
			country: '',
			told: [{ code: 'organisations.import-country' }]
		});
	});

	test('a SIREN in a column of SIRET is a SIREN; a figure of a tool’s own is no figure of a number', () => {
		expect(one('Nom;SIRET', 'Le Club;732829320').identifiers).toEqual([{ kind: 'siren', value: '732829320' }]);
		expect(one('Nom;SIRET', 'Le Club;73282932000074.0').identifiers).toEqual([{ kind: 'siret', value: '73282932000074' }]);
		expect(one('Nom;SIRET', 'Le Club;0')).toMatchObject({ identifiers: [], unverified: [], told: [] });
	});

	test('a wrong number does not cost the line: it is told, with its column', () => {
		const row = one('Nom;SIRET;RNA', 'Le Club;8,30E+13;w341 000 001');
		expect(row.identifiers).toEqual([{ kind: 'rna', value: 'W341000001' }]);
		expect(row.told).toMatchObject([
			{ code: 'organisations.identifier-rounded', details: { column: 'SIRET', value: '8,30E+13' } }
		]);
	});

	test('twenty themes, five addresses: what is beyond is told', () => {
		const row = one(
			'Nom|Thèmes|Mail',
			`Le Club|${Array.from({ length: 1500 }, (_, place) => place).join(';')}|${'x '.repeat(3000)}`
		);
		expect(row.themes).toHaveLength(20);
		expect(row.told.filter(({ code }) => code === 'organisations.import-too-many')).toHaveLength(1);
		expect(row.told.filter(({ code }) => code === 'organisations.import-email')).toHaveLength(6);
	});

	test('signs that turn the reading around are taken out of a name', () => {
		expect(one('Nom;Ville', 'Le \u202eClub;Alès').name).toBe('Le Club');
	});

	test('too long a name, too long a cell', () => {
		expect(read(`Nom;Ville\n${'a'.repeat(301)};x\nb;${'x'.repeat(10_001)}\n`).rejected.map(({ code }) => code)).toEqual([
			'organisations.import-name-too-long',
			'organisations.import-cell-too-long'
		]);
	});
});

describe('JSON', () => {
	test.each([
		['a list', '[{"nom":"Le Club","ville":"Alès"}]'],
		['results', '{"total_count":1,"results":[{"nom":"Le Club","ville":"Alès"}]}'],
		['records and fields', '{"records":[{"recordid":"x","fields":{"nom":"Le Club","ville":"Alès"}}]}'],
		['GeoJSON', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":"Le Club","ville":"Alès"}}]}'],
		['one object a line', '{"nom":"Le Club","ville":"Alès"}\n{"nom":"Les As","ville":"Uzès"}'],
		['nested', '[{"nom":"Le Club","adresse":{"ville":"Alès"}}]'],
		['a table', '[["Nom","Ville"],["Le Club","Alès"]]']
	])('%s', (_, text) => {
		const list = read(text, 'liste.json');
		expect(list.format).toBe('json');
		expect(list.rows[0]).toMatchObject({ name: 'Le Club', commune: 'Alès' });
	});

	test('lists of names, of themes; what is no object comes back', () => {
		expect(names(read('["Le Club","Les As"]'))).toEqual(['Le Club', 'Les As']);
		const list = read('[{"nom":"Le Club","themes":["Sport","Jeunes"]},12,null,{"ville":"Alès"}]');
		expect(list.rows[0]?.themes).toEqual(['Sport', 'Jeunes']);
		expect(list.rejected).toHaveLength(2);
		expect(list.empty).toBe(1);
	});

	test('cut in the middle, without a list, very deep, with a trap for its keys', () => {
		expect(refusal('[{"nom":"Le Club"},\n{"nom":"Les', 'a.json')).toMatchObject({
			code: 'organisations.import-json-broken',
			details: { line: 2 }
		});
		expect(refusal('{"nom":"Le Club"}', 'a.json').code).toBe('organisations.import-json-shape');
		expect(refusal('[1,2]', 'a.json').code).toBe('organisations.import-no-names');
		expect(refusal(`${'['.repeat(200_000)}`, 'a.json').code).toBe('organisations.import-json-broken');
		expect(refusal(`${'['.repeat(300_000)}${']'.repeat(300_000)}`, 'a.json').code).toMatch(/import-(json|no)-/);
		expect(names(read('[{"__proto__":{"x":1},"nom":"Le Club"}]'))).toEqual(['Le Club']);
	});
});

describe('what is no list is refused in words', () => {
	test.each<[string, string | Uint8Array, string, string]>([
		['nothing', '', '', 'import-empty'],
		['blank', ' \n\r\n\t', '', 'import-empty'],
		['a mark alone', '\ufeff', '', 'import-empty'],
		['a header alone', 'Nom;Ville\n', '', 'import-header-only'],
		['a web page', '<!DOCTYPE html><html><body>Erreur</body></html>', 'liste.csv', 'import-web-page'],
		['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'liste.csv', 'import-not-text'],
		['a spreadsheet', Buffer.from('504b030414000600', 'hex'), 'liste.csv', 'import-spreadsheet'],
		['a PDF', '%PDF-1.7\n', 'liste.csv', 'import-pdf'],
		['NUL bytes', 'Nom;Ville\nLe\0Club;Alès\n', '', 'import-not-text'],
		['noise', Buffer.from(Array.from({ length: 3000 }, (_, place) => ((place * 7919) % 255) + 1)), '', 'import-not-text'],
		['no names', 'Ville;Code postal\nAlès;30100\n', '', 'import-no-names'],
		['figures', '1 2\n3 4\n', '', 'import-no-header'],
		['100,000 columns', `Nom,${'x,'.repeat(100_000)}\nLe Club\n`, '', 'import-too-many-columns'],
		['300 columns', `Nom,${'x,'.repeat(300)}\nLe Club\n`, '', 'import-too-many-columns'],
		['50,001 lines', `Nom;Ville\n${'Le Club;Alès\n'.repeat(50_001)}`, '', 'import-too-many-rows'],
		['too many lines', 'a\n'.repeat(70_000), '', 'import-too-many-rows'],
		['over 20 MB', new Uint8Array(20_000_001), '', 'import-too-heavy']
	])('%s', (_, bytes, filename, code) => {
		const refused = refusal(bytes, filename);
		expect(refused.code).toBe(`organisations.${code}`);
		const key = refused.code.replace(/[.-]/g, '_') as keyof typeof m;
		const sentence = (m[key] as (inputs: object) => string)(refused.details);
		expect(sentence).toMatch(/\p{L}.*\.$/u);
		expect(sentence).not.toContain('{');
	});

	test('50,000 lines are read', () => {
		expect(read(`Nom;Ville\n${'Le Club;Alès\n'.repeat(50_000)}`).rows).toHaveLength(50_000);
	});

	test('whatever the bytes, a list that adds up or a refusal that has words', () => {
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 300 }),
			fc.string({ unit: 'binary', maxLength: 200 }).map(utf8),
			fc
				.array(fc.constantFrom('Nom', 'Ville', ';', ',', '"', '\n', '\r', '\t', 'Le Club', '{', '[', ']', 'é', '0', '=1'))
				.map((parts) => utf8(parts.join('')))
		);
		fc.assert(
			fc.property(bytes, (given) => {
				try {
					gather(read(given).rows);
				} catch (error) {
					if (!(error instanceof Refused)) throw error;
					expect(error.code.replace(/[.-]/g, '_') in m, error.code).toBe(true);
				}
			}),
			{ numRuns: 400 }
		);
	});

	test('every reason has its sentence', () => {
		for (const code of [
			'no-name',
			'name-too-long',
			'cell-too-long',
			'row-too-long',
			'row-short',
			'lost-letters',
			'control-signs',
			'quotes',
			'website',
			'email',
			'second-email',
			'too-many',
			'phone',
			'second-phone',
			'phone-zero',
			'phone-part',
			'count',
			'kind',
			'header-again',
			'document',
			'cards',
			'zip',
			'differs'
		]) {
			expect(`organisations_import_${code.replaceAll('-', '_')}` in m, code).toBe(true);
		}
	});
});

function file(name: string): Uint8Array {
	return readFileSync(path.join(shared ?? '', 'data/dev', name));
}

describe.skipIf(!shared)('real directories (skipped when the folder of real files is absent)', () => {
	test('Montpellier: 843 lines, 782 organisations, the other lines add themes', () => {
		const list = read(file('associations/montpellier_2011_tiers.csv'), 'montpellier.csv');
		expect(list).toMatchObject({ encoding: 'utf-8', separator: ',', header: true, lines: 844, empty: 0, rejected: [] });
		expect(list.rows).toHaveLength(843);
		const entries = gather(list.rows);
		expect(entries).toHaveLength(782);
		expect(entries.flatMap(({ lines }) => lines)).toHaveLength(843);
		expect(new Set(entries.flatMap(({ keys }) => keys)).size).toBe(782);
		expect(list.rows[0]).toMatchObject({
			name: '280 communications',
			website: 'http://www.duelsrock.com',
			themes: ['CULTURE', 'MUSIQUE'],
			street: '3 RUE BEAU SEJOUR',
			postcode: '34000'
		});
	});

	test('Brussels: 337 organisations; two wrong numbers are told, no line is lost', () => {
		const list = read(file('belgique/bruxelles_subsides_2022_a.json'), 'bruxelles.json');
		expect(list).toMatchObject({ format: 'json', lines: 337, rejected: [] });
		expect(list.ignored).toEqual(['Montant octroyé', 'Latitude', 'Longitude']);
		expect(told(list)).toEqual(['identifier-check', 'identifier-check']);
		expect(gather(list.rows)).toHaveLength(337);
		expect(list.rows[0]).toMatchObject({ postcode: '', commune: '', street: '' });
		expect(list.rows[1]).toMatchObject({
			postcode: '1000',
			commune: 'Bruxelles',
			street: 'Place de la Monnaie 5',
			identifiers: [{ kind: 'bce', value: '0206492907' }]
		});
	});

	test('the national register’s samples, a list of grants, titles in UTF-16, an archive', () => {
		const rna = read(file('rna/rna_sample_waldec.csv'));
		expect(rna.rows[1]).toMatchObject({
			name: 'ARIADNE',
			commune: 'Villeurbanne',
			communeCode: '69266',
			street: '31 RUE Paul Lafargue'
		});
		expect(told(read(file('rna/reencode_test.csv'))).filter((code) => code === 'import-lost-letters').length).toBeGreaterThan(0);
		const grants = read(file('subventions/toulouse_2022.csv'));
		expect(told(grants).filter((code) => code === 'identifier-rounded')).toHaveLength(386);
		expect(
			read(file('subventions/85-Vendee__201903_Publication_donnees_Open_data_Subventions_Conventions.csv')).rejected[0]?.code
		).toBe('organisations.import-row-too-long');
		expect(read(file('deliberations/montpellier_deliberations_extrait_utf16.csv')).encoding).toBe('utf-16le');
		expect(refusal(file('sirene/StockUniteLegale_utf8_fixture.zip')).code).toBe('organisations.import-spreadsheet');
	});
});
