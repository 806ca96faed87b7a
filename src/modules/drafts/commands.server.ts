import { sql } from 'kysely';
import { allow, type Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';
import { mayDiscard, mayKeep, maySweep } from './policy.ts';
import { visibleDrafts } from './queries.server.ts';
import { largest, lasts, mostKept, mostWaiting } from './rules.ts';

type Typed = { address: string; fields: Record<string, string | string[]> };

/** Keeps what somebody typed, one draft a form; false when there is too much of it. */
export async function keepDraft(context: Context, { address, fields }: Typed): Promise<boolean> {
	const { actor, now } = context;
	const content = JSON.stringify(fields);
	if (actor.is !== 'person' || content.length > largest) return false;
	const write = allow(context, mayKeep());
	await write.deleteFrom('drafts').where('owner', '=', actor.id).where('address', '=', address).execute();
	const { count } = await write
		.selectFrom('drafts')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('owner', '=', actor.id)
		.executeTakeFirstOrThrow();
	if (count >= mostKept) return false;
	await write
		.insertInto('drafts')
		.values({
			id: newId(),
			owner: actor.id,
			address,
			fields: content,
			keptAt: now,
			expiresAt: new Date(now.getTime() + lasts.kept)
		})
		.execute();
	return true;
}

/**
 * Keeps what was typed by somebody whose session has ended, and gives the token under which they find it again. When the session is
 * still known, only the one whose it was will find it: the next to sign in on a shared computer will not.
 */
export async function saveLost(context: Context, { address, fields }: Typed, owner: string | null): Promise<string | null> {
	const { now } = context;
	const content = JSON.stringify(fields);
	if (content.length > largest || !Object.keys(fields).length) return null;
	const write = allow(context, mayKeep());
	const { count } = await write
		.selectFrom('drafts')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('tokenHash', 'is not', null)
		.executeTakeFirstOrThrow();
	if (count >= mostWaiting) return null;
	const token = newToken();
	await write
		.insertInto('drafts')
		.values({
			id: newId(),
			tokenHash: hashToken(token),
			owner,
			address,
			fields: content,
			keptAt: now,
			expiresAt: new Date(now.getTime() + lasts.lost)
		})
		.execute();
	return token;
}

/** Throws a draft away. */
export async function discardDraft(context: Context, { id }: { id: string }, token: string | null): Promise<void> {
	const write = allow(context, mayDiscard(context.actor));
	await write.deleteFrom('drafts').where('id', '=', id).where('id', 'in', visibleDrafts(context, token).select('id')).execute();
}

/** What was sent is no draft any more. */
export async function forgetSent(context: Context, address: string, token: string | null): Promise<void> {
	const sent = await visibleDrafts(context, token).select('id').where('address', '=', address).execute();
	if (!sent.length) return;
	const write = allow(context, mayDiscard(context.actor));
	await write
		.deleteFrom('drafts')
		.where(
			'id',
			'in',
			sent.map(({ id }) => id)
		)
		.execute();
}

/** Erases one's drafts, by right. */
export async function eraseMyDrafts(context: Context): Promise<void> {
	const { actor } = context;
	if (actor.is !== 'person') return;
	await allow(context, mayDiscard(actor)).deleteFrom('drafts').where('owner', '=', actor.id).execute();
}

/** Forgets the drafts whose time is over. */
export async function forgetOldDrafts(context: Context): Promise<void> {
	await allow(context, maySweep(context.actor)).deleteFrom('drafts').where('expiresAt', '<', context.now).execute();
}
