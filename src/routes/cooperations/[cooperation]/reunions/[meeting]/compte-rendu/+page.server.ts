import { mayFollow, mayTakePart, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { adoptMinutes, circulateMinutes, minute, noteAttendee, notePresence } from '#modules/meetings/commands/minutes.server.ts';
import { adoptForm, attendeeForm, minuteForm, nothingForm, presenceForm } from '#modules/meetings/forms.ts';
import { abilities } from '#modules/meetings/policy.ts';
import { findMeeting, listPoints } from '#modules/meetings/queries.server.ts';
import { actorsOf, listParticipants, shownParticipants } from '#modules/meetings/queries/participants.server.ts';
import { listMinutes, listReaders, meetingsAfter } from '#modules/meetings/queries/minutes.server.ts';
import { adoptable, begun, circulable, editable, minutable, minutesState, possible, whenSaid } from '#modules/meetings/rules.ts';
import { listPeopleOf } from '#modules/organisations/queries/people.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string; meeting: string };

const here = async (context: Context, { cooperation, meeting }: Params) =>
	(await findMeeting(context, await findCooperation(context, cooperation), meeting)).id;

export const load = page('signed in', async (context, params: Params, url, { draft }) => {
	const { actor, now } = context;
	const cooperation = await findCooperation(context, params.cooperation);
	const meeting = await findMeeting(context, cooperation, params.meeting);
	const participants = await listParticipants(context, meeting.id);
	const points = await listPoints(context, meeting.id);
	const lines = await listMinutes(context, meeting);
	const names = await actorsOf(context, meeting);
	const name = (id: string | null) => (id ? (names.get(id) ?? null) : null);
	const may = abilities(actor, cooperation);
	const open = possible(() => begun(meeting, now));
	const takes = may.prepare && open;
	const present = participants.filter(({ presence }) => presence === 'present').length;
	const can = {
		minute: takes && possible(() => minutable(meeting)),
		presence: takes && possible(() => editable(meeting)),
		circulate: may.convene && open && possible(() => circulable(meeting, { lines: lines.length, present })),
		adopt: may.convene && open && possible(() => adoptable(meeting))
	};
	const organisations = cooperation.accepted.map(({ organisationId }) => organisationId);
	const people = can.minute ? await listPeopleOf(context, organisations) : [];
	const receiving = can.circulate ? await listReaders(context, cooperation, participants, lines) : null;
	return {
		cooperation: { name: cooperation.name, path: cooperation.path, currency: cooperation.currency },
		meeting: { ...meeting, when: whenSaid(meeting, now) },
		followed: !mayTakePart(actor, cooperation) && mayFollow(actor, cooperation),
		state: minutesState(meeting),
		today: today(now, meeting.zone),
		points,
		lines,
		participants: shownParticipants(participants),
		by: { minutes: name(meeting.minutesBegunBy), circulated: name(meeting.circulatedBy), adopted: name(meeting.adoptedBy) },
		ids: Object.fromEntries(['none', ...points.map(({ id }) => id)].map((id) => [id, newId()])),
		newAttendee: newId(),
		partners: cooperation.accepted.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
		own: speaksHereFor(actor, cooperation)[0] ?? null,
		people: people.map(({ personId, organisationId, name }) => ({
			value: personId,
			label: name,
			group: cooperation.accepted.find((one) => one.organisationId === organisationId)!.name
		})),
		receiving: receiving ? { readers: receiving.readers.map(({ name }) => name), without: receiving.without } : null,
		adoptions: can.adopt
			? (await meetingsAfter(context, cooperation, meeting)).map((one) => ({
					value: one.id,
					label: m.meetings_adopted_in_option({ title: one.title, when: whenSaid(one, now) })
				}))
			: [],
		drafts: can.minute ? await listDrafts(context, draft, url.pathname) : [],
		can
	};
});

const path = ({ cooperation, meeting }: Params) => `/cooperations/${cooperation}/reunions/${meeting}/compte-rendu`;

export const actions = {
	minute: action(
		'signed in',
		minuteForm,
		async (context, input, params: Params) => {
			await minute(context, await here(context, params), input);
			return input.point ?? 'none';
		},
		{ to: (point, params) => `${path(params)}#point-${point}` }
	),
	presence: action(
		'signed in',
		presenceForm,
		async (context, input, params: Params) => notePresence(context, await here(context, params), input),
		{ to: (_, params) => `${path(params)}#presences` }
	),
	attendee: action(
		'signed in',
		attendeeForm,
		async (context, input, params: Params) => noteAttendee(context, await here(context, params), input),
		{ to: (_, params) => `${path(params)}#presences` }
	),
	circulate: action(
		'signed in',
		nothingForm,
		async (context, _, params: Params) => circulateMinutes(context, await here(context, params)),
		{ say: (n) => m.meetings_circulated_said({ n }) }
	),
	adopt: action(
		'signed in',
		adoptForm,
		async (context, input, params: Params) => adoptMinutes(context, await here(context, params), input),
		{ say: () => m.meetings_adopted_said() }
	)
};
