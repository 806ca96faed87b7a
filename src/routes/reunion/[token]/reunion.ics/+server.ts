import { meetingFile } from '#modules/meetings/documents.server.ts';
import { findInvitation } from '#modules/meetings/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { address } from '#platform/running.server.ts';

export const GET = endpoint('by link', async (context, { token }: { token: string }) => {
	const { meeting } = await findInvitation(context);
	return new Response(meetingFile(meeting, { cooperation: meeting.cooperation, url: address(`/reunion/${token}`) }), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `attachment; filename="reunion-${meeting.code}.ics"`
		}
	});
});
