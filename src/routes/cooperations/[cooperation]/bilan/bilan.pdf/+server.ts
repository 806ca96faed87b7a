import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { counted } from '#modules/evaluations/indicators/views/says.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { reviewDocument } from '#modules/lines/closing/documents.server.ts';
import { listReview } from '#modules/lines/closing/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

/** The closing review on paper holds what the partners share, and nothing that its reader keeps at home. */
export const GET = endpoint('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	const shared = ({ audience }: { audience: string }) => audience !== 'organisation';
	const risks = (await listLines(context, cooperation.id, ['risk'])).filter(shared);
	const indicators = (await listIndicators(context, cooperation)).filter(({ line }) => shared(line));
	const pdf = await reviewDocument(context, {
		cooperation,
		lines: (await listReview(context, cooperation.id)).filter(shared),
		figures: indicators.map((one) => [
			one.line.text,
			one.line.quantity === null ? '' : counted(one.line.quantity, one),
			one.figure === null ? m.lines_facts_none() : counted(one.figure, one)
		]),
		unforeseen: risks.filter(({ topic }) => topic === 'happened')
	});
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="bilan.pdf"' }
	});
});
