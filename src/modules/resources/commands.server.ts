import { m } from '#words';
import { personOf } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { mayOffer } from './policy.ts';
import type { Posture } from './rules.ts';

type Offer = { helpsWith: string; topics: string[]; area: string | null; postures: Posture[] };

/** Says that one can help, on what and where: the words of the consent of that day are kept. Said again, it changes. */
export async function offerHelp(context: Context, { helpsWith, topics, area, postures }: Offer): Promise<void> {
	const { actor, now } = context;
	const write = allow(context, mayOffer(actor));
	if (!mayOffer(actor)) return;
	const said = { helpsWith, topics, area, postures, agreedTo: m.resources_consent(), listedAt: now, unlistedAt: null };
	await write
		.insertInto('resourcePeople')
		.values({ personId: actor.id, ...said })
		.onConflict((conflict) => conflict.column('personId').doUpdateSet(said))
		.execute();
}

/** Leaves the list at once; what was promised to a cooperation stays until its day. */
export async function withdrawOffer(context: Context): Promise<void> {
	const { actor, now } = context;
	const write = allow(context, mayOffer(actor));
	await write.updateTable('resourcePeople').set({ unlistedAt: now }).where('personId', '=', personOf(actor)).execute();
}

/** Takes what one said of oneself away, by right. */
export async function eraseMyOffer(context: Context): Promise<void> {
	const write = allow(context, mayOffer(context.actor));
	await write.deleteFrom('resourcePeople').where('personId', '=', personOf(context.actor)).execute();
}
