import { readFilters } from '#modules/journal/forms.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { abilities } from '#modules/organisations/policy.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { page } from '#platform/http.server.ts';

/** What an organisation keeps at home is for its members: for anybody else this page does not exist. */
export const load = page('signed in', async (context, { organisation: address }: { organisation: string }, url) => {
	const organisation = await findOrganisation(context, address);
	const can = abilities(context.actor, organisation.id);
	if (!can.belongs) throw new NotFound();
	const { filters, page: at, asked } = readFilters(url.searchParams, organisation.zone);
	const { facts, more } = await listFacts(context, organisation.id, 'everything', filters, { page: at });
	const persons = await namesOfPersons(
		context.db,
		facts.flatMap(({ ids }) => ids.person ?? [])
	);
	return {
		organisation,
		can,
		facts: facts.map((fact) => ({ ...fact, person: (fact.ids.person && persons.get(fact.ids.person)) || null })),
		more,
		page: at,
		asked,
		day: today(context.now, organisation.zone)
	};
});
