import fs from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { chance, nationalRecords, type NationalRecord } from './national.ts';
import { zipped } from './zipped.ts';

// The open data of the Banque-Carrefour as it is published: a zip of tables, UTF-8, commas, quotes, days as « 31-12-2020 ».

type Town = { postcode: string; nis: string; fr: string; nl: string; speaks: 'fr' | 'nl' | 'de' };
const towns: Town[] =
	`1000 21004 Bruxelles/Brussel fr|1030 21015 Schaerbeek/Schaarbeek fr|1040 21005 Etterbeek/Etterbeek fr|1050 21009 Ixelles/Elsene fr|
1060 21013 Saint-Gilles/Sint-Gillis fr|1070 21001 Anderlecht/Anderlecht fr|1080 21012 Molenbeek-Saint-Jean/Sint-Jans-Molenbeek fr|1180 21016 Uccle/Ukkel fr|
1210 21014 Saint-Josse-ten-Noode/Sint-Joost-ten-Node fr|4000 62063 Liège/Luik fr|4020 62063 Liège/Luik fr|5000 92094 Namur/Namen fr|6000 52011 Charleroi/Charleroi fr|
7000 53053 Mons/Bergen fr|7500 57081 Tournai/Doornik fr|1300 25112 Wavre/Waver fr|6700 81001 Arlon/Aarlen fr|4700 63023 Eupen/Eupen de|9000 44021 Gand/Gent nl|
2000 11002 Anvers/Antwerpen nl|3000 24062 Louvain/Leuven nl|8000 31005 Bruges/Brugge nl|2800 12025 Malines/Mechelen nl|8500 34022 Courtrai/Kortrijk nl`
		.split('|')
		.map((line) => {
			const [postcode, nis, names, speaks] = line.trim().split(' ') as [string, string, string, 'fr'];
			const [fr, nl] = names.split('/') as [string, string];
			return { postcode, nis, fr, nl, speaks };
		});

/** A table of communes as an administrator brings it: their codes, names and postcodes. */
export const belgianTowns = (): string =>
	[
		'NIS;Nom;Codes postaux',
		...new Set(
			towns.map(
				({ nis, fr }) =>
					`${nis};${fr};${towns
						.filter((one) => one.nis === nis)
						.map((one) => one.postcode)
						.join(' ')}`
			)
		)
	].join('\n');

/** One enterprise as the Banque-Carrefour knows it. */
export type BelgianRecord = {
	number: string;
	/** Null for a person. */
	form: string | null;
	started: string;
	names: [language: string, kind: string, name: string][];
	town: Town;
	street: string;
	house: string;
	establishments: string[];
	activity: string;
	website: string;
};

const checked = (eight: number): string => {
	const figures = String(eight).padStart(8, '0');
	const all = figures + String(97 - (eight % 97)).padStart(2, '0');
	return all;
};
const dotted = (number: string): string =>
	Number(number[0]) > 1
		? `${number[0]}.${number.slice(1, 4)}.${number.slice(4, 7)}.${number.slice(7)}`
		: `${number.slice(0, 4)}.${number.slice(4, 7)}.${number.slice(7)}`;
const day = (iso: string): string => iso.split('-').toReversed().join('-');

/** Enterprises one after the other: one in four a body without profit, one in four a person, the others companies. */
export function* belgianRecords({ rows, seed = 1 }: { rows: number; seed?: number }): Generator<BelgianRecord> {
	const random = chance(seed + 77);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	const forms = ['017', '017', '017', '017', '017', '017', '125', '026', '029'];
	for (const one of nationalRecords({ rows, seed }) as Generator<NationalRecord>) {
		const kind = one.n % 4;
		const town = pick(towns);
		const form = kind === 0 ? pick(forms) : kind === 1 ? null : pick(['610', '014', '015', '070']);
		const name = one.plainName;
		const language = { fr: '1', nl: '2', de: '3' }[town.speaks];
		const names: BelgianRecord['names'] = [[language, '001', name]];
		if (town.postcode.startsWith('1') && random() < 0.3) names.push(['2', '001', `${name} vzw`]);
		if (one.acronym) names.push([language, '002', one.acronym]);
		if (random() < 0.1) names.push(['0', '003', `${name} – ${town.fr}`]);
		const places = kind === 0 && random() < 0.4 ? 1 + Math.floor(random() * 3) : 0;
		yield {
			number: checked(2_000_000 + one.n + ((seed - 1) % 6) * 3_000_000),
			form,
			started: day(one.created),
			names,
			town,
			street: one.street,
			house: one.number,
			establishments: Array.from({ length: places }, (_, i) => checked(20_000_000 + one.n * 4 + i)),
			activity: pick(['94991', '94992', '90011', '93199', '88999', '85520']),
			website: one.website
		};
	}
}

const line = (...cells: string[]): string =>
	cells.map((cell) => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',');

const codes = [
	['JuridicalForm', '017', 'Association sans but lucratif', 'Vereniging zonder winstoogmerk'],
	['JuridicalForm', '125', 'Association internationale sans but lucratif', 'Internationale vereniging zonder winstoogmerk'],
	['JuridicalForm', '026', 'Fondation privée', 'Private stichting'],
	['JuridicalForm', '029', 'Fondation d’utilité publique', 'Stichting van openbaar nut'],
	['JuridicalForm', '610', 'Société à responsabilité limitée', 'Besloten vennootschap'],
	['Nace2025', '94991', 'Associations de jeunesse', 'Jeugdverenigingen'],
	['Nace2025', '90011', 'Création artistique', 'Artistieke creatie']
];

/** The rows that each table has of a record. */
const tablesOf: Record<string, { header: string; rows: (one: BelgianRecord) => string[] }> = {
	'enterprise.csv': {
		header: '"EnterpriseNumber","Status","JuridicalSituation","TypeOfEnterprise","JuridicalForm","JuridicalFormCAC","StartDate"',
		rows: (one) => [line(dotted(one.number), 'AC', '000', one.form ? '2' : '1', one.form ?? '', '', one.started)]
	},
	'establishment.csv': {
		header: '"EstablishmentNumber","StartDate","EnterpriseNumber"',
		rows: (one) => one.establishments.map((number) => line(dotted(number), one.started, dotted(one.number)))
	},
	'denomination.csv': {
		header: '"EntityNumber","Language","TypeOfDenomination","Denomination"',
		rows: (one) => one.names.map(([language, kind, name]) => line(dotted(one.number), language, kind, name))
	},
	'address.csv': {
		header:
			'"EntityNumber","TypeOfAddress","CountryNL","CountryFR","Zipcode","MunicipalityNL","MunicipalityFR","StreetNL","StreetFR","HouseNumber","Box","ExtraAddressInfo","DateStrikingOff"',
		rows: (one) =>
			[
				...(one.form ? [[one.number, 'REGO'] as const] : []),
				...one.establishments.map((number) => [number, 'BAET'] as const)
			].map(([number, kind]) =>
				line(dotted(number), kind, '', '', one.town.postcode, one.town.nl, one.town.fr, '', one.street, one.house, '', '', '')
			)
	},
	'contact.csv': {
		header: '"EntityNumber","EntityContact","ContactType","Value"',
		rows: (one) => (one.website ? [line(dotted(one.number), 'ENT', 'WEB', one.website)] : [])
	},
	'activity.csv': {
		header: '"EntityNumber","ActivityGroup","NaceVersion","NaceCode","Classification"',
		rows: (one) => [
			line(dotted(one.number), '001', '2008', one.activity, 'MAIN'),
			line(dotted(one.number), '001', '2025', one.activity, 'MAIN'),
			line(dotted(one.number), '001', '2025', '90011', 'SECO')
		]
	},
	'branch.csv': { header: '"Id","StartDate","EnterpriseNumber"', rows: () => [] }
};

type Options = { rows: number; seed?: number; change?: (one: BelgianRecord) => BelgianRecord | null };

/** The tables of a full file, each by pieces; `change` alters a record, or leaves it out. */
export function belgianTables({ change = (one) => one, ...options }: Options): [name: string, pieces: Generator<Buffer>][] {
	const pieces = function* (header: string, rows: (one: BelgianRecord) => string[]) {
		let text = `${header}\n`;
		for (const one of belgianRecords(options)) {
			const changed = change(one);
			if (!changed) continue;
			for (const row of rows(changed)) text += `${row}\n`;
			if (text.length < 65_536) continue;
			yield Buffer.from(text);
			text = '';
		}
		if (text) yield Buffer.from(text);
	};
	const few = function* (...lines: string[]) {
		yield Buffer.from(`${lines.join('\n')}\n`);
	};
	const meta = few(
		'"Variable","Value"',
		'"SnapshotDate","31-10-2026"',
		'"ExtractType","full"',
		'"ExtractNumber","140"',
		'"Version","R018.00"'
	);
	const code = few(
		'"Category","Code","Language","Description"',
		...codes.flatMap(([category, one, fr, nl]) => [line(category!, one!, 'NL', nl!), line(category!, one!, 'FR', fr!)])
	);
	return [
		...Object.entries(tablesOf).map(([name, { header, rows }]): [string, Generator<Buffer>] => [name, pieces(header, rows)]),
		['meta.csv', meta],
		['code.csv', code]
	];
}

/** Writes a full file: a zip where the name says so, otherwise a folder of tables. */
export async function writeBelgium(file: string, options: Options): Promise<void> {
	const write = async (into: string, pieces: Iterable<Buffer>) => {
		const out = fs.createWriteStream(into);
		for (const piece of pieces) if (!out.write(piece)) await once(out, 'drain');
		out.end();
		await once(out, 'close');
	};
	if (file.endsWith('.zip')) return write(file, zipped(belgianTables(options)));
	fs.mkdirSync(file, { recursive: true });
	for (const [name, pieces] of belgianTables(options)) await write(path.join(file, name), pieces);
}
