import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { personOf } from '../commands.server.ts';
import { mayReply } from '../policy.ts';
import { findInvitation, findMeetingById, listParticipants, type MeetingSeen, type Participant } from '../queries.server.ts';
import { answerable, type Reply } from '../rules.ts';

/** Says whether one comes, by one's account. Changed as often as one likes, until the meeting is over. */
export async function reply(context: Context, meetingId: string, input: { reply: Reply }): Promise<void> {
	const { meeting } = await findMeetingById(context, meetingId);
	const mine = (await listParticipants(context, meeting.id)).find(
		({ personId }) => personId !== null && personId === personOf(context)
	);
	if (!mine) throw new Refused('meetings.not-invited');
	await noteReply(context, meeting, mine, input.reply);
}

/** The same by the link that was sent. */
export async function replyByLink(context: Context, input: { reply: Reply }): Promise<void> {
	const { meeting, participant } = await findInvitation(context);
	await noteReply(context, meeting, participant, input.reply);
}

async function noteReply(
	context: Context,
	meeting: Pick<MeetingSeen, 'cancelledAt' | 'endsAt'>,
	participant: Participant,
	said: Reply
): Promise<void> {
	const write = allow(context, mayReply(context.actor, participant));
	answerable(meeting, context.now);
	await write
		.updateTable('meetingParticipants')
		.set({ reply: said, repliedAt: context.now })
		.where('id', '=', participant.id)
		.execute();
}
