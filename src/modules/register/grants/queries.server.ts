import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';

/** The latest grant up to today that was published of a body by one of its numbers; null when none is known. */
export async function latestGrant({ db, actor, now }: Context, numbers: { sirens: string[]; rnas: string[] }) {
	if ((actor.is !== 'person' && actor.is !== 'system') || (!numbers.sirens.length && !numbers.rnas.length)) return null;
	const row = await db
		.selectFrom('officialGrants')
		.select(['giver', 'amountCents', 'grantedOn', 'dayKnown'])
		.where((eb) => eb.or([eb('siren', 'in', orNobody(numbers.sirens)), eb('rna', 'in', orNobody(numbers.rnas))]))
		.where('amountCents', '>', 0)
		.where('grantedOn', '<=', today(now, 'Europe/Paris'))
		.orderBy('grantedOn', 'desc')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
	return row ? { giver: row.giver, cents: Number(row.amountCents), on: row.grantedOn, dayKnown: row.dayKnown } : null;
}
