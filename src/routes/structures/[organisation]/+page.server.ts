import { findOfficialFacts } from '#modules/identity/official/queries.server.ts';
import { mayMergeThese } from '#modules/identity/merging/queries.server.ts';
import { findOnlyManager } from '#modules/hubs/care/queries.server.ts';
import { abilities } from '#modules/organisations/policy.ts';
import { findOrganisation, listUnverifiedNumbers } from '#modules/organisations/queries.server.ts';
import { lastConfirmations } from '#modules/organisations/queries/facts.server.ts';
import { listMembers } from '#modules/organisations/queries/people.server.ts';
import { listIdeasOf } from '#modules/ideas/queries.server.ts';
import { listNeedsOf } from '#modules/needs/queries.server.ts';
import { listNetworksLedBy } from '#modules/networks/queries.server.ts';
import { sayCapacity } from '#modules/worth/load/commands.server.ts';
import { listLoads } from '#modules/worth/load/queries.server.ts';
import { capacityForm } from '#modules/worth/forms.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context, { organisation: address }: { organisation: string }) => {
	const organisation = await findOrganisation(context, address);
	return {
		organisation,
		members: (await listMembers(context, organisation.id)).slice(0, 12),
		needs: await listNeedsOf(context, organisation.id),
		ideas: await listIdeasOf(context, organisation.id),
		day: today(context.now, organisation.zone),
		can: abilities(context.actor, organisation.id),
		confirmedAt: (await lastConfirmations(context.db, [organisation.id])).get(organisation.id) ?? null,
		/** Where the reader's own structures keep what they know of this one. */
		sheets:
			context.actor.is === 'person'
				? context.actor.belongings
						.filter(({ organisationId }) => organisationId !== organisation.id)
						.map(({ organisationId, name, path }) => ({
							organisationId,
							name,
							path: `${path}/partenaires/${organisation.path.replace('/structures/', '')}`
						}))
				: [],
		networks: await listNetworksLedBy(context, organisation.id),
		onlyManager: await findOnlyManager(context, organisation.id),
		unverified: await listUnverifiedNumbers(context.db, organisation.id),
		official: await findOfficialFacts(context, organisation),
		mayMerge: await mayMergeThese(context, [organisation.id]),
		/** What it carries at once: of one's own organisations only. */
		load: (await listLoads(context, [organisation.id]))[0] ?? null
	};
});

export const actions = {
	capacity: action(
		'signed in',
		capacityForm,
		(context, input, { organisation }: { organisation: string }) => sayCapacity(context, organisation, input),
		{ say: () => m.worth_capacity_saved() }
	)
};
