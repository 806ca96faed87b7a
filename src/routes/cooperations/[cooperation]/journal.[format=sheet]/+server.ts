import { reachOf } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { readFilters } from '#modules/journal/forms.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { sentenceOf } from '#modules/journal/rules.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { wall } from '#platform/clock.ts';
import { endpoint } from '#platform/http.server.ts';
import { slug } from '#platform/ids.ts';
import { sendTable, type Cell, type Format } from '#platform/spreadsheet.ts';
import { m } from '#words';

/** More than this is for the copy of the whole instance. */
const atMost = 50_000;

/** The journal as a table for a spreadsheet: the same facts as the page, the same filters. */
export const GET = endpoint(
	'signed in',
	async (context, { cooperation: address, format }: { cooperation: string; format: Format }, { url }) => {
		const cooperation = await findCooperation(context, address);
		const { filters } = readFilters(url.searchParams, cooperation.zone);
		const reach = reachOf(context.actor, cooperation);
		const { facts } = await listFacts(context, cooperation.id, reach, filters, { size: atMost });
		const persons = await namesOfPersons(
			context.db,
			facts.flatMap(({ ids }) => ids.person ?? [])
		);
		const name = (id: string | null | undefined) => cooperation.partners.find((one) => one.organisationId === id)?.name ?? '';
		const rows = facts.map((fact): Cell[] => {
			const { day, time } = wall(fact.at, cooperation.zone);
			const who = (fact.ids.person && persons.get(fact.ids.person)) || '';
			return [fact.n, { day }, time, who, name(fact.ids.organisation), sentenceOf(fact), fact.verb];
		});
		const heads = [m.journal_n(), m.journal_day(), m.journal_time(), m.journal_who(), m.journal_organisation(), m.journal_fact()];
		return sendTable(
			{ name: m.journal_title(), heads: [...heads, m.journal_verb()], rows },
			format,
			`journal-${slug(cooperation.name)}`
		);
	}
);
