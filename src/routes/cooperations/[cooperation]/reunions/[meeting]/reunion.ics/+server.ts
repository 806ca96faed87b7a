import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { meetingFile } from '#modules/meetings/documents.server.ts';
import { findMeeting } from '#modules/meetings/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { address } from '#platform/running.server.ts';

type Params = { cooperation: string; meeting: string };

export const GET = endpoint('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const meeting = await findMeeting(context, cooperation, params.meeting);
	return new Response(meetingFile(meeting, { cooperation: cooperation.name, url: address(meeting.path) }), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `attachment; filename="reunion-${meeting.code}.ics"`
		}
	});
});
