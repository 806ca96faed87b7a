import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { reviewDocument } from '#modules/lines/closing/documents.server.ts';
import { listReview } from '#modules/lines/closing/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { cooperation: string };

/** The closing review on paper holds what the partners share, and nothing that its reader keeps at home. */
export const GET = endpoint('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	const shared = ({ audience }: { audience: string }) => audience !== 'organisation';
	const others = (await listLines(context, cooperation.id, ['indicator', 'measure', 'risk'])).filter(shared);
	const pdf = await reviewDocument(context, {
		cooperation,
		lines: (await listReview(context, cooperation.id)).filter(shared),
		indicators: others.filter(({ kind }) => kind === 'indicator'),
		measures: others.filter(({ kind }) => kind === 'measure'),
		unforeseen: others.filter(({ topic }) => topic === 'happened')
	});
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="bilan.pdf"' }
	});
});
