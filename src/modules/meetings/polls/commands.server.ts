import { m } from '#words';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { post, type Letterhead } from '#modules/notices/commands.server.ts';
import { convene } from '#modules/meetings/commands.server.ts';
import { findMeetingById } from '#modules/meetings/queries.server.ts';
import { findAccount } from '#modules/people/queries.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { mayOpenPoll, mayRunPoll } from './policy.ts';
import { findPollById, listCandidates, pollPath } from './queries.server.ts';
import {
	asAsked,
	asTitle,
	choosable,
	closing,
	deadlineFor,
	guestsIn,
	maxInvitees,
	remindAt,
	said,
	slotsFrom,
	type Row
} from './rules.ts';

/** What is asked of everybody: which meeting, which dates, until when, and of whom. */
export type Asked = {
	id: string;
	title: string;
	place: string | null;
	minutes: number;
	deadline: string | null;
	rows: Row[];
	/** Keys of candidates (`listCandidates`); anything else invites nobody. */
	who: string[];
	guests: string | null;
	actingFor: string | null;
};

/** Asks people for a date: each gets a link of their own by mail, and one open link can be shared. Sent twice, it asks once. */
export async function openPoll(context: Context, cooperationId: string, asked: Asked): Promise<{ id: string; path: string }> {
	const { actor, now, db } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayOpenPoll(actor, cooperation));
	if (actor.is !== 'person') throw new NotFound();
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const before = await db
		.selectFrom('polls')
		.select(['title', 'code', 'organiser', 'cooperationId'])
		.where('id', '=', asked.id)
		.executeTakeFirst();
	if (before?.organiser === actor.id && before.cooperationId === cooperation.id)
		return { id: asked.id, path: pollPath(cooperation, before) };
	if (before) throw new Refused('forms.id-unreal');
	const speaking = speaker(context, cooperation, asked.actingFor);
	const { zone } = cooperation;
	const slots = slotsFrom(asked.rows, { zone, now });
	const deadline = deadlineFor(asked.deadline, slots, { zone, now });
	const closesAt = closing(deadline, zone);
	const poll = { id: asked.id, code: newCode(), title: asked.title, place: asked.place, minutes: asked.minutes, zone, deadline };
	const invited = await inviteesOf(context, cooperation, asked, speaking.id);
	const openToken = await makeLink(write, now, { thing: poll.id, may: 'answer', invitee: null, organisationId: null });
	await write
		.insertInto('polls')
		.values({
			...poll,
			cooperationId: cooperation.id,
			closesAt,
			remindAt: remindAt(now, closesAt),
			organiser: actor.id,
			actingFor: speaking.id,
			openedAt: now,
			openToken
		})
		.execute();
	await write
		.insertInto('pollSlots')
		.values(slots.map((startsAt) => ({ id: newId(), pollId: poll.id, startsAt })))
		.execute();
	await write
		.insertInto('pollInvitees')
		.values(invited.map((one) => ({ ...one, pollId: poll.id, invitedAt: now })))
		.execute();
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: speaking.id });
	for (const one of invited)
		if (one.email && one.personId !== actor.id)
			await postLink(
				write,
				now,
				poll,
				{ ...one, email: one.email },
				actor.name,
				{
					subject: m.meetings_poll_mail_subject({ title: asAsked(poll.title), cooperation: cooperation.name }),
					title: m.meetings_poll_mail_title({ organiser: actor.name, organisation: speaking.name }),
					paragraphs: [
						m.meetings_poll_mail_text({ title: asAsked(poll.title), cooperation: cooperation.name }),
						m.meetings_poll_mail_deadline({ day: longDay(deadline, today(now, zone)) })
					],
					lists: [{ items: slots.map((startsAt) => Object.values(said(startsAt, poll.minutes, zone, now)).join(', ')) }]
				},
				house
			);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'poll-opened',
		ids: { poll: poll.id, organisation: speaking.id },
		says: { organisation: speaking.name, title: poll.title }
	});
	return { id: poll.id, path: pollPath(cooperation, poll) };
}

type Invitee = {
	id: string;
	personId: string | null;
	name: string;
	email: string | null;
	organisationId: string | null;
	organisationName: string | null;
};

/** Those who were chosen among the candidates, those written by hand, and the organiser, who answers like everybody. */
async function inviteesOf(context: Context, cooperation: Cooperation, asked: Asked, organisationId: string): Promise<Invitee[]> {
	const { actor } = context;
	if (actor.is !== 'person') throw new NotFound();
	const account = await findAccount(context);
	const chosen = new Set(asked.who);
	const invited: Invitee[] = [
		{ id: newId(), personId: actor.id, name: actor.name, email: account.email, organisationId, organisationName: null }
	];
	const addresses = new Set([account.email?.toLowerCase()]);
	const add = (one: Omit<Invitee, 'id'>) => {
		if (one.email && addresses.has(one.email.toLowerCase())) return;
		addresses.add(one.email?.toLowerCase());
		invited.push({ id: newId(), ...one });
	};
	for (const { key, personId, name, email, organisationId: theirs } of await listCandidates(context, cooperation))
		if (chosen.has(key) && personId !== actor.id) add({ personId, name, email, organisationId: theirs, organisationName: null });
	for (const { name, email, organisation } of guestsIn(asked.guests ?? ''))
		add({ personId: null, name, email, organisationId: null, organisationName: organisation });
	if (invited.length > maxInvitees) throw new Refused('meetings.poll-too-many-people', { max: maxInvitees }, 'guests');
	return invited;
}

type Words = { subject: string; title: string; paragraphs: string[]; lists?: { items: string[] }[] };

/** Whoever we know stops by their choices; a guest, for their address. */
const stopOf = ({ personId }: { personId: string | null }) => (personId ? { personId } : ('address' as const));

/** Makes a link for one invitee and posts it. */
export async function postLink(
	write: Writer,
	now: Date,
	poll: { id: string },
	invitee: { id: string; personId: string | null; name: string; email: string; organisationId: string | null },
	fromName: string | null,
	{ subject, ...words }: Words,
	house: Letterhead | null
): Promise<void> {
	const token = await makeLink(write, now, {
		thing: poll.id,
		may: 'answer',
		invitee: invitee.id,
		organisationId: invitee.organisationId
	});
	await post(write, now, {
		to: { name: invitee.name, email: invitee.email },
		...(fromName ? { fromName } : {}),
		house,
		subject,
		letter: {
			...words,
			buttons: [{ label: m.meetings_poll_mail_button(), url: address(`/sondage/${token}`) }],
			foot: [m.meetings_poll_mail_foot()]
		},
		kind: 'poll',
		stop: stopOf(invitee)
	});
}

/** The poll as it stands now; whoever answers or closes waits for the other, so that no answer falls into a closed poll. */
export const locked = (write: Writer, id: string) =>
	write.selectFrom('polls').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/** Chooses a date: the poll closes, and everybody who was asked is invited to the meeting. Sent twice, it makes one meeting. */
export async function closePoll(context: Context, pollId: string, { slotId }: { slotId: string }): Promise<{ path: string }> {
	const { now, actor } = context;
	const { poll, cooperation, write, person } = await running(context, pollId);
	if (poll.closedAt && poll.chosen !== slotId) throw new Refused('meetings.poll-closed-already');
	if (poll.closedAt) {
		const made = await write.selectFrom('meetings').select('id').where('pollId', '=', poll.id).executeTakeFirstOrThrow();
		return { path: (await findMeetingById(context, made.id)).meeting.path };
	}
	const slot = await write
		.selectFrom('pollSlots')
		.select('startsAt')
		.where('pollId', '=', poll.id)
		.where('id', '=', slotId)
		.executeTakeFirst();
	if (!slot) throw new NotFound();
	choosable(slot.startsAt, now);
	await write
		.updateTable('polls')
		.set({ closedAt: now, closedBy: person.id, chosen: slotId })
		.where('id', '=', poll.id)
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'poll-closed',
		ids: { poll: poll.id },
		says: { title: poll.title, date: Object.values(said(slot.startsAt, poll.minutes, poll.zone, now)).join(', ') }
	});
	const mine = speaksHereFor(actor, cooperation);
	const meeting = await convene(write, context, cooperation, {
		title: asTitle(poll.title),
		place: poll.place,
		startsAt: slot.startsAt,
		minutes: poll.minutes,
		pollId: poll.id,
		participants: await write
			.selectFrom('pollInvitees')
			.select(['personId', 'name', 'email', 'organisationId'])
			.where('pollId', '=', poll.id)
			.orderBy('invitedAt')
			.orderBy('id')
			.execute(),
		actingFor: speaker(context, cooperation, mine.includes(poll.actingFor) ? poll.actingFor : mine[0]!)
	});
	return { path: meeting.path };
}

/** Closes a poll without a date, and tells those who were asked why. */
export async function cancelPoll(context: Context, pollId: string, { reason }: { reason: string }): Promise<void> {
	const { now } = context;
	const { poll, cooperation, write, person } = await running(context, pollId);
	if (poll.closedAt) throw new Refused('meetings.poll-closed-already');
	await write
		.updateTable('polls')
		.set({ closedAt: now, closedBy: person.id, closedReason: reason })
		.where('id', '=', poll.id)
		.execute();
	const told = await write
		.selectFrom('pollInvitees')
		.select(['personId', 'name', 'email'])
		.where('pollId', '=', poll.id)
		.where((eb) => eb.or([eb('personId', 'is', null), eb('personId', '!=', person.id)]))
		.where('email', 'is not', null)
		.execute();
	const house = await signerOf(context, write, poll);
	for (const { personId, name, email } of told)
		await post(write, now, {
			to: { name, email: email! },
			fromName: person.name,
			house,
			subject: m.meetings_poll_cancelled_mail_subject({ title: asAsked(poll.title) }),
			letter: {
				title: m.meetings_poll_cancelled_mail_title(),
				paragraphs: [m.meetings_poll_cancelled_mail_text({ title: asAsked(poll.title), cooperation: cooperation.name }), reason]
			},
			kind: 'poll',
			stop: stopOf({ personId })
		});
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'poll-cancelled',
		ids: { poll: poll.id },
		says: { title: poll.title, reason }
	});
}

/** The poll of somebody who runs it, locked. */
async function running(context: Context, pollId: string) {
	const { id, cooperationId, actingFor } = await findPollById(context, pollId);
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayRunPoll(context.actor, cooperation, { actingFor }));
	if (context.actor.is !== 'person') throw new NotFound();
	return { poll: await locked(write, id), cooperation, write, person: context.actor };
}
