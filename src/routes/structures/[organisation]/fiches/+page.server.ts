import { addNumber, detachRecord, endNumber, relateRecord } from '#modules/identity/official/commands.server.ts';
import { endNumberForm, numberForm, recordForm } from '#modules/identity/official/forms.ts';
import { findOfficialFacts, listNumbers, listPastRecords, proposeRecords } from '#modules/identity/official/queries.server.ts';
import { abilities } from '#modules/organisations/policy.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params, url) => {
	const organisation = await findOrganisation(context, address);
	const official = await findOfficialFacts(context, organisation);
	const words = (url.searchParams.get('q') ?? '').slice(0, 200);
	return {
		organisation,
		can: abilities(context.actor, organisation.id),
		official,
		numbers: await listNumbers(context, organisation.id),
		past: await listPastRecords(context, organisation.id),
		words,
		proposed: official.may ? await proposeRecords(context, organisation, words) : [],
		day: today(context.now, organisation.zone)
	};
});

const on =
	<I>(act: (context: Context, organisation: Awaited<ReturnType<typeof findOrganisation>>, input: I) => Promise<void>) =>
	async (context: Context, input: I, { organisation: address }: Params) =>
		act(context, await findOrganisation(context, address), input);

export const actions = {
	relate: action('signed in', recordForm, on(relateRecord), { say: () => m.identity_related() }),
	detach: action('signed in', recordForm, on(detachRecord), { say: () => m.identity_detached() }),
	addNumber: action('signed in', numberForm, on(addNumber), { say: () => m.identity_number_added() }),
	endNumber: action('signed in', endNumberForm, on(endNumber), { say: () => m.identity_number_ended() })
};
