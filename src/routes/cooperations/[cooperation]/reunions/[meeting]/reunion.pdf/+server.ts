import { mayFollow, mayTakePart } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { meetingDocument } from '#modules/meetings/documents.server.ts';
import { findMeeting, listPoints } from '#modules/meetings/queries.server.ts';
import { listParticipants } from '#modules/meetings/queries/participants.server.ts';
import { listMinutes } from '#modules/meetings/queries/minutes.server.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { cooperation: string; meeting: string };

export const GET = endpoint('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const meeting = await findMeeting(context, cooperation, params.meeting);
	const pdf = await meetingDocument(context, {
		cooperation: cooperation.name,
		meeting,
		points: await listPoints(context, meeting.id),
		participants: await listParticipants(context, meeting.id),
		lines: await listMinutes(context, meeting),
		followed: !mayTakePart(context.actor, cooperation) && mayFollow(context.actor, cooperation)
	});
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="reunion-${meeting.code}.pdf"` }
	});
});
