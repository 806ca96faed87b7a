import { sql } from 'kysely';
import { countManagers } from '#modules/organisations/queries/people.server.ts';
import type { Organisation } from '#modules/organisations/queries.server.ts';
import { readIdentifier, type IdentifierKind } from '#modules/organisations/rules/identifiers.ts';
import { likelyInOneCommune, likeness } from '#modules/organisations/rules/matching.ts';
import { nameKey, nameWords } from '#modules/organisations/rules/names.ts';
import { listByIdentifier, listOfficialOf, type Official } from '#modules/register/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { daysBetween, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { mayRelate } from '../policy.ts';
import { aroundOf } from '../queries.server.ts';
import { signsOfLife, stateOf } from './rules.ts';

/** The commune of a record, as people call it. */
const placeOfRecord = ({ communeCode, communeName }: Pick<Official, 'communeCode' | 'communeName'>): string | null => {
	const commune = communeCode ? findCommune(communeCode) : null;
	return commune ? communeLabel(commune) : communeName;
};

/** A record as a page shows it: locked, with its register and the day of its last change. */
export const shownRecord = (record: Official) => ({
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
	const managers = await countManagers(context.db, organisation.id);
	const day = (at: Date) => today(at, organisation.zone);
	return {
		records: records.map((one) => ({ ...shownRecord(one), since: one.since, how: one.how })),
		signs: signsOfLife({ confirmedOn: managers ? day(organisation.updatedAt) : null, records }, (from) =>
			daysBetween(from, day(context.now))
		),
		managers,
		may: mayRelate(context.actor, organisation.id, await aroundOf(context, organisation.id))
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

/** How many names of one commune are compared one by one. */
const mostCompared = 2000;
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

export type Proposal = ShownRecord & { why: 'identifier' | 'name' | 'asked'; likeness: number | null };

/**
 * The records that may be an organisation's own: those that bear one of its numbers, else those of its commune whose name is likely
 * the same; with `words`, those that bear this number or, in its commune, hold these words. A person decides.
 */
export async function proposeRecords(context: Context, organisation: Organisation, words = ''): Promise<Proposal[]> {
	if (context.actor.is !== 'person') return [];
	const taken = new Set((await listOfficialOf(context, organisation.id)).map(({ id }) => id));
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
	if (!found.size && organisation.communeCode) {
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
			.filter(({ like }) => like >= likelyInOneCommune)
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
