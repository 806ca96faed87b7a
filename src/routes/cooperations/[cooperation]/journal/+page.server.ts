import { reachOf, readerOf } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { readFilters } from '#modules/journal/forms.ts';
import { factsAsked, listFacts } from '#modules/journal/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { today } from '#platform/clock.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { cooperation: address }: { cooperation: string }, url) => {
	const cooperation = await findCooperation(context, address);
	const { filters, page: at, asked } = readFilters(url.searchParams, cooperation.zone);
	const reach = reachOf(context.actor, cooperation);
	const { facts, more } = await listFacts(context, cooperation.id, reach, filters, { page: at });
	const persons = await namesOfPersons(
		context.db,
		facts.flatMap(({ ids }) => ids.person ?? [])
	);
	return {
		cooperation,
		reader: readerOf(context.actor, cooperation),
		facts: facts.map((fact) => ({ ...fact, person: (fact.ids.person && persons.get(fact.ids.person)) || null })),
		more,
		page: at,
		asked,
		saved: await listViews(context, url, (at) =>
			factsAsked(context, cooperation.id, reach, readFilters(at.searchParams, cooperation.zone).filters)
		),
		day: today(context.now, cooperation.zone)
	};
});
