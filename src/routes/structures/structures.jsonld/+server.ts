import { jsonLdOf, mostTaken, taken } from '#modules/search/directory/documents.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { stream } from '#platform/http.server.ts';

/** The directory as it is narrowed, in the words of schema.org. */
export const GET = stream('everyone', async (ask, _params, { url, locals }) => ({
	headers: {
		'content-type': 'application/ld+json; charset=utf-8',
		'content-disposition': 'attachment; filename="structures.jsonld"',
		'cache-control': 'private, no-store',
		'x-content-type-options': 'nosniff'
	},
	parts: jsonLdOf(taken(ask, searchIn(url), mostTaken[locals.actor.is === 'person' ? 'signed in' : 'stranger']))
}));
