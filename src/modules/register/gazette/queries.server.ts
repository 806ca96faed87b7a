import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import { ask, type Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { dissolutionOf } from '../queries/life.server.ts';
import { livingKinds } from './rules.ts';

/** What the gazette announced of a body, by its numbers: the latest that shows a life, and a dissolution that still holds. */
export async function announcedOf({ db, actor, now }: Context, { sirens, rnas }: { sirens: string[]; rnas: string[] }) {
	const numbers = [...rnas, ...sirens];
	if ((actor.is !== 'person' && actor.is !== 'system') || !numbers.length) return { latest: null, dissolvedOn: null };
	const latest = await db
		.selectFrom('officialAnnouncements')
		.select(['kind', 'publishedOn as on'])
		.where((eb) => eb.or([eb('number', 'in', orNobody(numbers)), eb('siren', 'in', orNobody(sirens))]))
		.where('kind', 'in', [...livingKinds])
		.where('publishedOn', '<=', today(now, 'Europe/Paris'))
		.orderBy('publishedOn', 'desc')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
	const rows = await ask(
		db,
		sql<{ dissolvedOn: string | null }>`
		select ${sql.raw(dissolutionOf('n.numbers', `timestamptz '${now.toISOString()}'`))} as "dissolvedOn" from (select ${numbers}::text[] as numbers) n`
	);
	return { latest: latest ?? null, dissolvedOn: rows[0]!.dissolvedOn };
}
