import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { belgianForms, rnaGroups, rnaNatures, rnaPurposes, sireneForms, staffClasses } from '#content/codes/codes.ts';
import type { Reader } from '#platform/context.server.ts';
import { activityOf, type Coded } from '../rules/codes.ts';
import type { Official } from '../queries.server.ts';

let activities: Map<string, string> | undefined;

/** The French nomenclature of activities (INSEE, NAF rév. 2), as its package publishes it; read once, when somebody first needs it. */
function nafLabel(code: string): string | undefined {
	if (!activities) {
		const file = createRequire(import.meta.url).resolve('@socialgouv/codes-naf/index.json');
		const published = JSON.parse(readFileSync(file, 'utf8')) as { id: string; label: string }[];
		activities = new Map(published.map(({ id, label }) => [id, label]));
	}
	return activities.get(code);
}

/** What the codes of a record mean, in words; a code that nobody explained stands as it is. */
export async function labelsOf(db: Reader, record: Official): Promise<[fact: string, words: string][]> {
	const { source, legalForm, grouping, objectCode, secondObjectCode, activityCode, employeesClass, employeesYear } = record;
	const rna = source === 'rna-waldec' || source === 'rna-import';
	const purposes = [objectCode, secondObjectCode].filter((code) => code !== null);
	const activity = activityCode ? activityOf(source, activityCode) : null;
	const wanted: Coded[] = [
		...(legalForm && !rna ? [{ list: source === 'bce' ? 'bce-form' : 'sirene-form', code: legalForm }] : []),
		...purposes.map((code) => ({ list: 'rna-object', code })),
		...(activity ? [activity] : [])
	];
	const rows = wanted.length
		? await db
				.selectFrom('officialCodes')
				.select(['list', 'code', 'label'])
				.where((eb) => eb.or(wanted.map(({ list, code }) => eb.and([eb('list', '=', list), eb('code', '=', code)]))))
				.execute()
		: [];
	const brought = new Map(rows.map(({ list, code, label }) => [`${list} ${code}`, label]));
	const said = (list: string, code: string) => brought.get(`${list} ${code}`);
	const facts: [string, string | undefined | null][] = [];
	if (legalForm)
		facts.push([
			'form',
			rna
				? (rnaNatures[legalForm] ?? null)
				: source === 'bce'
					? (said('bce-form', legalForm) ?? belgianForms[legalForm] ?? legalForm)
					: (said('sirene-form', legalForm) ?? sireneForms[legalForm] ?? legalForm)
		]);
	if (grouping) facts.push(['grouping', rnaGroups[grouping]]);
	const themes = purposes.map((code) => said('rna-object', code) ?? rnaPurposes[code.slice(0, 3)] ?? code);
	if (themes.length) facts.push(['theme', [...new Set(themes)].join(' ; ')]);
	// The European classes of four figures are those of the French nomenclature.
	if (activity)
		facts.push([
			'activity',
			said(activity.list, activity.code) ??
				(activity.list === 'naf'
					? nafLabel(activity.code)
					: activity.list === 'nace-2008'
						? nafLabel(`${activity.code.slice(0, 2)}.${activity.code.slice(2, 4)}`)
						: undefined) ??
				activity.code
		]);
	if (employeesClass && employeesClass !== 'NN')
		facts.push([
			'staff',
			[staffClasses[employeesClass] ?? employeesClass, employeesYear && `(${employeesYear})`].filter(Boolean).join(' ')
		]);
	return facts.flatMap(([fact, words]) => (words ? [[fact, words] as [string, string]] : []));
}

/** The establishments that a register gives beside a record. */
export async function listEstablishments(db: Reader, { source, key }: Official): Promise<string[]> {
	if (source !== 'bce') return [];
	const rows = await db
		.selectFrom('officialEstablishments')
		.select('number')
		.where('key', '=', key)
		.orderBy('number')
		.limit(200)
		.execute();
	return rows.map(({ number }) => number);
}

/** What was brought of codes: how many of each list, from which file, when. */
export const listBroughtCodes = (db: Reader) =>
	db
		.selectFrom('officialCodes')
		.select(({ fn }) => ['list', 'source', fn.countAll<string>().as('codes'), fn.max('readAt').as('readAt')])
		.groupBy(['list', 'source'])
		.orderBy('list')
		.execute();
