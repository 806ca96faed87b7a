import { sql } from 'kysely';
import { administers, type May } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { pathOf } from '../queries.server.ts';
import { mayManage } from '../policy.ts';
import { stateOf } from '../rules/mandates.ts';

/** The invitations of an organisation: seen by those who manage it and by administrators, since they hold addresses. */
export async function listInvitations({ actor, db, now }: Context, organisationId: string) {
	if (!mayManage(actor, organisationId) && !administers(actor)) return [];
	const rows = await db
		.selectFrom('invitations')
		.select(['id', 'name', 'email', 'manager', 'may', 'invitedAt', 'expiresAt', 'acceptedAt', 'declinedAt', 'revokedAt'])
		.select('accompanies')
		.where('organisationId', '=', organisationId)
		.orderBy('invitedAt', 'desc')
		.limit(50)
		.execute();
	return rows.map((row) => ({ ...row, may: row.may as May, state: stateOf(row, now) }));
}

/** An invitation by the secret of its link, whatever its state: a used one says so. */
export async function findInvitation({ db, now }: Context, token: string) {
	const row = await db
		.selectFrom('invitations as i')
		.innerJoin('organisations as o', 'o.id', 'i.organisationId')
		.leftJoin('persons as p', 'p.id', 'i.invitedBy')
		.select([
			'i.id',
			'i.organisationId',
			'i.name',
			'i.email',
			'i.manager',
			'i.may',
			'i.expiresAt',
			'i.acceptedAt',
			'i.declinedAt'
		])
		.select(['i.accompanies', 'i.revokedAt', 'i.invitedBy', 'o.name as organisation', 'o.code', 'p.name as inviter'])
		.where('i.tokenHash', '=', hashToken(token))
		.executeTakeFirst();
	if (!row) throw new NotFound('link');
	return { ...row, may: row.may as May, state: stateOf(row, now), path: pathOf({ name: row.organisation, code: row.code }) };
}

/** Whether somebody who accepted would manage this organisation. */
export async function countWaitingManagers({ db, now }: Pick<Context, 'db' | 'now'>, organisationId: string): Promise<number> {
	const { count } = await db
		.selectFrom('invitations')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('organisationId', '=', organisationId)
		.where('manager', '=', true)
		.where('acceptedAt', 'is', null)
		.where('declinedAt', 'is', null)
		.where('revokedAt', 'is', null)
		.where('expiresAt', '>', now)
		.executeTakeFirstOrThrow();
	return count;
}
