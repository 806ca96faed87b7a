import type { Writer } from '#platform/context.server.ts';
import type { LinkBearer } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';

/**
 * Makes a participation link and returns its token: the only time that anybody sees it. A page may have drawn the `token`
 * beforehand, so that a form sent twice makes one link.
 */
export async function makeLink(
	write: Writer,
	now: Date,
	{ token = newToken(), ...link }: Omit<LinkBearer, 'is' | 'id'> & { closesAt?: Date | null; token?: string }
): Promise<string> {
	await write
		.insertInto('participationLinks')
		.values({
			id: newId(),
			tokenHash: hashToken(token),
			thing: link.thing,
			may: link.may,
			invitee: link.invitee,
			organisationId: link.organisationId,
			madeAt: now,
			closesAt: link.closesAt ?? null
		})
		.execute();
	return token;
}

/** Closes every link that opens this thing, or those of one invitee. What they opened says so from then on. */
export async function revokeLinks(
	write: Writer,
	now: Date,
	{ thing, invitee }: { thing: string; invitee?: string }
): Promise<void> {
	await write
		.updateTable('participationLinks')
		.set({ revokedAt: now })
		.where('thing', '=', thing)
		.where('revokedAt', 'is', null)
		.$if(invitee !== undefined, (query) => query.where('invitee', '=', invitee!))
		.execute();
}
