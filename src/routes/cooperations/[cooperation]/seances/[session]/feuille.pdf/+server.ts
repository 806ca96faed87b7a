import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { attendanceSheet } from '#modules/sessions/documents.server.ts';
import { findSession } from '#modules/sessions/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { cooperation: string; session: string };

export const GET = endpoint('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const session = await findSession(context, cooperation, params.session);
	const pdf = await attendanceSheet(context, { cooperation: cooperation.name, session });
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="feuille-${session.code}.pdf"` }
	});
});
