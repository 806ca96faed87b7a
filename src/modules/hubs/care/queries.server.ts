import type { Context } from '#platform/context.server.ts';
import { countManagers } from '#modules/organisations/queries/people.server.ts';
import { accompaniedOrganisations } from '../queries.server.ts';
import { mayInviteFirst } from './policy.ts';

/** The house of the actor that an organisation accepted; null when none did. */
export const hubInviting = async (context: Context, organisationId: string): Promise<string | null> =>
	(await accompaniedOrganisations(context).select('hubId').where('organisationId', '=', organisationId).executeTakeFirst())
		?.hubId ?? null;

/** Whether the actor may invite the first manager of an organisation that has none. */
export async function mayInviteFirstManager(context: Context, organisationId: string): Promise<boolean> {
	return mayInviteFirst(context.actor, {
		managers: await countManagers(context.db, organisationId),
		accompanied: (await hubInviting(context, organisationId)) !== null
	});
}
