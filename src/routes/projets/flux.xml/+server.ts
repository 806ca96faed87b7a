import { feedOf } from '#modules/publications/documents.server.ts';
import { listPublications } from '#modules/publications/queries/public.server.ts';
import { endpoint } from '#platform/http.server.ts';

export const GET = endpoint(
	'everyone',
	async (context) =>
		new Response(feedOf(await listPublications(context, { size: 50 })), {
			headers: { 'content-type': 'application/atom+xml; charset=utf-8' }
		})
);
