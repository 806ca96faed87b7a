import { endpoint } from '#platform/http.server.ts';

/** The name under which people look for it: the directory has one address. */
export const GET = endpoint(
	'everyone',
	async (_context, _params, { url }) => new Response(null, { status: 308, headers: { location: `/structures${url.search}` } })
);
