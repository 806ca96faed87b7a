import { csvOf, mostTaken, taken } from '#modules/search/directory/documents.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { stream } from '#platform/http.server.ts';

/** The directory as it is narrowed, as a table. */
export const GET = stream('everyone', async (ask, _params, { url, locals }) => ({
	headers: {
		'content-type': 'text/csv; charset=utf-8',
		'content-disposition': 'attachment; filename="structures.csv"',
		'cache-control': 'private, no-store',
		'x-content-type-options': 'nosniff'
	},
	parts: csvOf(taken(ask, searchIn(url), mostTaken[locals.actor.is === 'person' ? 'signed in' : 'stranger']))
}));
