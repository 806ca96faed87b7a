import { sql } from 'kysely';
import type { Context } from '#platform/context.server.ts';

/** The organisations that nobody would manage if one were erased: said before, never a reason to refuse a right. */
export async function listLeftAlone({ db, actor }: Context): Promise<string[]> {
	if (actor.is !== 'person') return [];
	const managed = actor.belongings.filter(({ manager }) => manager);
	if (!managed.length) return [];
	const rows = await db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.select(['m.organisationId', sql<number>`count(*)::int`.as('count')])
		.where(
			'm.organisationId',
			'in',
			managed.map(({ organisationId }) => organisationId)
		)
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.groupBy('m.organisationId')
		.execute();
	const alone = new Set(rows.filter(({ count }) => count === 1).map(({ organisationId }) => organisationId));
	return managed.filter(({ organisationId }) => alone.has(organisationId)).map(({ name }) => name);
}

/** What this module holds about oneself, for the export. */
export async function listOwnMemberships({ db, actor }: Context) {
	if (actor.is !== 'person') return [];
	const memberships = await db
		.selectFrom('memberships as m')
		.innerJoin('organisations as o', 'o.id', 'm.organisationId')
		.select(['m.id', 'o.name as organisation', 'm.title', 'm.joinedAt', 'm.leftAt'])
		.where('m.personId', '=', actor.id)
		.orderBy('m.joinedAt')
		.execute();
	const ids = memberships.map(({ id }) => id);
	const mandates = ids.length
		? await db
				.selectFrom('mandates')
				.select([
					'membershipId',
					'may',
					sql<string>`valid_from::text`.as('from'),
					sql<string>`valid_to::text`.as('to'),
					'endedAt'
				])
				.where('membershipId', 'in', ids)
				.orderBy('givenAt')
				.execute()
		: [];
	const managed = ids.length
		? await db.selectFrom('managers').select(['membershipId', 'since', 'until']).where('membershipId', 'in', ids).execute()
		: [];
	const of = <T extends { membershipId: string }>(rows: T[], id: string) =>
		rows.filter(({ membershipId }) => membershipId === id);
	return memberships.map(({ id, ...row }) => ({ ...row, mandates: of(mandates, id), managed: of(managed, id) }));
}
