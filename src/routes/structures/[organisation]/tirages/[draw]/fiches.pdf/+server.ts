import { interviewSheets } from '#modules/draws/documents.server.ts';
import { findDraw } from '#modules/draws/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { organisation: string; draw: string };

export const GET = endpoint('signed in', async (context, params: Params) => {
	const draw = await findDraw(context, params.draw);
	return new Response(new Uint8Array(await interviewSheets(context, draw)), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="fiches-${draw.code}.pdf"` }
	});
});
