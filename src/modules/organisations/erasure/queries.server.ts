import { sql } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';

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

/** What one did in the directory: who was invited, named, given a mandate, and the lists that one brought. For the export. */
export async function listOwnDirectory({ db, actor }: Context, email: string | null) {
	if (actor.is !== 'person') throw new NotFound();
	const me = actor.id;
	return {
		registered: await db
			.selectFrom('organisations')
			.select(['name', 'registeredAt'])
			.where('registeredBy', '=', me)
			.orderBy('registeredAt')
			.execute(),
		invitations: await db
			.selectFrom('invitations as i')
			.innerJoin('organisations as o', 'o.id', 'i.organisationId')
			.select(['o.name as organisation', 'i.name', 'i.email', 'i.invitedAt', 'i.acceptedAt', 'i.declinedAt', 'i.revokedAt'])
			.where((eb) =>
				eb.or([eb('i.invitedBy', '=', me), eb('i.acceptedBy', '=', me), ...(email ? [eb('i.email', '=', email)] : [])])
			)
			.orderBy('i.invitedAt')
			.execute(),
		mandatesGiven: await db
			.selectFrom('mandates as d')
			.innerJoin('memberships as b', 'b.id', 'd.membershipId')
			.innerJoin('organisations as o', 'o.id', 'b.organisationId')
			.select(['o.name as organisation', 'd.may', 'd.givenAt', 'd.endedAt'])
			.where('d.givenBy', '=', me)
			.orderBy('d.givenAt')
			.execute(),
		managersNamed: await db
			.selectFrom('managers as g')
			.innerJoin('memberships as b', 'b.id', 'g.membershipId')
			.innerJoin('organisations as o', 'o.id', 'b.organisationId')
			.select(['o.name as organisation', 'g.since', 'g.until'])
			.where('g.givenBy', '=', me)
			.orderBy('g.since')
			.execute(),
		lists: await db.selectFrom('imports').select(['title', 'readAt']).where('broughtBy', '=', me).orderBy('readAt').execute(),
		columns: await db
			.selectFrom('importColumns')
			.select(['columns', 'rememberedAt'])
			.where('rememberedBy', '=', me)
			.orderBy('rememberedAt')
			.execute(),
		duplicatesDecided: await db
			.selectFrom('importRows')
			.select(['decision', 'decidedAt'])
			.where('decidedBy', '=', me)
			.orderBy('decidedAt')
			.execute()
	};
}
