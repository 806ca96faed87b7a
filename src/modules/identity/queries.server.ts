import { accompaniedOrganisations } from '#modules/hubs/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import type { Around } from './policy.ts';

/** Where the actor stands towards an organisation. */
export async function aroundOf(context: Context, organisationId: string): Promise<Around> {
	if (!(context.actor.is === 'person' && context.actor.hubs.length)) return { accompanied: false };
	const found = await accompaniedOrganisations(context).where('organisationId', '=', organisationId).executeTakeFirst();
	return { accompanied: found !== undefined };
}
