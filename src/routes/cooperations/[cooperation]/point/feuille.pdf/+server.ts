import { readerOf } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { answerSheet } from '#modules/evaluations/check-ins/documents.server.ts';
import { findUnderWay } from '#modules/evaluations/check-ins/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { cooperation: string };

export const GET = endpoint('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	if (!['partner', 'accompagnateur'].includes(readerOf(context.actor, cooperation))) throw new NotFound();
	const pdf = await answerSheet(context, cooperation, await findUnderWay(context, cooperation));
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="faire-le-point.pdf"' }
	});
});
