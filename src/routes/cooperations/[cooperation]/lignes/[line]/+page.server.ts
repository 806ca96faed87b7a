import { m } from '#words';
import { findQuotes } from '#modules/agreements/queries.server.ts';
import { findCooperation, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { speakersHere, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { reviseLine, shareLine } from '#modules/lines/commands.server.ts';
import { keepLine, markLine } from '#modules/lines/commands/marking.server.ts';
import { keepForm, markForm, reviseForm, shareForm } from '#modules/lines/forms.ts';
import { abilitiesOn } from '#modules/lines/policy.ts';
import { findLine, listLines, listMarks, listReferring, type LineSeen } from '#modules/lines/queries.server.ts';
import { aboutOf, shortened, wasAgreed } from '#modules/lines/rules.ts';
import { changesBetween } from '#modules/lines/rules/versions.ts';
import { sectionOf } from '#modules/lines/rules/sections.ts';
import { writePoint } from '#modules/meetings/commands/agenda.server.ts';
import { mayConvene } from '#modules/meetings/policy.ts';
import { listComing, listMeetingsOfLine } from '#modules/meetings/queries.server.ts';
import { minutesState, whenSaid } from '#modules/meetings/rules.ts';
import { listPeopleOf } from '#modules/organisations/queries/people.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { id, optionalOneOf, z } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

type Params = { cooperation: string; line: string };

/** An address that is no identifier leads nowhere; the database isn't asked. */
const known = (id: string): string => {
	if (!z.uuid().safeParse(id).success) throw new NotFound();
	return id;
};

/** Whether a line was agreed together, and what holds on to it: looked at before it is changed. */
async function holding(context: Context, cooperation: Cooperation, versions: LineSeen[]) {
	const line = versions[0]!;
	const shared = line.audience !== 'organisation';
	const quotes = shared
		? await findQuotes(
				context,
				cooperation.id,
				versions.map(({ text }) => text)
			)
		: null;
	const meetings = shared ? await listMeetingsOfLine(context, cooperation, line.root) : [];
	const adopted = meetings.filter(({ adoptedAt }) => adoptedAt);
	const quoted = Boolean(quotes?.articles.length);
	return {
		quotes: quoted ? quotes : null,
		adopted: adopted.map((one) => ({ title: one.title, path: one.path, when: whenSaid(one, context.now) })),
		referring: await listReferring(context, cooperation.id, line.root),
		agreed: wasAgreed(line, { quoted, adopted: adopted.length > 0 })
	};
}

/** The meeting to come on whose agenda a change may be put. */
const nextMeeting = async (context: Context, cooperation: Cooperation) =>
	(await listComing(context, cooperation)).find((one) => !one.cancelledAt && minutesState(one) === 'none');

/** How the partners said that they decide, and the meeting at which they may: proposed, never asked. */
async function together(context: Context, cooperation: Cooperation) {
	if (!mayConvene(context.actor, cooperation) || cooperation.endedAt) return null;
	const mode = (await listLines(context, cooperation.id, ['decision'])).find(
		({ topic, audience }) => topic === 'mode' && audience !== 'organisation'
	);
	if (!mode) return null;
	const next = await nextMeeting(context, cooperation);
	return { mode: mode.text, meeting: next ? { title: next.title, path: next.path, when: whenSaid(next, context.now) } : null };
}

/** What was agreed is changed with open eyes: the page is shown once more, with what the change touches. */
const openEyedForm = reviseForm.extend({ seen: optionalOneOf(['yes']) });
const agendaForm = z.object({ id: id(), point: id() });

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const { line, versions } = await findLine(context, known(params.line));
	if (line.cooperationId !== cooperation.id) throw new NotFound();
	const can = abilitiesOn(context.actor, cooperation, line);
	const present = cooperation.partners.filter(isHereOrInvited);
	const mine = speaksHereFor(context.actor, cooperation);
	const people = can.revise
		? await listPeopleOf(
				context,
				present.map(({ organisationId }) => organisationId)
			)
		: [];
	const aboutKinds = aboutOf[line.kind];
	const abouts = can.revise && aboutKinds ? await listLines(context, cooperation.id, aboutKinds) : [];
	const held = can.revise ? await holding(context, cooperation, versions) : null;
	return {
		cooperation,
		line,
		can,
		day: today(context.now, cooperation.zone),
		section: sectionOf(line),
		versions: versions.map((version, i) => ({
			...version,
			changes: versions[i + 1] ? changesBetween(versions[i + 1]!.text, version.text) : null
		})),
		marks: await listMarks(context, line.root),
		held,
		together: held?.agreed ? await together(context, cooperation) : null,
		newPoint: newId(),
		speakers: mine.includes(line.actingFor) ? [] : speakersHere(context.actor, cooperation, mine),
		choices: {
			partners: present.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
			people: people.map(({ personId, organisationId, name }) => ({
				value: personId,
				label: name,
				group: present.find((one) => one.organisationId === organisationId)!.name
			})),
			abouts: {
				[line.kind]: abouts
					.filter(({ audience }) => audience !== 'organisation')
					.map(({ root, text }) => ({ value: root, label: shortened(text) }))
			}
		}
	};
});

const here = async (context: Context, { cooperation }: Params) => (await findCooperation(context, cooperation)).id;

export const actions = {
	revise: action(
		'signed in',
		openEyedForm,
		async (context, { seen, ...input }, params: Params) => {
			const cooperation = await findCooperation(context, params.cooperation);
			const { line, versions } = await findLine(context, input.id);
			// what another wrote in between is said first, by the command
			const latest = line.id === input.id && abilitiesOn(context.actor, cooperation, line).revise;
			if (!seen && latest && (await holding(context, cooperation, versions)).agreed)
				throw new Refused('lines.agreed-look', { look: line.id });
			await reviseLine(context, input, cooperation.id);
		},
		{ say: () => m.lines_revised() }
	),
	keep: action(
		'signed in',
		keepForm,
		async (context, input, params: Params) => keepLine(context, input, await here(context, params)),
		{ say: () => m.lines_kept_on_purpose() }
	),
	agenda: action(
		'signed in',
		agendaForm,
		async (context, { id: root, point }, params: Params) => {
			const cooperation = await findCooperation(context, params.cooperation);
			const { line } = await findLine(context, root);
			if (line.cooperationId !== cooperation.id || line.audience === 'organisation') throw new NotFound();
			const next = await nextMeeting(context, cooperation);
			if (!next) throw new Refused('lines.no-meeting');
			const title = m.lines_agenda_point({ text: shortened(line.text, 200) });
			await writePoint(context, next.id, { id: point, title, minutes: null, expected: 'decide', about: line.root });
		},
		{ say: () => m.lines_agenda_done() }
	),
	mark: action(
		'signed in',
		markForm,
		async (context, input, params: Params) => markLine(context, input, await here(context, params)),
		{ say: () => m.lines_marked() }
	),
	share: action(
		'signed in',
		shareForm,
		async (context, input, params: Params) => shareLine(context, input, await here(context, params)),
		{ say: () => m.lines_shared() }
	)
};
