import { invitationLetters } from '#modules/cooperations/documents.server.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { printLetters } from '#platform/pdf/letters.server.ts';

/** `?pour=` names one invitation; without it, every partner that has not answered gets a letter. */
export const GET = endpoint('signed in', async (context, params: { cooperation: string }, { url }) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const letters = await invitationLetters(context, cooperation, url.searchParams.get('pour'));
	const pdf = await printLetters(letters);
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="invitation-${cooperation.code}.pdf"` }
	});
});
