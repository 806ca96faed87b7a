import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { nobody } from '#platform/ids.ts';
import { pathOf } from '../queries.server.ts';

const own = ({ actor }: Context, organisationId: string): string =>
	organisationsOf(actor).includes(organisationId) ? organisationId : nobody;

/** Those that take or took part in a cooperation with one of the actor's organisations: a subquery of ids. */
export const workedWith = (context: Context, organisationId: string) =>
	context.db
		.selectFrom('partners as us')
		.innerJoin('partners as them', 'them.cooperationId', 'us.cooperationId')
		.where('us.organisationId', '=', own(context, organisationId))
		.where('us.acceptedAt', 'is not', null)
		.where('them.acceptedAt', 'is not', null)
		.whereRef('them.organisationId', '<>', 'us.organisationId')
		.select('them.organisationId as id');

/** One cooperation that two organisations know of together, and how the other came into it. */
export type Together = {
	at: Date;
	name: string;
	path: string;
	how: 'together' | 'ended' | 'invited' | 'declined' | 'invited_us';
};

/**
 * The cooperations of one of the actor's organisations in which another was invited or took part, latest first; after one's own
 * departure, nothing more.
 */
export async function listTogether(context: Context, ours: string, theirs: string, limit = 50): Promise<Together[]> {
	const rows = await context.db
		.selectFrom('partners as us')
		.innerJoin('partners as them', 'them.cooperationId', 'us.cooperationId')
		.innerJoin('cooperations as c', 'c.id', 'us.cooperationId')
		.select([
			'c.name',
			'c.code',
			'c.endedAt',
			'us.acceptedAt as ourDay',
			'us.leftAt as ourEnd',
			'us.invitedFor',
			'us.invitedAt as ours'
		])
		.select(['them.invitedAt', 'them.invitedFor as invitedBy', 'them.acceptedAt', 'them.declinedAt', 'them.leftAt'])
		.where('us.organisationId', '=', own(context, ours))
		.where('them.organisationId', '=', theirs)
		.where('us.declinedAt', 'is', null)
		.where((eb) => eb.or([eb('us.leftAt', 'is', null), eb('them.invitedAt', '<', eb.ref('us.leftAt'))]))
		.orderBy('them.invitedAt', 'desc')
		.limit(limit)
		.execute();
	return rows.flatMap(({ name, code, ...row }): Together[] => {
		const cooperation = { name, path: pathOf({ name, code }) };
		if (row.acceptedAt && row.ourDay) {
			const over = row.leftAt ?? row.ourEnd ?? row.endedAt;
			const at = row.acceptedAt > row.ourDay ? row.acceptedAt : row.ourDay;
			return [{ at: over ?? at, how: over ? 'ended' : 'together', ...cooperation }];
		}
		if (row.acceptedAt) return row.invitedFor === theirs ? [{ at: row.ours, how: 'invited_us', ...cooperation }] : [];
		if (row.invitedBy !== ours) return [];
		return [{ at: row.declinedAt ?? row.invitedAt, how: row.declinedAt ? 'declined' : 'invited', ...cooperation }];
	});
}
