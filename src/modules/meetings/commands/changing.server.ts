import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { wall } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { voice, writeTo } from '../commands.server.ts';
import type { Changed } from '../forms.ts';
import { mayConvene } from '../policy.ts';
import { findMeetingById, meetingPath, type MeetingSeen } from '../queries.server.ts';
import { listParticipants } from '../queries/participants.server.ts';
import { asksAgain, endOf, lengthOf, movable, takesPlace, whenSaid } from '../rules.ts';

/** What a meeting says now, to whoever was about to write over it. */
const factsSaid = (meeting: MeetingSeen, now: Date): string =>
	[meeting.title, whenSaid(meeting, now), meeting.place].filter(Boolean).join(', ');

/** Gives a meeting another day, length, place or title; calendars follow. A new time asks everyone again. */
export async function changeMeeting(context: Context, meetingId: string, input: Changed): Promise<{ path: string }> {
	const { meeting, cooperation } = await findMeetingById(context, meetingId);
	const write = allow(context, mayConvene(context.actor, cooperation));
	movable(meeting);
	if (meeting.sequence !== input.sequence)
		throw new Refused('meetings.changed-meanwhile', { theirs: factsSaid(meeting, context.now) });
	const minutes = input.minutes ?? lengthOf(meeting);
	const old = wall(meeting.startsAt, meeting.zone);
	const when =
		old.day === input.day && old.time === input.time
			? { startsAt: meeting.startsAt, endsAt: endOf(meeting.startsAt, minutes) }
			: takesPlace({ ...input, minutes, zone: meeting.zone }, context.now);
	const again = asksAgain(meeting, when);
	const next = { ...meeting, ...when, title: input.title, place: input.place, sequence: meeting.sequence + 1 };
	if (!again && next.title === meeting.title && next.place === meeting.place) return { path: meeting.path };
	const changed = await write
		.updateTable('meetings')
		.set({ ...when, title: next.title, place: next.place, sequence: next.sequence, changedAt: context.now })
		.where('id', '=', meeting.id)
		.where('sequence', '=', meeting.sequence)
		.where('cancelledAt', 'is', null)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new Refused('meetings.changed-meanwhile', { theirs: factsSaid(meeting, context.now) });
	const me = personOf(context.actor);
	if (again) {
		await write
			.updateTable('meetingParticipants')
			.set({ reply: null, repliedAt: null, replyByTelephone: false })
			.where('meetingId', '=', meeting.id)
			.execute();
		// whoever chose the new time comes
		if (me)
			await write
				.updateTable('meetingParticipants')
				.set({ reply: 'yes', repliedAt: context.now })
				.where('meetingId', '=', meeting.id)
				.where('personId', '=', me)
				.execute();
	}
	const by = voice(context, cooperation, meeting);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'meeting-changed',
		ids: { meeting: meeting.id, organisation: by.id },
		says: { organisation: by.name, title: next.title, when: whenSaid(next, context.now), before: whenSaid(meeting, context.now) }
	});
	const participants = await listParticipants({ db: write }, meeting.id);
	await writeTo(write, context, cooperation, next, participants, again ? 'asked-again' : 'changed', by);
	return { path: meetingPath(cooperation, next) };
}

/** Cancels a meeting, with the reason that everyone reads; it leaves their calendars. */
export async function cancelMeeting(context: Context, meetingId: string, { reason }: { reason: string }): Promise<void> {
	const { meeting, cooperation } = await findMeetingById(context, meetingId);
	const write = allow(context, mayConvene(context.actor, cooperation));
	movable(meeting);
	const sequence = meeting.sequence + 1;
	const cancelled = await write
		.updateTable('meetings')
		.set({
			cancelledAt: context.now,
			cancelledBy: personOf(context.actor),
			cancelReason: reason,
			sequence,
			changedAt: context.now
		})
		.where('id', '=', meeting.id)
		.where('sequence', '=', meeting.sequence)
		.where('cancelledAt', 'is', null)
		.executeTakeFirst();
	if (cancelled.numUpdatedRows === 0n)
		throw new Refused('meetings.changed-meanwhile', { theirs: factsSaid(meeting, context.now) });
	const by = voice(context, cooperation, meeting);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'meeting-cancelled',
		ids: { meeting: meeting.id, organisation: by.id },
		says: { organisation: by.name, title: meeting.title, when: whenSaid(meeting, context.now), reason }
	});
	const participants = await listParticipants({ db: write }, meeting.id);
	await writeTo(write, context, cooperation, { ...meeting, sequence, cancelReason: reason }, participants, 'cancelled', by);
}
