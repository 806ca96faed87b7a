import { hash } from 'node:crypto';
import { parseMoney } from '#platform/money.ts';
import { day, keyOf, numberIn, text } from '../rules/cells.ts';

/** A grant as it is kept: who gave, who received, when and how much; never what it was for, which may name somebody. */
export type Grant = {
	fingerprint: string;
	giver: string | null;
	beneficiary: string;
	siren: string | null;
	rna: string | null;
	unverified: string | null;
	cents: number;
	on: string;
	dayKnown: boolean;
};
export type GrantFate =
	{ is: 'kept'; record: Grant } | { is: 'rejected'; reason: 'name' | 'unnumbered' | 'amount' | 'date'; said: string };

const columns = [
	'giver',
	'date',
	'period',
	'reference',
	'beneficiary',
	'number',
	'rna',
	'purpose',
	'amount',
	'nature',
	'notified',
	'share'
] as const;
type Column = (typeof columns)[number];

/**
 * The headers under which each is published, without case, accents or signs: the schema « Subventions » of the common ground of local
 * data (decree of 17 November 2017; names of 2017 to 2024), its labels written out, and those of portals.
 */
const headersOf: Record<Column, readonly string[]> = {
	giver: [
		'nomattribuant',
		'nomdelattribuant',
		'attribuant',
		'donornameraw',
		'donorname',
		'financeur',
		'nomfinanceur',
		'nomdufinanceur'
	],
	date: [
		'dateconvention',
		'datedelaconventiondesubvention',
		'datedelaconvention',
		'datedecision',
		'datedeladecision',
		'dateattribution',
		'datedattribution',
		'datedevote',
		'annee',
		'exercice'
	],
	period: ['datesperiodeversement', 'dateouperiodedeversement', 'dateversement', 'datedeversement'],
	reference: ['referencedecision', 'referencedeladecision', 'numerodedeliberation'],
	beneficiary: [
		'nombeneficiaire',
		'nomdubeneficiaire',
		'beneficiaire',
		'beneficiarynameraw',
		'beneficiaryname',
		'raisonsociale',
		'nomassociation',
		'nomdelassociation'
	],
	number: [
		'idbeneficiaire',
		'identificationdubeneficiaire',
		'identifiantbeneficiaire',
		'siretbeneficiaire',
		'siretdubeneficiaire',
		'beneficiarysiret',
		'siret',
		'numerosiret',
		'nsiret',
		'sirenbeneficiaire',
		'siren',
		'numerosiren'
	],
	rna: ['rnabeneficiaire', 'rnadubeneficiaire', 'beneficiaryrna', 'rna', 'numerorna'],
	purpose: ['objet', 'objetdelasubvention', 'purposeraw', 'objetdudossier'],
	amount: [
		'montant',
		'montanttotaldelasubvention',
		'montanttotal',
		'amounteur',
		'montantvote',
		'montantattribue',
		'montantdelasubvention',
		'montantverse',
		'montantaccorde'
	],
	nature: ['nature', 'naturedelasubvention'],
	notified: ['notificationue', 'aidedetatnotifieealacommissioneuropeenne'],
	share: ['pourcentagesubvention', 'pourcentagedumontanttotaldelasubventionattribueeaubeneficiaire']
};

/** Where each is in a file of grants, by its headers; null when it is none. */
function placesIn(headers: readonly string[]): Partial<Record<Column, number>> | null {
	const keys = headers.map(keyOf);
	const places: Partial<Record<Column, number>> = {};
	for (const column of columns) {
		const at = headersOf[column].map((name) => keys.indexOf(name)).find((place) => place >= 0);
		if (at !== undefined) places[column] = at;
	}
	const numbered = places.number !== undefined || places.rna !== undefined;
	const dated = places.date !== undefined || places.period !== undefined;
	return places.beneficiary !== undefined && places.amount !== undefined && numbered && dated ? places : null;
}

/** Whether a file with these headers tells of grants. */
export const isGrants = (headers: readonly string[]): boolean => placesIn(headers) !== null;

/** The first day that a cell says; of a bare year its first day, said to be so. */
function dayIn(cell: string): { on: string; dayKnown: boolean } | null {
	const year = /^((?:19|20)\d\d)(?:[.,]0)?$/.exec(cell);
	if (year) return { on: `${year[1]}-01-01`, dayKnown: false };
	const on = day(cell);
	return on ? { on, dayKnown: true } : null;
}

/** An amount in cents; one that a machine left with many decimals is rounded to the cent. */
const centsIn = (cell: string): number | null =>
	/^-?\d+[.,]\d{4,}$/.test(cell) ? Math.round(Number(cell.replace(',', '.')) * 100) : parseMoney(cell);

/**
 * How the rows of a file of grants are read. A row without any number is rejected: nobody can say of whom it speaks, and many speak of
 * a person. `mend` puts a row together again whose amounts or sentences hold the separator without quotes, where one reading fits.
 */
export function grantReader(headers: readonly string[], separator: string) {
	const places = placesIn(headers)!;
	const cell = (cells: readonly string[], column: Column, most = 300) =>
		places[column] === undefined ? '' : (text(cells[places[column]], most) ?? '');
	const read = (cells: readonly string[]): GrantFate => {
		const beneficiary = cell(cells, 'beneficiary', 200);
		if (!beneficiary) return { is: 'rejected', reason: 'name', said: '' };
		const found = [numberIn(cell(cells, 'number', 60)), numberIn(cell(cells, 'rna', 60))];
		const siren = found.find((one) => one.siren)?.siren ?? null;
		const rna = found.find((one) => one.rna)?.rna ?? null;
		const unverified = found.find((one) => one.unverified)?.unverified ?? null;
		if (!siren && !rna && !unverified) return { is: 'rejected', reason: 'unnumbered', said: beneficiary };
		const amount = cell(cells, 'amount', 60);
		const cents = centsIn(amount);
		if (cents === null) return { is: 'rejected', reason: 'amount', said: amount };
		const when = dayIn(cell(cells, 'date', 40)) ?? dayIn(cell(cells, 'period', 40));
		if (!when) return { is: 'rejected', reason: 'date', said: cell(cells, 'date', 40) };
		const all = columns.map((column) => cell(cells, column)).join('\t');
		return {
			is: 'kept',
			record: {
				fingerprint: hash('md5', all, 'buffer').readBigInt64LE(0).toString(),
				giver: cell(cells, 'giver', 200) || null,
				beneficiary,
				siren,
				rna,
				unverified,
				cents,
				...when
			}
		};
	};
	return { read, mend: (cells: readonly string[]) => mend(cells, headers.length, places, separator) };
}

const fits: Partial<Record<Column, (said: string) => boolean>> = {
	date: (said) => said === '' || dayIn(said) !== null,
	period: (said) => said === '' || dayIn(said) !== null,
	number: (said) => said === '' || /^[\d\s.]+$|^\d[.,]\d+E\+\d+$/i.test(said),
	rna: (said) => said === '' || /^W\w{5,}$/i.test(said),
	amount: (said) => said === '' || centsIn(said) !== null,
	nature: (said) => said === '' || /num[eé]raire|nature/i.test(said),
	notified: (said) => /^(?:oui|non|true|false|yes|no|0|1)?$/i.test(said),
	share: (said) => said === '' || /^\d+(?:[.,]\d+)?\s*%?$/.test(said)
};
const mostExtra = 8;

/** The one way of putting cells together so that each column holds what it should; null when none fits, or two that differ. */
function mend(
	cells: readonly string[],
	width: number,
	places: Partial<Record<Column, number>>,
	separator: string
): string[] | null {
	const extra = cells.length - width;
	if (extra < 1 || extra > mostExtra) return null;
	const columnAt = new Map(
		columns.flatMap((column) => (places[column] === undefined ? [] : [[places[column], column] as const]))
	);
	const kept = columns.filter((column) => column !== 'purpose').map((column) => places[column] ?? -1);
	let best: { cost: number; cells: string[]; twice: boolean } | null = null;
	const put = (at: number, from: number, left: number, cost: number, done: string[]): void => {
		if (best && cost > best.cost) return;
		if (at === width) {
			if (left > 0) return;
			const same = best !== null && kept.every((place) => best!.cells[place] === done[place]);
			if (!best || cost < best.cost) best = { cost, cells: done, twice: false };
			else if (!same) best.twice = true;
			return;
		}
		const column = columnAt.get(at);
		const fit = column && fits[column];
		for (let more = 0; more <= left; more++) {
			const said = cells.slice(from, from + more + 1);
			const whole = said.join(separator);
			if (fit && (!fit(text(whole, 300) ?? '') || (more > 0 && column !== 'amount' && column !== 'share'))) continue;
			// A comma inside a sentence is followed by a space; one between cells is not.
			const price = fit ? 0 : said.slice(1).reduce((sum, next) => sum + (next.startsWith(' ') ? 1 : 3), 0);
			put(at + 1, from + more + 1, left - more, cost + price, [...done, whole]);
		}
	};
	put(0, 0, extra, 0, []);
	const found = best as { cost: number; cells: string[]; twice: boolean } | null;
	return found && !found.twice ? found.cells : null;
}
