import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { linkedThings } from '#modules/links/queries.server.ts';
import { managersOfAll } from '#modules/organisations/queries/people.server.ts';
import { standingOf } from '../rules.ts';
import { pathOf, type Cooperation } from '../queries.server.ts';

/**
 * Whether the link of this invitation reached the organisation itself: it went to the address that the directory held, or the
 * inviter had written the organisation into the directory. An address that a partner typed for a known organisation proves nothing.
 */
export async function linkSpeaksForItself({ db }: Context, partnerId: string): Promise<boolean> {
	const row = await db
		.selectFrom('partners as p')
		.innerJoin('organisations as o', 'o.id', 'p.organisationId')
		.select(['p.invitedAtOwnAddress', 'p.invitedBy', 'o.registeredBy'])
		.where('p.id', '=', partnerId)
		.executeTakeFirst();
	return row !== undefined && (row.invitedAtOwnAddress || (row.invitedBy !== null && row.invitedBy === row.registeredBy));
}

/** The invited organisations that nobody manages here, and whether a link was sent to them: without one, nobody knows of it. */
export async function listUnmanagedInvitations({ db }: Context, cooperation: Cooperation): Promise<Map<string, boolean>> {
	const invited = cooperation.partners.filter((one) => standingOf(one) === 'invited');
	if (!invited.length) return new Map();
	const managed = new Set(
		(
			await managersOfAll(
				db,
				invited.map(({ organisationId }) => organisationId)
			)
		).map(({ organisationId }) => organisationId)
	);
	const unmanaged = invited.filter(({ organisationId }) => !managed.has(organisationId));
	const linked = await linkedThings(
		db,
		unmanaged.map(({ id }) => id)
	);
	return new Map(unmanaged.map(({ id }) => [id, linked.has(id)]));
}

/** The invitations that wait for an answer of one of the actor's organisations. */
export async function listInvitationsToMe(context: Context) {
	const rows = await context.db
		.selectFrom('partners as p')
		.innerJoin('cooperations as c', 'c.id', 'p.cooperationId')
		.leftJoin('organisations as o', 'o.id', 'p.invitedFor')
		.select([
			'p.id as partnerId',
			'p.organisationId',
			'p.role',
			'p.invitedAt',
			'c.name',
			'c.code',
			'c.sentence',
			'o.name as inviter'
		])
		.where('p.organisationId', 'in', orNobody(organisationsOf(context.actor)))
		.where('p.acceptedAt', 'is', null)
		.where('p.declinedAt', 'is', null)
		.where('p.leftAt', 'is', null)
		.where('c.endedAt', 'is', null)
		.orderBy('p.invitedAt')
		.limit(50)
		.execute();
	return rows.map((row) => ({ ...row, path: pathOf(row) }));
}
