import { sql } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { nobody } from '#platform/ids.ts';
import { mostKept } from './rules.ts';

/** Every read of this module starts here: one's own, and what this browser kept before one signed in. */
export const visibleDrafts = ({ db, actor, now }: Context, token: string | null) =>
	db
		.selectFrom('drafts')
		.where('expiresAt', '>', now)
		.where((eb) =>
			eb.or([
				eb('owner', '=', actor.is === 'person' ? actor.id : nobody),
				...(actor.is === 'person' && token ? [eb.and([eb('owner', 'is', null), eb('tokenHash', '=', hashToken(token))])] : [])
			])
		);

/** What one typed and has not sent, the latest first; of one page only, when its path is given. */
export async function listDrafts(context: Context, token: string | null, path: string | null = null) {
	const rows = await visibleDrafts(context, token)
		.$if(path !== null, (query) => query.where(sql<string>`split_part(address, '?', 1)`, '=', path))
		.select(['id', 'address', 'keptAt', sql<Record<string, string | string[]>>`fields`.as('fields')])
		.orderBy('keptAt', 'desc')
		.orderBy('id')
		.limit(mostKept)
		.execute();
	return rows.map((row) => ({
		...row,
		fields: Object.entries(row.fields).map(([name, value]) => [name, [value].flat()] as const)
	}));
}

export type Draft = Awaited<ReturnType<typeof listDrafts>>[number];

/** What this module holds about oneself, for the export. */
export const listOwnDrafts = async ({ db, actor }: Context) =>
	actor.is === 'person'
		? db
				.selectFrom('drafts')
				.select(['address', 'fields', 'keptAt', 'expiresAt'])
				.where('owner', '=', actor.id)
				.orderBy('keptAt')
				.execute()
		: [];
