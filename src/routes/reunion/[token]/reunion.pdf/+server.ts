import { meetingDocument } from '#modules/meetings/documents.server.ts';
import { findSentMinutes } from '#modules/meetings/queries/minutes.server.ts';
import { NotFound } from '#platform/errors.ts';
import { endpoint } from '#platform/http.server.ts';

export const GET = endpoint('by link', async (context, _params: { token: string }) => {
	const sent = await findSentMinutes(context);
	if (!sent) throw new NotFound('link');
	return new Response(new Uint8Array(await meetingDocument(context, sent)), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="reunion-${sent.meeting.code}.pdf"` }
	});
});
