import { goGoCartoOf, mostTaken, taken } from '#modules/search/directory/documents.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { stream } from '#platform/http.server.ts';

/** The directory as it is narrowed, for a map of GoGoCarto, which reads it without an account: those that chose to be shown to everyone. */
export const GET = stream('everyone', async (ask, _params, { url, locals }) => ({
	headers: {
		'content-type': 'application/json; charset=utf-8',
		'content-disposition': 'inline',
		'cache-control': 'private, no-store',
		'x-content-type-options': 'nosniff'
	},
	parts: goGoCartoOf(taken(ask, searchIn(url), mostTaken[locals.actor.is === 'person' ? 'signed in' : 'stranger']))
}));
