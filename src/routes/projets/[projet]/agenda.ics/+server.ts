import { openEvents } from '#modules/publications/documents.server.ts';
import { findPublication } from '#modules/publications/queries/public.server.ts';
import { calendarFile } from '#platform/calendar.ts';
import { endpoint } from '#platform/http.server.ts';

export const GET = endpoint('everyone', async (context, { projet }: { projet: string }) => {
	const page = await findPublication(context, projet);
	return new Response(calendarFile({ name: page.content.title, events: openEvents(page) }), {
		headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'attachment; filename="venez.ics"' }
	});
});
