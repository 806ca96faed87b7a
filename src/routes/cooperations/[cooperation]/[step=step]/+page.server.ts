import { m } from '#words';
import { listLacking } from '#modules/agreements/queries.server.ts';
import { markStep } from '#modules/cooperations/commands.server.ts';
import { stepForm } from '#modules/cooperations/forms.ts';
import { readerOf, speaksHereFor, abilities } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { slugOf, stepAt, type Step, speakersHere, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { shareLine, writeLine } from '#modules/lines/commands.server.ts';
import { markLine } from '#modules/lines/commands/marking.server.ts';
import { markForm, shareForm, writeForm } from '#modules/lines/forms.ts';
import { abilitiesOn } from '#modules/lines/policy.ts';
import { countLines, listLines, pageSize } from '#modules/lines/queries.server.ts';
import { aboutOf, shortened, type Kind } from '#modules/lines/rules.ts';
import { actionOf, clashing, proposals } from '#modules/lines/rules/schedule.ts';
import { byStep, kindsRead, sectionsOf } from '#modules/lines/rules/sections.ts';
import { listLessons } from '#modules/lines/closing/queries.server.ts';
import { listPeopleOf } from '#modules/organisations/queries/people.server.ts';
import { isDay, today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';

type Params = { cooperation: string; step: string };

/** What a step's page reads beside its own lines: the indicators of the objectives, the needs that the budget covers, what a task comes from. */
const beside: Partial<Record<Step, Kind[]>> = {
	define: ['indicator'],
	clarify: ['need', 'objective'],
	plan: ['objective', 'decision'],
	evaluate: ['objective']
};
/** A page shows 200 lines; what is summed or drawn reads them all. */
const everything = 2000;

export const load = page('signed in', async (context, params: Params, url, { draft }) => {
	const step = stepAt(params.step);
	if (!step) throw new NotFound();
	const { actor } = context;
	const cooperation = await findCooperation(context, params.cooperation);
	const counts = await countLines(context, cooperation.id);
	const kinds = [...kindsRead(step), ...(beside[step] ?? [])];
	const count = Math.max(
		1,
		Math.ceil(counts.filter(({ kind }) => kinds.includes(kind)).reduce((sum, one) => sum + one.count, 0) / pageSize)
	);
	const at = pageIn(url.searchParams, count);
	const found = await listLines(context, cooperation.id, kinds, { page: at });
	const lines = found.map((line) => ({ ...line, can: abilitiesOn(actor, cooperation, line) }));
	const whole = (wanted: Kind[]) =>
		count === 1
			? found.filter(({ kind }) => wanted.includes(kind))
			: listLines(context, cooperation.id, wanted, { size: everything });
	const day = today(context.now, cooperation.zone);
	const dates = step === 'plan' ? await whole(['date']) : [];
	const [from, to] = [url.searchParams.get('du') ?? '', url.searchParams.get('au') ?? ''];
	const chosen = isDay(from) ? { startsOn: from, endsOn: isDay(to) && to >= from ? to : from } : null;
	const known = actionOf(dates);
	const takePart = abilities(actor, cooperation).takePart && !cooperation.endedAt;
	const people = takePart
		? await listPeopleOf(
				context,
				cooperation.accepted.map(({ organisationId }) => organisationId)
			)
		: [];
	const named = (wanted: Kind) =>
		found
			.filter(({ kind, audience }) => kind === wanted && audience !== 'organisation')
			.map(({ root, text }) => ({ value: root, label: shortened(text) }));
	const shown = proposals(
		chosen ?? known,
		dates.map(({ text }) => text)
	);
	return {
		drafts: await listDrafts(context, draft, url.pathname),
		cooperation,
		step,
		counts: byStep(counts),
		lines,
		page: at,
		pages: count,
		day,
		reader: readerOf(actor, cooperation),
		takePart,
		speakers: speakersHere(actor, cooperation, speaksHereFor(actor, cooperation)),
		choices: {
			partners: cooperation.partners.filter(isHereOrInvited).map((one) => ({
				value: one.organisationId,
				label: one.acceptedAt ? one.name : m.cooperations_invited_name({ name: one.name })
			})),
			people: people.map(({ personId, organisationId, name }) => ({
				value: personId,
				label: name,
				group: cooperation.accepted.find((one) => one.organisationId === organisationId)!.name
			})),
			abouts: Object.fromEntries(Object.entries(aboutOf).map(([kind, about]) => [kind, about.flatMap(named)]))
		},
		lacking: takePart ? (await listLacking(context, cooperation)).filter((point) => point.step === step) : [],
		lessons: takePart && step === 'define' ? await listLessons(context, cooperation) : [],
		newIds: Object.fromEntries(sectionsOf(step).map(({ id }) => [id, newId()])),
		budget: step === 'clarify' ? await whole(['contribution', 'need']) : [],
		indicators: step === 'evaluate' ? await listIndicators(context, cooperation) : [],
		schedule:
			step === 'plan'
				? {
						dates,
						clashes: clashing(dates),
						action: chosen ?? known,
						proposals: shown.map((one) => ({ ...one, newId: newId() }))
					}
				: null
	};
});

const here = async (context: Parameters<typeof findCooperation>[0], { cooperation }: Params) =>
	(await findCooperation(context, cooperation)).id;

export const actions = {
	writeLine: action(
		'signed in',
		writeForm,
		async (context, input, params: Params) => writeLine(context, await here(context, params), input),
		{ say: () => m.lines_written() }
	),
	shareLine: action(
		'signed in',
		shareForm,
		async (context, input, params: Params) => shareLine(context, input, await here(context, params)),
		{ say: () => m.lines_shared() }
	),
	markLine: action(
		'signed in',
		markForm,
		async (context, input, params: Params) => markLine(context, input, await here(context, params)),
		{ say: () => m.lines_marked() }
	),
	markStep: action(
		'signed in',
		stepForm,
		async (context, input, params: Params) => {
			await markStep(context, await here(context, params), input);
			return params.cooperation;
		},
		{
			to: (cooperation, { step }) => `/cooperations/${cooperation}/${slugOf[stepAt(step)!]}`,
			say: () => m.cooperations_step_marked()
		}
	)
};
