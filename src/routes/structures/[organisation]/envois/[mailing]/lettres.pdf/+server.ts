import { letters } from '#modules/mailings/documents.server.ts';
import { labelsIn } from '#modules/mailings/forms.ts';
import { findMailing, findSender } from '#modules/mailings/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { organisation: string; mailing: string };

export const GET = endpoint('signed in', async (context, params: Params, { url }) => {
	const sender = await findSender(context, params.organisation);
	const mailing = await findMailing(context, sender.id, params.mailing);
	const pdf = await letters(context, sender, mailing, labelsIn(url));
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="lettres-${mailing.code}.pdf"` }
	});
});
