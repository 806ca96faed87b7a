import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { findOrganisationName } from '#modules/organisations/queries.server.ts';
import { pitchOnPaper } from '#modules/pitches/documents.server.ts';
import { findPitch } from '#modules/pitches/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { cooperation: string; pitch: string };

export const GET = endpoint('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const pitch = await findPitch(context, cooperation.id, params.pitch);
	const issuer = (await findOrganisationName(context.db, pitch.madeFor)) ?? '';
	const pdf = await pitchOnPaper(cooperation, pitch, issuer);
	return new Response(new Uint8Array(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="convaincre-${cooperation.code}.pdf"` }
	});
});
