import { sql } from 'kysely';
import type { May } from '#platform/actor.ts';
import { ask, type Context, type Reader } from '#platform/context.server.ts';
import { bare, exactlyOrNearly, isNear, mostFound, type Asked } from '#platform/database/text-search.server.ts';
import { orNobody } from '#platform/ids.ts';
import { pathOf } from '../queries.server.ts';
import { held, mayToday } from './belongings.server.ts';
import type { Member } from '../rules/mandates.ts';

/** The people of an organisation: seen by those who signed in, because they must know whom to talk to. */
export async function listMembers(context: Context, organisationId: string): Promise<Member[]> {
	if (context.actor.is !== 'person' && context.actor.is !== 'system') return [];
	return membersOf(context.db, organisationId, context.now);
}

/** The people of several organisations at once, to choose one from: names and what they do there, for those who signed in. */
export async function listPeopleOf(
	{ db, actor }: Context,
	organisationIds: string[]
): Promise<{ organisationId: string; personId: string; name: string; title: string | null }[]> {
	if (!organisationIds.length || (actor.is !== 'person' && actor.is !== 'system')) return [];
	return db
		.selectFrom('memberships as m')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.organisationId', 'p.id as personId', 'p.name', 'm.title'])
		.where('m.organisationId', 'in', organisationIds)
		.where('m.leftAt', 'is', null)
		.orderBy('p.name')
		.execute();
}

/** Who belongs to what today: rows for a subquery of another module, which says of which organisations. */
export const membersToday = ({ db }: Context) => db.selectFrom('memberships').where('leftAt', 'is', null);

async function membersOf(db: Reader, organisationId: string, now: Date): Promise<Member[]> {
	return ask(
		db,
		sql<Member>`
		select m.id as membership_id, p.id as person_id, p.name, m.title, manager, ${mayToday} as may,
			m.accompanies_since is not null as accompanies,
			case when not manager then living.valid_from end as "from", case when not manager then living.valid_to end as "to"
		from memberships m join organisations o on o.id = m.organisation_id join persons p on p.id = m.person_id
		cross join ${held(now)}
		left join lateral (
			select d.valid_from::text, d.valid_to::text from mandates d where d.membership_id = m.id and d.ended_at is null
			and (now_at at time zone o.zone)::date between d.valid_from and coalesce(d.valid_to, 'infinity')
			order by array_position(array['discuss', 'commit', 'sign'], d.may) desc, d.given_at desc limit 1) living on true
		where m.organisation_id = ${organisationId} and m.left_at is null
		order by m.joined_at`
	);
}

/** The people of some organisations, with the address at which they can be written to: for those whom a meeting gathers. */
export async function peopleOf(db: Reader, organisationIds: string[]) {
	if (!organisationIds.length) return [];
	return db
		.selectFrom('memberships as m')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.organisationId', 'p.id as personId', 'p.name', 'p.email'])
		.where('m.organisationId', 'in', organisationIds)
		.where('m.leftAt', 'is', null)
		.orderBy('m.joinedAt')
		.limit(500)
		.execute();
}

/** The people of some organisations today, what they may do there, and where they can be written to: for those who gather them. */
export async function speakersOf(
	db: Reader,
	organisationIds: string[],
	now: Date
): Promise<{ organisationId: string; personId: string; name: string; email: string | null; manager: boolean; may: May }[]> {
	if (!organisationIds.length) return [];
	return ask(
		db,
		sql<Awaited<ReturnType<typeof speakersOf>>[number]>`
		select m.organisation_id, p.id as person_id, p.name, p.email, manager, ${mayToday} as may
		from memberships m join organisations o on o.id = m.organisation_id join persons p on p.id = m.person_id, ${held(now)}
		where m.organisation_id = any(${organisationIds}::uuid[]) and m.left_at is null
		order by m.joined_at, m.id
		limit 2000`
	);
}

/** Who manages an organisation and can be written to: the people to tell when something concerns it. */
export const managersOf = (db: Reader, organisationId: string) =>
	db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['p.id', 'p.name', 'p.email'])
		.where('m.organisationId', '=', organisationId)
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.execute();

/** The same of several organisations at once. */
export const managersOfAll = (db: Reader, organisationIds: string[]) =>
	db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.personId', 'm.organisationId', 'p.name', 'p.email'])
		.where('m.organisationId', 'in', orNobody(organisationIds))
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.execute();

/** Who accompanies for the house that an organisation is. */
export const accompagnateursOf = (db: Reader, organisationId: string) =>
	db
		.selectFrom('memberships as m')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.personId', 'p.name', 'p.email'])
		.where('m.organisationId', '=', organisationId)
		.where('m.leftAt', 'is', null)
		.where('m.accompaniesSince', 'is not', null)
		.execute();

/** How many people manage an organisation today: with none, somebody else has to invite the first one. */
export async function countManagers(db: Reader, organisationId: string): Promise<number> {
	const { count } = await db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('m.organisationId', '=', organisationId)
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.executeTakeFirstOrThrow();
	return count;
}

/** How many people manage an organisation today, and when the last of them began: somebody here answers for it. */
export const managedSince = (db: Reader, organisationId: string): Promise<{ managers: number; latest: Date | null }> =>
	db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.select([sql<number>`count(*)::int`.as('managers'), sql<Date | null>`max(g.since)`.as('latest')])
		.where('m.organisationId', '=', organisationId)
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.executeTakeFirstOrThrow();

/** The zone of whoever belongs to no organisation. */
export const usualZone = 'Europe/Paris';

/** The time zone that people live by: that of the organisation that they joined first. */
export async function zonesOf(db: Reader, personIds: string[]): Promise<Map<string, string>> {
	if (!personIds.length) return new Map();
	const rows = await db
		.selectFrom('memberships as m')
		.innerJoin('organisations as o', 'o.id', 'm.organisationId')
		.distinctOn('m.personId')
		.select(['m.personId', 'o.zone'])
		.where('m.personId', 'in', personIds)
		.where('m.leftAt', 'is', null)
		.orderBy('m.personId')
		.orderBy('m.joinedAt')
		.execute();
	return new Map(rows.map(({ personId, zone }) => [personId, zone]));
}

/** How near a name must be before its letters are looked at one by one. */
const nearEnough = 0.3;

/**
 * The people of organisations whose name answers a question, for those who signed in. Names are not among the known words: whoever is
 * erased leaves no word behind. Neither addresses nor telephones are looked at.
 */
export const searchPeople = (context: Context, asked: Asked) =>
	exactlyOrNearly(asked, async (nearly) => {
		if (context.actor.is !== 'person' && context.actor.is !== 'system') return [];
		let query = context.db
			.selectFrom('persons as p')
			.select(['p.id', 'p.name'])
			.where('p.erasedAt', 'is', null)
			.where(({ exists, selectFrom }) =>
				exists(selectFrom('memberships as m').select('m.id').whereRef('m.personId', '=', 'p.id').where('m.leftAt', 'is', null))
			)
			.orderBy('p.id')
			.limit(nearly ? 5 * mostFound : mostFound);
		if (nearly)
			await context.db
				.selectFrom(sql<{ one: number }>`(select 1 as one)`.as('once'))
				.select(sql`set_config('pg_trgm.word_similarity_threshold', ${String(nearEnough)}, true)`.as('set'))
				.execute();
		for (const { typed } of asked.words)
			query = nearly
				? query.where(sql<boolean>`p.searched %> ${typed}`)
				: query.where('p.searched', 'like', `%${typed}%`).where(sql<boolean>`' ' || p.searched like ${`% ${typed}%`}`);
		const found = (await query.execute()).filter(
			({ name }) =>
				!nearly ||
				asked.words.every(({ typed }) =>
					bare(name)
						.split(' ')
						.some((word) => word.startsWith(typed) || isNear(typed, word))
				)
		);
		const people = found.slice(0, mostFound);
		const memberships = people.length
			? await context.db
					.selectFrom('memberships as m')
					.innerJoin('organisations as o', 'o.id', 'm.organisationId')
					.select(['m.personId', 'm.title', 'o.name', 'o.code'])
					.where(
						'm.personId',
						'in',
						people.map(({ id }) => id)
					)
					.where('m.leftAt', 'is', null)
					.orderBy('m.joinedAt')
					.orderBy('m.id')
					.execute()
			: [];
		return people.map(({ id, name }) => {
			const theirs = memberships.filter(({ personId }) => personId === id);
			return {
				id,
				title: name,
				text: theirs.map((one) => [one.title, one.name].filter(Boolean).join(', ')).join('. '),
				path: `${pathOf(theirs[0]!)}#personnes`
			};
		});
	});
