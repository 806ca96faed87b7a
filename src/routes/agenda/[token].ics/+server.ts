import { createHash } from 'node:crypto';
import { readFeed } from '#modules/meetings/queries/feeds.server.ts';
import { sessionEvents } from '#modules/sessions/documents.server.ts';
import { calendarFile } from '#platform/calendar.ts';
import { NotFound } from '#platform/errors.ts';
import { endpoint } from '#platform/http.server.ts';
import { answerInWords } from '#platform/plain-page.ts';
import { m } from '#words';

/** Calendars ask again and again: what has not changed is not written anew. The secret address is the permission. */
export const GET = endpoint('everyone', async (context, { token }: { token: string }, { request }) => {
	const feed = await readFeed(context, token, [sessionEvents]).catch((problem: unknown) => {
		if (problem instanceof NotFound) return null;
		throw problem;
	});
	if (!feed) {
		const ways = [{ label: m.meetings_feed_unknown_way(), path: '/compte/agendas' }];
		return answerInWords(request, 404, { title: m.meetings_feed_unknown(), advice: m.meetings_feed_unknown_advice(), ways });
	}
	const { name, events, madeAt } = feed;
	const etag = `"${createHash('sha256')
		.update(JSON.stringify([name, events]))
		.digest('base64url')
		.slice(0, 27)}"`;
	const last = events.reduce((latest, { lastModified }) => (lastModified > latest ? lastModified : latest), madeAt);
	const headers = { etag, 'last-modified': last.toUTCString(), 'cache-control': 'private, no-cache' };
	if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers });
	return new Response(calendarFile({ name, events, refreshMinutes: 60 }), {
		headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' }
	});
});
