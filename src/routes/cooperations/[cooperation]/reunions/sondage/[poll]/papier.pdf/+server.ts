import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { pollOnPaper } from '#modules/meetings/polls/documents.server.ts';
import { findPoll } from '#modules/meetings/polls/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { printLetters } from '#platform/pdf/letters.server.ts';

type Params = { cooperation: string; poll: string };

export const GET = endpoint('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const poll = await findPoll(context, cooperation, params.poll);
	const letters = await pollOnPaper(context, cooperation, poll);
	const pdf = await printLetters(letters);
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="sondage-${poll.code}.pdf"` }
	});
});
