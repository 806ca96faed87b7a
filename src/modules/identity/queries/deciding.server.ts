import type { Context } from '#platform/context.server.ts';
import { listClaimsToDecide } from '../claims/queries.server.ts';
import { listTakeoversToDecide } from '../takeovers/queries.server.ts';

/**
 * Who waits for the actor's word to manage which organisation: a claim whose letter is not prepared yet, a takeover whose time to object
 * has passed. The others wait for somebody else.
 */
export async function listWaitingForMe(context: Context): Promise<{ person: string; name: string }[]> {
	const claims = (await listClaimsToDecide(context)).filter(({ letterAt }) => letterAt === null);
	const takeovers = (await listTakeoversToDecide(context)).filter(({ ripe }) => ripe);
	return [...claims, ...takeovers].map(({ person, name }) => ({ person, name }));
}
