import type { LinkBearer } from '#platform/actor.ts';
import type { Reader } from '#platform/context.server.ts';
import { hashToken } from '#platform/secrets.server.ts';

/**
 * Who bears this link; null when nobody made it or somebody revoked it. A thing that closed still opens, to say so.
 * Runs before there is a context, since it tells who the actor is.
 */
export async function findBearer(db: Reader, token: string): Promise<LinkBearer | null> {
	if (!/^[\w-]{32}$/.test(token)) return null;
	const link = await db
		.selectFrom('participationLinks')
		.select(['id', 'may', 'thing', 'invitee', 'organisationId'])
		.where('tokenHash', '=', hashToken(token))
		.where('revokedAt', 'is', null)
		.executeTakeFirst();
	return link ? { is: 'link', ...link, may: link.may as LinkBearer['may'] } : null;
}

/** Of these things, those to which a link that still opens was made. */
export async function linkedThings(db: Reader, things: string[]): Promise<Set<string>> {
	if (!things.length) return new Set();
	const links = await db
		.selectFrom('participationLinks')
		.select('thing')
		.where('thing', 'in', things)
		.where('revokedAt', 'is', null)
		.execute();
	return new Set(links.map(({ thing }) => thing));
}
