import { personOf } from '#platform/actor.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { findCooperation, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { actingFor } from '#modules/organisations/policy.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';
import { mayConvene, mayMakeFeed, mayRevokeFeed } from '../policy.ts';
import type { FeedKind } from '../queries/feeds.server.ts';

const feedsAtMost = 20;

async function make(
	context: Context,
	permitted: boolean,
	feed: { kind: FeedKind; organisationId: string | null; cooperationId: string | null }
): Promise<string> {
	const write = allow(context, permitted);
	if (context.actor.is !== 'person') throw new NotFound();
	const standing = await write
		.selectFrom('calendarFeeds')
		.select('id')
		.where('personId', '=', context.actor.id)
		.where('revokedAt', 'is', null)
		.limit(feedsAtMost)
		.execute();
	if (standing.length >= feedsAtMost) throw new Refused('meetings.too-many-feeds', { max: feedsAtMost });
	const token = newToken();
	await write
		.insertInto('calendarFeeds')
		.values({ id: newId(), tokenHash: hashToken(token), personId: context.actor.id, madeAt: context.now, ...feed })
		.execute();
	return token;
}

/** Makes the secret address of one's own calendar; returns the secret, which is kept nowhere. */
export const makePersonFeed = (context: Context): Promise<string> =>
	make(context, mayMakeFeed(context.actor), { kind: 'person', organisationId: null, cooperationId: null });

/** Makes the secret address of the calendar of one's organisation. */
export const makeOrganisationFeed = async (context: Context, { organisation }: { organisation: string }): Promise<string> =>
	make(context, mayMakeFeed(context.actor), {
		kind: 'organisation',
		organisationId: actingFor(context, organisation),
		cooperationId: null
	});

/** Makes the secret address of the calendar of a cooperation, as a partner sees it. */
export async function makeCooperationFeed(context: Context, at: string): Promise<string> {
	const cooperation = await findCooperation(context, at);
	const permitted = mayConvene(context.actor, cooperation);
	const mine = permitted ? speaker(context, cooperation, firstOf(context, cooperation)).id : null;
	return make(context, permitted, { kind: 'cooperation', organisationId: mine, cooperationId: cooperation.id });
}

const firstOf = ({ actor }: Context, { accepted }: Cooperation): string | null =>
	accepted.find(
		({ organisationId }) => actor.is === 'person' && actor.belongings.some((one) => one.organisationId === organisationId)
	)?.organisationId ?? null;

/** Takes an address back: whoever still reads it finds nothing from now on. */
export async function revokeFeed(context: Context, { id }: { id: string }): Promise<void> {
	const feed = await context.db
		.selectFrom('calendarFeeds')
		.select(['kind', 'personId', 'organisationId'])
		.where('id', '=', id)
		.executeTakeFirst();
	if (!feed || !mayRevokeFeed(context.actor, feed)) throw new NotFound();
	const write = allow(context, mayRevokeFeed(context.actor, feed));
	await write
		.updateTable('calendarFeeds')
		.set({ revokedAt: context.now, revokedBy: personOf(context.actor) })
		.where('id', '=', id)
		.where('revokedAt', 'is', null)
		.execute();
}
