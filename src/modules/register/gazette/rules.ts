import { day, keyOf, numberIn, text } from '../rules/cells.ts';

/** What the gazette announces of a body. */
const announcementKinds = ['created', 'changed', 'accounts', 'dissolved', 'cancelled', 'unsaid', 'other'] as const;
export type AnnouncementKind = (typeof announcementKinds)[number];

/** Those that show that a body lives. */
export const livingKinds = ['created', 'changed', 'accounts', 'unsaid'] as const satisfies readonly AnnouncementKind[];

/** An announcement as it is kept: of whom, of which kind, on which day; never its words, which name people and their homes. */
export type Announcement = { number: string; siren: string | null; kind: AnnouncementKind; on: string };
export type AnnouncementFate =
	{ is: 'kept'; record: Announcement } | { is: 'rejected'; reason: 'unnumbered' | 'number' | 'date'; said: string };

type Column = 'rna' | 'siren' | 'day' | 'kind' | 'state' | 'facet' | 'source' | 'title';

/** The headers under which each is published, without case, accents or signs: those of the open data of the gazette, and their kin. */
const headersOf: Record<Exclude<Column, 'day'>, readonly string[]> = {
	rna: [
		'numerorna',
		'numrna',
		'norna',
		'nrna',
		'idrna',
		'coderna',
		'identifiantrna',
		'rna',
		'numerowaldec',
		'idwaldec',
		'waldec',
		'numeroassociation',
		'idassociation'
	],
	siren: ['dcasiren', 'siren', 'numerosiren', 'nsiren', 'numsiren', 'siret', 'numerosiret', 'nsiret'],
	kind: [
		'typeavis',
		'typeavislib',
		'typeavislibelle',
		'libelletypeavis',
		'typedavis',
		'typeannonce',
		'typedannonce',
		'natureannonce',
		'naturedelannonce',
		'natureavis',
		'naturedelavis',
		'internalcontenusubnode'
	],
	state: ['etatavis', 'etatannonce', 'etatdelavis', 'etatdelannonce'],
	facet: ['annoncetypefacette'],
	source: ['source'],
	title: ['titre', 'nom', 'denomination', 'nomassociation', 'nomdelassociation', 'titreassociation']
};

/** A header that says the day of the gazette; and one that does where a kind of announcement stands beside it. */
const saysDay = (key: string): boolean =>
	/date|paru|publi/.test(key) &&
	/parution|parule|insertion|annonce|jo(?:afe)?$|journalofficiel/.test(key) &&
	!/declaration|creation|dissolution|cloture|numero|type/.test(key);
const anyDay = /^(?:date(?:de)?(?:la)?)?publi(?:cation|ele)?$/;
/** What a list of structures has, and the gazette hardly ever. */
const contact = /^(?:.*(?:courriel|email|mail|telephone|responsable|president).*|tel|tel\d?|contact)$/;

const plain = (said: string): string => said.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The kind that words say; `unsaid` of none, `other` of words that we do not know. */
export function kindIn(said: string): AnnouncementKind {
	const words = plain(said);
	if (!/[a-z]/.test(words)) return 'unsaid';
	if (/\bannul|\bretrait/.test(words)) return 'cancelled';
	if (/\bdissol|\bliquidation|\bcloture/.test(words)) return 'dissolved';
	if (/\bcomptes?\b|\bdca\b/.test(words)) return 'accounts';
	if (/\bcreat|\bconstitut|\bnouvelle/.test(words)) return 'created';
	if (/\bmodif|\bchang|\btransfert|\btransform|\brectif|\brepris|\brefonte/.test(words)) return 'changed';
	return 'other';
}

const most = (cells: readonly string[], fits: (cell: string) => boolean): boolean => {
	const said = cells.filter((cell) => cell.trim() !== '');
	return said.length > 0 && said.filter((cell) => fits(cell.trim())).length >= said.length * 0.8;
};
const isRna = (cell: string) => /^W[0-9A-Z]{9}$/i.test(cell);
const isKind = (cell: string) => cell.length <= 40 && !['unsaid', 'other'].includes(kindIn(cell));

/**
 * Where each is in a file of the gazette, by its headers and, where these say nothing, by what its first rows hold; null when it is
 * none. A list of structures may give the day of the gazette too: without a kind of announcement and with contacts, it is that list.
 */
function placesIn(headers: readonly string[], sample: readonly (readonly string[])[]): Partial<Record<Column, number>> | null {
	const keys = headers.map(keyOf);
	const places: Partial<Record<Column, number>> = {};
	const held = (at: number) => sample.map((cells) => cells[at] ?? '');
	for (const [column, names] of Object.entries(headersOf) as [Exclude<Column, 'day'>, readonly string[]][]) {
		const at = names.map((name) => keys.indexOf(name)).find((place) => place >= 0);
		if (at !== undefined) places[column] = at;
	}
	const free = (fits: (cell: string) => boolean) =>
		keys.findIndex((_, at) => !Object.values(places).includes(at) && most(held(at), fits));
	if (places.rna === undefined) {
		const at = free(isRna);
		if (at >= 0) places.rna = at;
	}
	if (places.kind === undefined && places.facet === undefined) {
		const at = free(isKind);
		if (at >= 0) places.kind = at;
	}
	const kinded = places.kind !== undefined || places.facet !== undefined;
	const certain = keys.findIndex(saysDay);
	const days = keys.flatMap((key, at) => (anyDay.test(key) ? [at] : []));
	const alone = keys.flatMap((_, at) => (most(held(at), (cell) => day(cell) !== null) ? [at] : []));
	if (certain >= 0) places.day = certain;
	else if (kinded && days.length) places.day = days[0]!;
	else if (kinded && alone.length === 1) places.day = alone[0]!;
	if (places.day === undefined || (places.rna === undefined && places.siren === undefined)) return null;
	return kinded || !keys.some((key) => contact.test(key)) ? places : null;
}

/** Whether a file with these headers and these first rows is one of the gazette. */
export const isGazette = (headers: readonly string[], sample: readonly (readonly string[])[]): boolean =>
	placesIn(headers, sample) !== null;

/** How the rows of a file of the gazette are read. One without any number is rejected: nothing is joined by name. */
export function announcementReader(headers: readonly string[], sample: readonly (readonly string[])[]) {
	const places = placesIn(headers, sample)!;
	return (cells: readonly string[]): AnnouncementFate => {
		const cell = (column: Column, longest = 200) =>
			places[column] === undefined ? '' : (text(cells[places[column]], longest) ?? '');
		const found = [numberIn(cell('rna', 60)), numberIn(cell('siren', 60))];
		const rna = found.find((one) => one.rna)?.rna ?? null;
		const siren = found.find((one) => one.siren)?.siren ?? null;
		const number = rna ?? siren;
		if (number === null) {
			const wrong = found.find((one) => one.unverified)?.unverified;
			return wrong
				? { is: 'rejected', reason: 'number', said: wrong }
				: { is: 'rejected', reason: 'unnumbered', said: cell('title', 120) || '…' };
		}
		const on = day(cell('day', 40));
		if (!on) return { is: 'rejected', reason: 'date', said: cell('day', 40) };
		// « Associations loi du 1er juillet 1901/Création/Initial »: the first part says of which kind of body.
		const said = cell('kind') || cell('facet').split('/').slice(1).join(' ');
		const kind = cell('source').toLowerCase() === 'dca' ? 'accounts' : kindIn(`${said} ${said ? cell('state') : ''}`);
		return { is: 'kept', record: { number, siren: rna ? siren : null, kind, on } };
	};
}
