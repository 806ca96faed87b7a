/** What an administrator may bring: where communes are, and territories that the referential does not hold. */
export const fileKinds = ['centres', 'living_area', 'priority_quarter', 'foreign_commune'] as const;
export type FileKind = (typeof fileKinds)[number];

type Column = 'code' | 'name' | 'commune' | 'communeName' | 'lat' | 'lon' | 'postcodes';
/** Where each column stands; a name in other languages may stand in several. */
export type Columns = Partial<Record<Column, number>> & { others?: number[] };

// How published files call their columns, once capitals, accents and signs are taken away.
const otherNames =
	'autresnoms autrenom nomnl nomde namenl namede naam gemeente gemeinde administratieveeenheden verwaltungseinheiten'.split(' ');
const names: Record<FileKind, Partial<Record<Column, string[]>>> = {
	centres: {
		commune: ['codeinsee', 'codecommune', 'inseecom', 'codgeo', 'code', 'com', 'insee'],
		lat: ['lat', 'latitude', 'y', 'latitudecentre', 'latitudemairie'],
		lon: ['lon', 'long', 'lng', 'longitude', 'x', 'longitudecentre', 'longitudemairie']
	},
	living_area: {
		commune: ['codgeo', 'codeinsee', 'codecommune', 'com', 'insee'],
		code: ['bv2022', 'bv2012', 'bv', 'codebv', 'codebassin', 'code'],
		name: ['libbv2022', 'libbv2012', 'libbv', 'nombassin', 'nom', 'libelle']
	},
	priority_quarter: {
		code: ['codeqp', 'qp', 'codeqpv', 'code'],
		name: ['nomqp', 'libqp', 'nomqpv', 'nom', 'libelle'],
		commune: ['codeinsee', 'codecommune', 'inseecom', 'codgeo', 'listcom', 'com'],
		communeName: ['nomcommune', 'libcom', 'commune', 'communes'],
		lat: ['lat', 'latitude'],
		lon: ['lon', 'lng', 'longitude']
	},
	foreign_commune: {
		code: ['codenis', 'nis', 'codeins', 'ins', 'refnis', 'code'],
		name: ['nom', 'nomfr', 'commune', 'name', 'namefr', 'nomcommune', 'libelle', 'entitesadministratives', ...otherNames],
		postcodes: ['codepostal', 'codespostaux', 'cp', 'postcode', 'postcodes'],
		lat: ['lat', 'latitude'],
		lon: ['lon', 'lng', 'longitude']
	}
};

/** What must be there; a priority quarter says its commune by its code or by its name. */
const needed: Record<FileKind, Column[]> = {
	centres: ['commune', 'lat', 'lon'],
	living_area: ['commune', 'code', 'name'],
	priority_quarter: ['code', 'name'],
	foreign_commune: ['code', 'name']
};

const key = (head: string): string =>
	head
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');

/** Where each column stands; null when one that must be there is not. */
export function columnsOf(kind: FileKind, heads: readonly string[]): Columns | null {
	const keys = heads.map(key);
	const found: Columns = {};
	for (const [column, known] of Object.entries(names[kind])) {
		const at = known.map((one) => keys.indexOf(one)).find((one) => one >= 0);
		if (at !== undefined) found[column as Column] = at;
	}
	const whole = needed[kind].every((column) => found[column] !== undefined);
	const placed = kind !== 'priority_quarter' || found.commune !== undefined || found.communeName !== undefined;
	if (!whole || !placed) return null;
	if (kind === 'foreign_commune')
		found.others = keys.flatMap((one, at) => (otherNames.includes(one) && at !== found.name ? at : []));
	return found;
}

/** A line as it is understood, or nothing when it says nothing. */
export type Read = {
	code: string;
	name: string;
	commune: string;
	communeName: string;
	lat: number | null;
	lon: number | null;
	postcodes: string[];
	/** The same place in other languages. */
	otherNames: string[];
};

const degrees = (text: string, most: number): number | null => {
	const value = Number(text.replace(',', '.'));
	return text.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= most ? value : null;
};

/** A line of a file; null when it cannot be used. */
export function readLine(kind: FileKind, columns: Columns, cells: readonly string[]): Read | null {
	const cell = (column: Column) => (columns[column] === undefined ? '' : (cells[columns[column]] ?? '')).trim();
	const commune = cell('commune').toUpperCase();
	const others = (columns.others ?? []).flatMap((at) => (cells[at] ?? '').split(/[,;/|]/).map((one) => one.trim().slice(0, 120)));
	const [name = '', ...otherNames] = [...new Set([cell('name').slice(0, 120), ...others].filter(Boolean))];
	const read = {
		code: cell('code')
			.toUpperCase()
			.replace(/[^A-Z0-9]/g, '')
			.slice(0, 20),
		name,
		otherNames: otherNames.slice(0, 10),
		// a spreadsheet drops the first 0
		commune: /^\d{4}$/.test(commune) ? `0${commune}` : commune,
		communeName: cell('communeName').slice(0, 200),
		lat: degrees(cell('lat'), 90),
		lon: degrees(cell('lon'), 180),
		postcodes: cell('postcodes')
			.split(/[\s,;/]+/)
			.filter((one) => /^\d{4,5}$/.test(one))
			.slice(0, 40)
	};
	if (kind === 'centres') return /^[0-9AB]{5}$/.test(read.commune) && read.lat !== null && read.lon !== null ? read : null;
	return read.code && read.name ? read : null;
}

/** « QP044012 » is of department 44: how a file that names communes without their code is told apart. */
export function departmentOfQuarter(code: string): string | null {
	const [, written] = /^Q[PN](\d{2}[0-9AB])/.exec(code) ?? [];
	if (!written) return null;
	return written.startsWith('97') ? written : written.slice(1).replace(/^0?(2[AB])$/, '$1');
}
