import { sql } from 'kysely';
import { NotFound } from '#platform/errors.ts';
import type { Context } from '#platform/context.server.ts';

/** What this module holds about oneself, for the export: the calls in which one spoke, and those that one noted. */
export async function listOwnCalls({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	return db
		.selectFrom('calls as c')
		.innerJoin('organisations as o', 'o.id', 'c.organisationId')
		.select(['o.name as organisation', 'c.said', 'c.notedAt', 'c.againOn', 'c.toldAt'])
		.select(sql<string>`case when c.spoken_by = ${actor.id} then 'spoke' else 'noted' end`.as('as'))
		.where((eb) => eb.or([eb('c.notedBy', '=', actor.id), eb('c.spokenBy', '=', actor.id)]))
		.orderBy('c.notedAt')
		.execute();
}
