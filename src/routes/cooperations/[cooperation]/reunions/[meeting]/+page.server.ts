import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { inviteMore } from '#modules/meetings/commands.server.ts';
import { cancelMeeting, changeMeeting } from '#modules/meetings/commands/changing.server.ts';
import { noteReplyByTelephone, reply } from '#modules/meetings/commands/replying.server.ts';
import { movePoint, removePoint, takeGrid, writePoint } from '#modules/meetings/commands/agenda.server.ts';
import {
	cancelForm,
	changeForm,
	gridForm,
	inviteForm,
	movePointForm,
	noteReplyForm,
	pointForm,
	removePointForm,
	replyForm
} from '#modules/meetings/forms.ts';
import { housesOfTexts, listOffered } from '#modules/library/houses/queries.server.ts';
import { questionsIn } from '#modules/library/houses/rules.ts';
import { abilities, mayNoteReply } from '#modules/meetings/policy.ts';
import { unreached } from '#modules/meetings/documents.server.ts';
import { findMeeting, listPoints } from '#modules/meetings/queries.server.ts';
import { actorsOf, listParticipants, listUninvited, shownParticipants } from '#modules/meetings/queries/participants.server.ts';
import { answerable, editable, lengthOf, movable, possible, tally, whenSaid } from '#modules/meetings/rules.ts';
import { today, wall } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string; meeting: string };

const found = async (context: Context, { cooperation, meeting }: Params) =>
	findMeeting(context, await findCooperation(context, cooperation), meeting);

export const load = page('signed in', async (context, params: Params, url, { draft }) => {
	const { actor, now } = context;
	const cooperation = await findCooperation(context, params.cooperation);
	const meeting = await findMeeting(context, cooperation, params.meeting);
	const participants = await listParticipants(context, meeting.id);
	const { convene: convenes, prepare: prepares } = abilities(actor, cooperation);
	const open = possible(() => answerable({ ...meeting, ended: cooperation.endedAt }, now));
	const mine = participants.find(({ personId }) => actor.is === 'person' && personId === actor.id);
	const names = await actorsOf(context, meeting);
	const points = await listPoints(context, meeting.id);
	const agenda = prepares && possible(() => editable(meeting));
	const start = wall(meeting.startsAt, meeting.zone);
	return {
		cooperation: { name: cooperation.name, path: cooperation.path },
		meeting: { ...meeting, day: start.day, time: start.time, minutes: lengthOf(meeting), when: whenSaid(meeting, now) },
		organiser: meeting.organiserId ? (names.get(meeting.organiserId) ?? null) : null,
		speaker: cooperation.partners.find(({ organisationId }) => organisationId === meeting.actingFor)?.name ?? null,
		points,
		houses: await housesOfTexts(
			context.db,
			points.map(({ houseText }) => houseText)
		),
		participants: shownParticipants(participants),
		tally: tally(participants),
		letters: open && mayNoteReply(actor, cooperation) ? unreached(shownParticipants(participants)).length : 0,
		mine: mine ? { reply: mine.reply } : null,
		uninvited:
			convenes && open
				? (await listUninvited(context, cooperation, participants)).map(({ personId, name, organisation }) => ({
						value: personId,
						label: name,
						note: organisation
					}))
				: [],
		today: today(now, meeting.zone),
		over: meeting.endsAt <= now,
		newPoint: newId(),
		/** The grids that would still bring a question. */
		grids: agenda
			? (await listOffered(context, 'grid', { cooperationId: cooperation.id })).filter(({ body }) =>
					questionsIn(body).some((question) => !points.some(({ title }) => title === question))
				)
			: [],
		drafts: prepares ? await listDrafts(context, draft, url.pathname) : [],
		can: {
			reply: mine !== undefined && open,
			note: open && mayNoteReply(actor, cooperation),
			change: convenes && possible(() => movable(meeting)),
			agenda,
			minutes: prepares && meeting.cancelledAt === null
		}
	};
});

export const actions = {
	reply: action(
		'signed in',
		replyForm,
		async (context, input, params: Params) => reply(context, (await found(context, params)).id, input),
		{ say: () => m.meetings_replied() }
	),
	noteReply: action(
		'signed in',
		noteReplyForm,
		async (context, input, params: Params) => noteReplyByTelephone(context, (await found(context, params)).id, input),
		{ to: (_, { cooperation, meeting }) => `/cooperations/${cooperation}/reunions/${meeting}#qui`, say: m.meetings_reply_noted }
	),
	change: action(
		'signed in',
		changeForm,
		async (context, input, params: Params) => changeMeeting(context, (await found(context, params)).id, input),
		{ to: ({ path }) => path, say: () => m.meetings_changed() }
	),
	cancel: action(
		'signed in',
		cancelForm,
		async (context, input, params: Params) => cancelMeeting(context, (await found(context, params)).id, input),
		{ say: () => m.meetings_cancelled_said() }
	),
	invite: action(
		'signed in',
		inviteForm,
		async (context, input, params: Params) => inviteMore(context, (await found(context, params)).id, input),
		{ say: (n) => m.meetings_invited_said({ n }) }
	),
	writePoint: action('signed in', pointForm, async (context, input, params: Params) =>
		writePoint(context, (await found(context, params)).id, input)
	),
	takeGrid: action(
		'signed in',
		gridForm,
		async (context, input, params: Params) => takeGrid(context, (await found(context, params)).id, input),
		{
			to: (_, { cooperation, meeting }) => `/cooperations/${cooperation}/reunions/${meeting}#ordre-du-jour`,
			say: (n) => m.meetings_grid_taken({ n })
		}
	),
	movePoint: action('signed in', movePointForm, async (context, input, params: Params) =>
		movePoint(context, (await found(context, params)).id, input)
	),
	removePoint: action('signed in', removePointForm, async (context, input, params: Params) =>
		removePoint(context, (await found(context, params)).id, input)
	)
};
