import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { convocations } from '#modules/meetings/documents.server.ts';
import { findMeeting, listPoints } from '#modules/meetings/queries.server.ts';
import { listParticipants } from '#modules/meetings/queries/participants.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { printLetters } from '#platform/pdf/letters.server.ts';

type Params = { cooperation: string; meeting: string };

export const GET = endpoint('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const meeting = await findMeeting(context, cooperation, params.meeting);
	const letters = await convocations(context, cooperation, {
		meeting,
		points: await listPoints(context, meeting.id),
		participants: await listParticipants(context, meeting.id)
	});
	const pdf = await printLetters(letters);
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="convocations-${meeting.code}.pdf"` }
	});
});
