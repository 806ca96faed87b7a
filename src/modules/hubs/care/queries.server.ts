import type { Context } from '#platform/context.server.ts';
import { countManagers } from '#modules/organisations/queries/people.server.ts';
import { accompaniedOrganisations } from '../queries.server.ts';
import { mayInviteFirst } from './policy.ts';

/** Whether the actor may invite the first manager of an organisation that has none. */
export async function mayInviteFirstManager(context: Context, organisationId: string): Promise<boolean> {
	const accompanied = await accompaniedOrganisations(context).where('organisationId', '=', organisationId).executeTakeFirst();
	return mayInviteFirst(context.actor, {
		managers: await countManagers(context.db, organisationId),
		accompanied: accompanied !== undefined
	});
}
