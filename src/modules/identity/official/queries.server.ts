import { sql } from 'kysely';
import { lastConfirmations } from '#modules/organisations/queries/facts.server.ts';
import { managedSince } from '#modules/organisations/queries/people.server.ts';
import { listNamesakes, pathOf, type Organisation } from '#modules/organisations/queries.server.ts';
import { readIdentifier, type IdentifierKind } from '#modules/organisations/rules/identifiers.ts';
import { likeness, worthALook } from '#modules/organisations/rules/matching.ts';
import { nameKey, nameWords } from '#modules/organisations/rules/names.ts';
import { announcedOf } from '#modules/register/gazette/queries.server.ts';
import { latestGrant } from '#modules/register/grants/queries.server.ts';
import { listByIdentifier, listOfficialOf, type Official } from '#modules/register/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { daysBetween, today } from '#platform/clock.ts';
import type { Context, Reader } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { mayRelate } from '../policy.ts';
import { aroundOf } from '../queries.server.ts';
import { numbersOf, signsOfLife, stateOf } from './rules.ts';

/** The commune of a record, as people call it. */
const placeOfRecord = ({ communeCode, communeName }: Pick<Official, 'communeCode' | 'communeName'>): string | null => {
	const commune = communeCode ? findCommune(communeCode) : null;
	return commune ? communeLabel(commune) : communeName;
};

/** A record as a page shows it: locked, with its register and the day of its last change. */
const shownRecord = (record: Official) => ({
	bodyId: record.id,
	source: record.source,
	key: record.key,
	name: record.name,
	shortName: record.shortName,
	purpose: record.purpose,
	place: placeOfRecord(record),
	createdOn: record.createdOn,
	declaredOn: record.declaredOn,
	endedOn: record.endedOn,
	readAt: record.changedAt,
	state: stateOf(record),
	siret: record.siret,
	siren: record.siren,
	rna: record.rna,
	website: record.website
});
export type ShownRecord = ReturnType<typeof shownRecord>;

/** What the registers say of an organisation today, what stands beside it, and what shows that it lives. */
export async function findOfficialFacts(context: Context, organisation: Organisation) {
	const records = await listOfficialOf(context, organisation.id);
	const { managers, latest } = await managedSince(context.db, organisation.id);
	const confirmed = (await lastConfirmations(context.db, [organisation.id])).get(organisation.id);
	const said = [...(latest ? [latest, organisation.updatedAt] : []), ...(confirmed ? [confirmed] : [])];
	const day = (at: Date) => today(at, organisation.zone);
	const numbers = numbersFor([...organisation.identifiers, ...records.flatMap(numbersOf)]);
	const gazette = await announcedOf(context, numbers);
	return {
		records: records.map((one) => ({ ...shownRecord(one), since: one.since, how: one.how })),
		signs: signsOfLife(
			{
				confirmedOn: said.length ? day(new Date(Math.max(...said.map(Number)))) : null,
				records,
				grant: await latestGrant(context, numbers),
				gazette
			},
			(from) => daysBetween(from, day(context.now))
		),
		dissolvedOn: gazette.dissolvedOn,
		managers,
		may: mayRelate(context.actor, organisation.id, await aroundOf(context, organisation.id))
	};
}

/** The numbers by which what is published of a body is found. */
const numbersFor = (numbers: { kind: string; value: string }[]) => ({
	sirens: [...new Set(numbers.flatMap(({ kind, value }) => (kind === 'siren' || kind === 'siret' ? value.slice(0, 9) : [])))],
	rnas: [...new Set(numbers.flatMap(({ kind, value }) => (kind === 'rna' ? value : [])))]
});

/** What shows that the body of a record lives, or that it was dissolved, by this record and the others of the same body. */
export async function findSignsOf(context: Context, records: Official[]) {
	const day = today(context.now, 'Europe/Paris');
	const numbers = numbersFor(records.flatMap(numbersOf));
	const gazette = await announcedOf(context, numbers);
	const grant = await latestGrant(context, numbers);
	return {
		signs: signsOfLife({ confirmedOn: null, records, grant, gazette }, (from) => daysBetween(from, day)),
		dissolvedOn: gazette.dissolvedOn
	};
}

/** The records that were an organisation's and are no longer, the latest first. */
export async function listPastRecords({ db }: Context, organisationId: string) {
	return db
		.selectFrom('organisationOfficialRecords as r')
		.innerJoin('officialBodies as b', 'b.id', 'r.bodyId')
		.leftJoin('persons as p', 'p.id', 'r.untilBy')
		.select(['r.id', 'r.bodyId', 'r.since', 'r.until', 'b.source', 'b.key', 'b.name', 'p.name as by'])
		.where('r.organisationId', '=', organisationId)
		.where('r.until', 'is not', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('organisationOfficialRecords as again')
						.select('again.id')
						.whereRef('again.organisationId', '=', 'r.organisationId')
						.whereRef('again.bodyId', '=', 'r.bodyId')
						.where('again.until', 'is', null)
				)
			)
		)
		.orderBy('r.until', 'desc')
		.limit(20)
		.execute();
}

export type Entry = { id: string; code: string; name: string; path: string; communeCode: string | null };

/** The entries of the directory that a record is related to, the oldest first: one, unless a person said otherwise. */
export async function entriesOf(db: Reader, bodyId: number): Promise<Entry[]> {
	const rows = await db
		.selectFrom('organisationOfficialRecords as r')
		.innerJoin('organisations as o', 'o.id', 'r.organisationId')
		.select(['o.id', 'o.code', 'o.name', 'o.communeCode'])
		.where('r.bodyId', '=', bodyId)
		.where('r.until', 'is', null)
		.where('o.mergedInto', 'is', null)
		.orderBy('r.since')
		.orderBy('o.id')
		.limit(20)
		.execute();
	return rows.map((row) => ({ ...row, path: pathOf(row) }));
}

/** Entries that may stand for a record without being related to it: they bear one of its numbers, or its name in its commune. */
export async function likelyEntries(context: Context, record: Official): Promise<Entry[]> {
	const numbered = await context.db
		.selectFrom('organisationIdentifiers as i')
		.innerJoin('organisations as o', 'o.id', 'i.organisationId')
		.select(['o.id', 'o.code', 'o.name', 'o.communeCode'])
		.where('o.mergedInto', 'is', null)
		.where((eb) =>
			eb.or(numbersOf(record).map(({ kind, value }) => eb.and([eb('i.kind', '=', kind), eb('i.value', '=', value)])))
		)
		.orderBy('o.registeredAt')
		.limit(5)
		.execute();
	const named = (await listNamesakes(context, nameKey(record.name))).filter(
		({ communeCode }) => communeCode === null || communeCode === record.communeCode
	);
	const both = [...new Map([...numbered, ...named].map((one) => [one.id, one])).values()].slice(0, 5);
	return both.map(({ id, code, name, communeCode }) => ({ id, code, name, communeCode, path: pathOf({ name, code }) }));
}

/** The numbers of an organisation: those of today with since when, from where and by whom, and those that ended, with why. */
export async function listNumbers({ db }: Context, organisationId: string) {
	const held = await db
		.selectFrom('organisationIdentifiers as i')
		.leftJoin('persons as p', 'p.id', 'i.addedBy')
		.select(['i.kind', 'i.value', 'i.source', 'i.addedAt as since', 'i.reason', 'p.name as by'])
		.select((eb) =>
			eb
				.selectFrom('organisationIdentifiers as also')
				.innerJoin('organisations as o', 'o.id', 'also.organisationId')
				.select(({ fn }) => fn.agg<string[]>('array_agg', ['o.name']).as('names'))
				.whereRef('also.kind', '=', 'i.kind')
				.whereRef('also.value', '=', 'i.value')
				.whereRef('also.organisationId', '<>', 'i.organisationId')
				.where('o.mergedInto', 'is', null)
				.as('others')
		)
		.where('i.organisationId', '=', organisationId)
		.orderBy('i.kind')
		.orderBy('i.value')
		.execute();
	const past = await db
		.selectFrom('pastIdentifiers as i')
		.leftJoin('persons as p', 'p.id', 'i.untilBy')
		.select(['i.id', 'i.kind', 'i.value', 'i.source', 'i.since', 'i.until', 'i.reason', 'p.name as by'])
		.where('i.organisationId', '=', organisationId)
		.orderBy('i.until', 'desc')
		.limit(20)
		.execute();
	return { held: held.map(({ others, ...one }) => ({ ...one, others: others ?? [] })), past };
}

/** How many names of one commune are compared one by one. */
const mostCompared = 2000;
/** How many numbers of the records of one organisation are followed to others. */
const mostFollowed = 12;
const pattern = (text: string) => `%${text.replace(/[%_\\]/g, '\\$&')}%`;

/** The records of one commune whose names hold one of these words: those worth comparing. */
async function neighboursNamed(
	{ db }: Context,
	communeCode: string,
	name: string
): Promise<{ id: number; name: string; otherNames: string[] | null }[]> {
	const words = nameWords(name)
		.filter((one) => one.length > 2)
		.toSorted((a, b) => b.length - a.length)
		.slice(0, 6);
	if (!words.length) return [];
	const commune = findCommune(communeCode);
	const codes = [communeCode, ...(commune?.parent ? [commune.parent] : [])];
	return db
		.selectFrom('officialBodies')
		.select(['id', 'name', 'otherNames'])
		.where('communeCode', 'in', codes)
		.where('sameAs', 'is', null)
		.where((eb) => eb.or(words.map((one) => sql<boolean>`plain(name) like ${pattern(one)}`)))
		.limit(mostCompared)
		.execute();
}

async function recordsById({ db }: Context, ids: number[]): Promise<Official[]> {
	if (!ids.length) return [];
	const rows = await db.selectFrom('officialBodies').selectAll().where('id', 'in', ids).execute();
	const byId = new Map(rows.map(({ street: _street, ...row }) => [row.id, row as unknown as Official]));
	return ids.flatMap((id) => byId.get(id) ?? []);
}

/** One record by the id that a page gave. */
export const findRecord = async (context: Context, bodyId: number): Promise<Official | null> =>
	context.actor.is === 'person' || context.actor.is === 'system' ? ((await recordsById(context, [bodyId]))[0] ?? null) : null;

export type Proposal = ShownRecord & { why: 'identifier' | 'published' | 'name' | 'asked'; likeness: number | null };

/**
 * The records that may be an organisation's own: those that bear one of its numbers, those that share one with a record that is its
 * own already (one RNA with two SIREN), else those of its commune whose name is likely the same; with `words`, those that bear this number or, in its commune, hold these words. A person decides.
 */
export async function proposeRecords(context: Context, organisation: Organisation, words = ''): Promise<Proposal[]> {
	if (context.actor.is !== 'person') return [];
	const own = await listOfficialOf(context, organisation.id);
	const taken = new Set(own.map(({ id }) => id));
	const found = new Map<number, Proposal>();
	const add = (record: Official, why: Proposal['why'], like: number | null = null) => {
		if (!taken.has(record.id) && !found.has(record.id)) found.set(record.id, { ...shownRecord(record), why, likeness: like });
	};
	const asked = words.trim().slice(0, 200);
	if (asked) {
		try {
			const number = readIdentifier(undefined, asked);
			for (const record of await listByIdentifier(context, number)) add(record, 'asked');
		} catch (problem) {
			if (!(problem instanceof Refused)) throw problem;
		}
		if (!found.size && organisation.communeCode) {
			const near = await neighboursNamed(context, organisation.communeCode, asked);
			const best = near
				.map((one) => ({ id: one.id, like: likeness(asked, one.name) }))
				.toSorted((a, b) => b.like - a.like)
				.slice(0, 10);
			for (const record of await recordsById(
				context,
				best.map(({ id }) => id)
			))
				add(record, 'asked');
		}
		return [...found.values()];
	}
	for (const { kind, value } of organisation.identifiers)
		for (const record of await listByIdentifier(context, { kind: kind as IdentifierKind, value })) add(record, 'identifier');
	const alike = !found.size && organisation.communeCode;
	const detached = new Set((await listPastRecords(context, organisation.id)).map(({ bodyId }) => bodyId));
	const published = new Map(own.flatMap(numbersOf).map((number) => [`${number.kind} ${number.value}`, number]));
	for (const number of [...published.values()].slice(0, mostFollowed))
		for (const record of await listByIdentifier(context, number)) if (!detached.has(record.id)) add(record, 'published');
	if (alike) {
		const names = [organisation.name, ...organisation.otherNames];
		const near = (
			await Promise.all(names.slice(0, 3).map((name) => neighboursNamed(context, organisation.communeCode!, name)))
		).flat();
		const best = [...new Map(near.map((one) => [one.id, one])).values()]
			.map(({ id, name, otherNames }) => ({
				id,
				like: Math.max(
					...names.flatMap((ours) =>
						[name, ...(otherNames ?? [])].map((theirs) => (nameKey(ours) === nameKey(theirs) ? 1 : likeness(ours, theirs)))
					)
				)
			}))
			.filter(({ like }) => like >= worthALook)
			.toSorted((a, b) => b.like - a.like)
			.slice(0, 5);
		const records = await recordsById(
			context,
			best.map(({ id }) => id)
		);
		records.forEach((record) => add(record, 'name', best.find(({ id }) => id === record.id)!.like));
	}
	return [...found.values()];
}
