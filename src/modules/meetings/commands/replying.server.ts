import { personOf } from '#platform/actor.ts';
import { m } from '#words';
import { tell } from '#modules/journal/commands.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { word } from '#platform/say.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { mayNoteReply, mayReply } from '../policy.ts';
import { findInvitation, findMeetingById, type MeetingSeen } from '../queries.server.ts';
import { listParticipants, type Participant } from '../queries/participants.server.ts';
import { answerable, type Reply } from '../rules.ts';

/** Says whether one comes, by one's account. Changed as often as one likes, until the meeting is over. */
export async function reply(context: Context, meetingId: string, input: { reply: Reply }): Promise<void> {
	const { meeting, cooperation } = await findMeetingById(context, meetingId);
	const mine = (await listParticipants(context, meeting.id)).find(
		({ personId }) => personId !== null && personId === personOf(context.actor)
	);
	if (!mine) throw new Refused('meetings.not-invited');
	await noteReply(context, { ...meeting, ended: cooperation.endedAt }, mine, input.reply);
}

/** The same by the link that was sent. */
export async function replyByLink(context: Context, input: { reply: Reply }): Promise<void> {
	const { meeting, participant } = await findInvitation(context);
	await noteReply(context, meeting, participant, input.reply);
}

async function noteReply(
	context: Context,
	meeting: Pick<MeetingSeen, 'cancelledAt' | 'endsAt'> & { ended: Date | null },
	participant: Participant,
	said: Reply
): Promise<void> {
	const write = allow(context, mayReply(context.actor, participant));
	answerable(meeting, context.now);
	await write
		.updateTable('meetingParticipants')
		.set({ reply: said, repliedAt: context.now, replyByTelephone: false })
		.where('id', '=', participant.id)
		.execute();
}

/** Notes what somebody, or a structure without e-mail, said on the telephone: « dit au téléphone ». They change it themselves. */
export async function noteReplyByTelephone(
	context: Context,
	meetingId: string,
	{ participant: id, reply: said }: { participant: string; reply: Reply }
): Promise<{ name: string }> {
	const { meeting, cooperation } = await findMeetingById(context, meetingId);
	const write = allow(context, mayNoteReply(context.actor, cooperation));
	answerable({ ...meeting, ended: cooperation.endedAt }, context.now);
	const one = (await listParticipants({ db: write }, meeting.id)).find((other) => other.id === id);
	if (!one) throw new NotFound();
	if (one.reply && !one.replyByTelephone) throw new Refused('meetings.answered-themselves', { name: one.name });
	if (one.reply === said) return { name: one.name };
	await write
		.updateTable('meetingParticipants')
		.set({ reply: said, repliedAt: context.now, replyByTelephone: true })
		.where('id', '=', one.id)
		.execute();
	const text = m.meetings_told_reply({ title: meeting.title, reply: word(`meetings_said_${said}`) });
	if (one.personId) {
		const about = { kind: 'meeting' as const, cooperationId: cooperation.id, text, path: meeting.path };
		await notify(write, context.now, { personId: one.personId, ...about });
	}
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'meeting-reply-noted',
		ids: { meeting: meeting.id, organisation: one.organisationId, ...(one.personId ? { member: one.personId } : {}) },
		says: { name: one.name, title: meeting.title, reply: word(`meetings_said_${said}`) }
	});
	return { name: one.name };
}
