import { replyByLink } from '#modules/meetings/commands/replying.server.ts';
import { replyForm } from '#modules/meetings/forms.ts';
import { findInvitation } from '#modules/meetings/queries.server.ts';
import { findSentMinutes } from '#modules/meetings/queries/minutes.server.ts';
import { answerable, lengthOf, possible, whenSaid } from '#modules/meetings/rules.ts';
import { today, wall } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('by link', async (context, { token }: { token: string }) => {
	const { meeting, participant, points } = await findInvitation(context);
	const { title, place, cooperation, ended, organiser, cancelledAt, cancelReason } = meeting;
	return {
		path: `/reunion/${token}`,
		meeting: { title, place, cooperation, ended: ended !== null, organiser, cancelledAt, cancelReason },
		day: wall(meeting.startsAt, meeting.zone).day,
		when: whenSaid(meeting, context.now),
		length: lengthOf(meeting),
		points,
		today: today(context.now, meeting.zone),
		minutes: (await findSentMinutes(context))?.lines ?? null,
		invitee: participant.name,
		reply: participant.reply,
		open: possible(() => answerable(meeting, context.now))
	};
});

export const actions = {
	reply: action('by link', replyForm, (context, input, _params: { token: string }) => replyByLink(context, input), {
		say: () => m.meetings_replied()
	})
};
