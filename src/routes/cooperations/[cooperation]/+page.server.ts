import { stallsIn, wayOutPath } from '#modules/accompaniment/stalls/reactions.server.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { kindOfFact, noFilters, sentenceOf } from '#modules/journal/rules.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { markLine } from '#modules/lines/commands/marking.server.ts';
import { markForm, writeForm } from '#modules/lines/forms.ts';
import { abilitiesOn } from '#modules/lines/policy.ts';
import { countLines, listLines } from '#modules/lines/queries.server.ts';
import { byStep } from '#modules/lines/rules/sections.ts';
import { inOrder, taskState } from '#modules/lines/rules/schedule.ts';
import { datesOfMeetings, listComing } from '#modules/meetings/queries.server.ts';
import { whenSaid } from '#modules/meetings/rules.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { acceptPartnership, declinePartnership } from '#modules/cooperations/commands/partners.server.ts';
import { declineForm, partnerForm } from '#modules/cooperations/forms.ts';
import { abilities, reachOf, readerOf, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { findAbout } from '#modules/cooperations/stages/queries.server.ts';
import { missingAssociations, speakersHere, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { welcomePartner } from '#modules/meetings/commands/welcoming.server.ts';
import { relative, today, wall } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

/** What the overview draws on: more than a cooperation has in a year. */
const everything = 2000;

export const load = page('signed in', async (context, { cooperation: address }: Params, url, { draft }) => {
	const cooperation = await findCooperation(context, address);
	const { actor } = context;
	const mine = speaksHereFor(actor, cooperation);
	const counts = await countLines(context, cooperation.id);
	const lines = await listLines(context, cooperation.id, ['task', 'date', 'decision'], { size: everything });
	const tasks = inOrder(lines.filter(({ kind }) => kind === 'task'));
	const day = today(context.now, cooperation.zone);
	const { facts } = await listFacts(context, cooperation.id, reachOf(actor, cooperation), noFilters, { size: 6 });
	const persons = await namesOfPersons(
		context.db,
		facts.flatMap(({ ids }) => ids.person ?? [])
	);
	const decisions = lines.filter(({ kind, topic }) => kind === 'decision' && topic === null);
	const [next] = (await listComing(context, cooperation)).filter(({ cancelledAt }) => !cancelledAt);
	const about = await findAbout(context, cooperation);
	const meetings = about && mine.length ? (await datesOfMeetings(context, [cooperation.id])).get(cooperation.id) : undefined;
	const waiting = cooperation.partners.filter(isHereOrInvited);
	return {
		drafts: await listDrafts(context, draft, url.pathname),
		cooperation,
		stalls:
			about && mine.length
				? stallsIn({ ...cooperation, partners: waiting }, about, meetings, context.now).map(({ reason, days, wayOut }) => ({
						reason,
						days,
						wayOut,
						path: `${wayOutPath[wayOut].startsWith('#') ? '' : cooperation.path}${wayOutPath[wayOut]}`
					}))
				: [],
		reader: readerOf(actor, cooperation),
		about,
		day,
		counts: byStep(counts),
		missing: missingAssociations(cooperation.partners),
		tasks: tasks
			.filter(({ doneAt }) => !doneAt)
			.slice(0, 8)
			.map((task) => ({ ...task, state: taskState(task, day), can: abilitiesOn(actor, cooperation, task) })),
		open: tasks.filter(({ doneAt }) => !doneAt).length,
		all: tasks.length,
		dates: lines.filter(({ kind }) => kind === 'date'),
		decisions: decisions.toSorted((one, other) => other.writtenAt.getTime() - one.writtenAt.getTime()).slice(0, 3),
		decided: decisions.length,
		facts: facts.map((fact) => ({
			kind: kindOfFact(fact.verb),
			at: fact.at.toISOString(),
			when: [relative(today(fact.at, cooperation.zone), day), fact.ids.person && persons.get(fact.ids.person)]
				.filter(Boolean)
				.join(', '),
			text: sentenceOf(fact)
		})),
		next: next ? { ...next, day: wall(next.startsAt, next.zone).day, when: whenSaid(next, context.now) } : null,
		speakers: speakersHere(actor, cooperation, mine),
		newLine: newId(),
		can: abilities(actor, cooperation)
	};
});

export const actions = {
	writeLine: action(
		'signed in',
		writeForm,
		async (context, input, { cooperation }: Params) =>
			writeLine(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.lines_written() }
	),
	markLine: action(
		'signed in',
		markForm,
		async (context, input, { cooperation }: Params) => markLine(context, input, (await findCooperation(context, cooperation)).id),
		{ say: () => m.lines_marked() }
	),
	accept: action(
		'signed in',
		partnerForm,
		async (context, input, { cooperation: at }: Params) => {
			const cooperation = await findCooperation(context, at);
			await acceptPartnership(context, cooperation.id, input);
			await welcomePartner(context, cooperation.id, input.partnerId);
		},
		{ say: () => m.cooperations_accepted() }
	),
	decline: action(
		'signed in',
		declineForm,
		async (context, input, { cooperation }: Params) =>
			declinePartnership(context, (await findCooperation(context, cooperation)).id, input),
		{ to: () => '/', say: () => m.cooperations_declined() }
	)
};
