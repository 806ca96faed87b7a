import { abilities } from '#modules/organisations/policy.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { listMembers } from '#modules/organisations/queries/people.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { organisation: address }: { organisation: string }) => {
	const organisation = await findOrganisation(context, address);
	return {
		organisation,
		members: (await listMembers(context, organisation.id)).slice(0, 12),
		can: abilities(context.actor, organisation.id)
	};
});
