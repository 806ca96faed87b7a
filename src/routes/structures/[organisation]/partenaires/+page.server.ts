import { searchIn } from '#modules/organisations/forms.ts';
import { abilities } from '#modules/organisations/policy.ts';
import { findKeeper, listPartners } from '#modules/sheets/queries.server.ts';
import { today } from '#platform/clock.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { organisation: address }: { organisation: string }, url) => {
	const organisation = await findKeeper(context, address);
	const asked = searchIn(url);
	return {
		organisation,
		can: abilities(context.actor, organisation.id),
		words: asked.words,
		today: today(context.now, organisation.zone),
		...(await listPartners(context, organisation.id, asked))
	};
});
