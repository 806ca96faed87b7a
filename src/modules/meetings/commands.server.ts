import { personOf } from '#platform/actor.ts';
import { m } from '#words';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { findContact } from '#modules/people/queries.server.ts';
import { cancellation, invitation, type CalendarEvent } from '#platform/calendar.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { address, settings } from '#platform/running.server.ts';
import { word } from '#platform/say.ts';
import type { Convened } from './forms.ts';
import { mayConvene } from './policy.ts';
import { findMeetingById, listPoints, meetingPath, type MeetingSeen } from './queries.server.ts';
import { listParticipants, partnersPeople, unheard, type Participant } from './queries/participants.server.ts';
import { answerable, endOf, partstat, takesPlace, whenSaid } from './rules.ts';

/** Somebody whom a meeting gathers; without an account there is no person, without an address they are told otherwise. */
export type Invited = { personId: string | null; name: string; email: string | null; organisationId: string | null };

export type NewMeeting = {
	/** Made with the form, so that a form sent twice convenes once. */
	id?: string;
	title: string;
	place: string | null;
	startsAt: Date;
	minutes: number;
	pollId: string | null;
	participants: Invited[];
	actingFor: { id: string; name: string };
};

const usualLength = 90;

/** What a meeting is to calendars, before anybody in particular is asked. */
type Written = Pick<
	MeetingSeen,
	'id' | 'cooperationId' | 'title' | 'place' | 'startsAt' | 'endsAt' | 'zone' | 'uid' | 'sequence' | 'organiserId'
>;

/** Whom calendars show as the organiser: the one who convenes, so that a reply sent by a calendar reaches somebody. */
async function organiserOf(write: Writer, { organiserId }: Written): Promise<{ name: string; email: string }> {
	const person = organiserId ? await findContact(write, organiserId) : undefined;
	const ours = /[^\s<>]+@[^\s<>]+/.exec(settings().mailFrom ?? '')?.[0] ?? `agenda@${new URL(address('/')).hostname}`;
	return { name: person?.name ?? m.shell_title(), email: person?.email ?? ours };
}

type Told = 'invited' | 'changed' | 'asked-again' | 'cancelled';

/** Writes to those who take part: a mail each, with a link of their own and the file that their calendar understands. */
export async function writeTo(
	write: Writer,
	context: Context,
	cooperation: { name: string },
	meeting: Written & { cancelReason?: string | null },
	participants: Pick<Participant, 'id' | 'personId' | 'name' | 'email' | 'organisationId' | 'reply' | 'gone'>[],
	told: Told,
	by: { id: string | null; name: string }
): Promise<void> {
	const { now, actor } = context;
	const reached = participants.filter(({ email, gone }) => email !== null && !gone);
	if (!reached.length) return;
	const organiser = await organiserOf(write, meeting);
	const house = await signerOf(context, write, { cooperationId: meeting.cooperationId, actingFor: by.id });
	const points = told === 'cancelled' ? [] : await listPoints({ db: write }, meeting.id);
	const when = whenSaid(meeting, now);
	const agenda = points.map((one) =>
		m.meetings_point_said({ title: one.title, expected: word(`meetings_expected_${one.expected}`) })
	);
	for (const one of reached) {
		const link = address(
			`/reunion/${await makeLink(write, now, { thing: meeting.id, may: 'answer', invitee: one.id, organisationId: one.organisationId })}`
		);
		const event: CalendarEvent = {
			...meeting,
			starts: meeting.startsAt,
			ends: meeting.endsAt,
			description: [
				cooperation.name,
				told === 'cancelled' ? meeting.cancelReason : agenda.join('\n'),
				m.meetings_calendar_reply({ link })
			]
				.filter(Boolean)
				.join('\n\n'),
			organiser,
			// nobody's address is shown to the others: each copy names the one who receives it
			attendees: [{ name: one.name, email: one.email!, reply: partstat(one.reply) }],
			stamp: now,
			lastModified: now
		};
		const key = told === 'asked-again' ? 'asked_again' : told;
		await post(write, now, {
			to: { name: one.name, email: one.email! },
			fromName: actor.is === 'person' ? actor.name : organiser.name,
			replyTo: organiser.email,
			house,
			subject: word(`meetings_mail_${key}_subject`, { title: meeting.title, when }),
			letter: {
				title: word(`meetings_mail_${key}_title`, { organisation: by.name, title: meeting.title }),
				paragraphs: [
					m.meetings_mail_facts({ title: meeting.title, when, cooperation: cooperation.name }),
					...(meeting.place ? [m.meetings_mail_place({ place: meeting.place })] : []),
					...(told === 'cancelled' ? [m.meetings_mail_reason({ reason: meeting.cancelReason ?? '' })] : []),
					...(told === 'asked-again' ? [m.meetings_mail_asked_again()] : [])
				],
				lists: agenda.length ? [{ title: m.meetings_agenda(), items: agenda }] : [],
				buttons: [{ label: told === 'cancelled' ? m.meetings_mail_see() : m.meetings_mail_answer(), url: link }],
				foot: [m.meetings_mail_foot()]
			},
			kind: `meeting-${told}`,
			...(one.personId ? {} : { stop: 'address' as const }),
			calendar:
				told === 'cancelled'
					? { method: 'CANCEL', content: cancellation(event) }
					: { method: 'REQUEST', content: invitation(event) }
		});
	}
}

/** The same person or the same address is invited once. */
function once(invited: Invited[]): Invited[] {
	const seen = new Set<string>();
	return invited.filter(({ personId, email }) => {
		const keys = [personId, email?.toLowerCase()].filter((key) => key !== null && key !== undefined);
		if (keys.some((key) => seen.has(key))) return false;
		for (const key of keys) seen.add(key);
		return true;
	});
}

/** Writes who is invited; whoever convenes comes. */
export async function invite(write: Writer, context: Context, meetingId: string, invited: Invited[]): Promise<Participant[]> {
	const { now } = context;
	const me = personOf(context.actor);
	const rows = once(invited).map((one) => ({
		...one,
		id: newId(),
		meetingId,
		addedAt: now,
		invitedAt: now,
		...(one.personId !== null && one.personId === me
			? { reply: 'yes' as const, repliedAt: now }
			: { reply: null, repliedAt: null })
	}));
	if (rows.length)
		await write
			.insertInto('meetingParticipants')
			.values(rows)
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	const spoken = rows.flatMap(({ personId, organisationId }) => (personId && organisationId ? [organisationId] : []));
	// A partner that stood there by its own name has somebody now.
	if (spoken.length)
		await write
			.deleteFrom('meetingParticipants as stood')
			.where('stood.meetingId', '=', meetingId)
			.where('stood.organisationId', 'in', spoken)
			.where('stood.personId', 'is', null)
			.where('stood.email', 'is', null)
			.where('stood.invitedAt', 'is not', null)
			.where('stood.reply', 'is', null)
			.where('stood.presence', 'is', null)
			.where(({ not, exists, selectFrom }) =>
				not(exists(selectFrom('meetingParticipants as r').select('r.id').whereRef('r.representedBy', '=', 'stood.id')))
			)
			.execute();
	const ids = new Set(rows.map(({ id }) => id));
	return (await listParticipants({ db: write }, meetingId)).filter(({ id }) => ids.has(id));
}

/** Convenes a meeting, whoever asks being allowed already: writes it, tells the journal, posts the invitations. */
export async function convene(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	meeting: NewMeeting
): Promise<{ id: string; path: string }> {
	const { now } = context;
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const id = meeting.id ?? newId();
	const code = newCode();
	const row = {
		id,
		code,
		cooperationId: cooperation.id,
		title: meeting.title,
		place: meeting.place,
		startsAt: meeting.startsAt,
		endsAt: endOf(meeting.startsAt, meeting.minutes),
		zone: cooperation.zone,
		uid: `${code}@${new URL(address('/')).hostname}`,
		sequence: 0,
		organiserId: personOf(context.actor),
		actingFor: meeting.actingFor.id
	};
	const written = await write
		.insertInto('meetings')
		.values({ ...row, pollId: meeting.pollId, convenedAt: now, changedAt: now })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) {
		const { meeting: known } = await findMeetingById(context, id);
		if (known.cooperationId !== cooperation.id || known.organiserId !== row.organiserId) throw new Refused('forms.id-unreal');
		return { id, path: known.path };
	}
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'meeting-convened',
		ids: { meeting: id, organisation: meeting.actingFor.id },
		says: { organisation: meeting.actingFor.name, title: meeting.title, when: whenSaid(row, now) }
	});
	const invited = await invite(write, context, id, [...meeting.participants, ...unheard(cooperation, meeting.participants)]);
	await writeTo(write, context, cooperation, row, invited, 'invited', meeting.actingFor);
	return { id, path: meetingPath(cooperation, row) };
}

const asInvited = ({ personId, name, email, organisationId }: Awaited<ReturnType<typeof partnersPeople>>[number]): Invited => ({
	personId,
	name,
	email,
	organisationId
});

/** The people of the partners that were chosen by their ids; a forged one is refused. */
function chosen(people: Awaited<ReturnType<typeof partnersPeople>>, ids: string[]): Invited[] {
	const wanted = new Set(ids);
	const found = people.filter(({ personId }) => wanted.has(personId));
	if (found.length < wanted.size) throw new Refused('meetings.not-a-partner', {}, 'people');
	return found.map(asInvited);
}

/** Convenes a meeting of some people of the partners. */
export async function conveneMeeting(context: Context, cooperationId: string, input: Convened) {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayConvene(context.actor, cooperation));
	const minutes = input.minutes ?? usualLength;
	const { startsAt } = takesPlace({ ...input, minutes, zone: cooperation.zone }, context.now);
	if (!input.people.length) throw new Refused('meetings.nobody', {}, 'people');
	return convene(write, context, cooperation, {
		id: input.id,
		title: input.title,
		place: input.place,
		startsAt,
		minutes,
		pollId: null,
		participants: chosen(await partnersPeople(context, cooperation), input.people),
		actingFor: speaker(context, cooperation, input.actingFor)
	});
}

/** The third answer: when those who begin a cooperation meet next. A day without a time, or the contrary, is asked again. */
export async function conveneFirst(
	context: Context,
	cooperationId: string,
	input: { id: string; day: string | null; time: string | null; actingFor: string | null }
): Promise<{ id: string; path: string } | null> {
	if (input.day === null && input.time === null) return null;
	if (input.day === null) throw new Refused('forms.day-missing', {}, 'day');
	if (input.time === null) throw new Refused('forms.time-missing', {}, 'time');
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayConvene(context.actor, cooperation));
	const when = { day: input.day, time: input.time, minutes: usualLength, zone: cooperation.zone };
	const { startsAt } = takesPlace(when, context.now);
	return convene(write, context, cooperation, {
		id: input.id,
		title: m.meetings_first_title(),
		place: null,
		startsAt,
		minutes: usualLength,
		pollId: null,
		participants: (await partnersPeople(context, cooperation)).map(asInvited),
		actingFor: speaker(context, cooperation, input.actingFor)
	});
}

/** Invites more people of the partners to a meeting that stands. */
export async function inviteMore(context: Context, meetingId: string, { people }: { people: string[] }): Promise<number> {
	const { meeting, cooperation } = await findMeetingById(context, meetingId);
	const write = allow(context, mayConvene(context.actor, cooperation));
	answerable({ ...meeting, ended: cooperation.endedAt }, context.now);
	const invited = await invite(write, context, meeting.id, chosen(await partnersPeople(context, cooperation), people));
	const by = speaker(context, cooperation, null);
	await writeTo(write, context, cooperation, meeting, invited, 'invited', by);
	return invited.length;
}

/** In whose name somebody acts on a meeting: the organisation that convened it when it is theirs, else their own. */
export function voice(context: Context, cooperation: Cooperation, meeting: { actingFor: string }): { id: string; name: string } {
	const mine = speaksHereFor(context.actor, cooperation);
	return speaker(context, cooperation, mine.includes(meeting.actingFor) ? meeting.actingFor : (mine[0] ?? null));
}
