import { heads, lines, mostTaken, taken } from '#modules/search/directory/documents.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { endpoint } from '#platform/http.server.ts';
import { sendTable } from '#platform/spreadsheet.ts';
import { m } from '#words';

/** The directory as it is narrowed, as a spreadsheet. */
export const GET = endpoint('everyone', async (context, _params, { url }) => {
	const rows: string[][] = [];
	const most = mostTaken[context.actor.is === 'person' ? 'signed in' : 'stranger'];
	for await (const piece of taken((ask) => ask(context), searchIn(url), most)) rows.push(...lines(piece));
	return sendTable({ name: m.organisations_directory(), heads: heads(), rows }, 'xlsx', 'structures');
});
