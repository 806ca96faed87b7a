import { printDraft } from '#modules/agreements/documents.server.ts';
import { findAgreement, readDraft } from '#modules/agreements/queries.server.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { cooperation: string };

export const GET = endpoint('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	const agreement = await findAgreement(context, cooperation);
	if (!agreement) throw new NotFound();
	const { content } = await readDraft(context, cooperation, agreement);
	const { pdf } = await printDraft(content, { now: context.now, zone: cooperation.zone });
	return new Response(new Uint8Array(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': 'inline; filename="convention-projet.pdf"',
			'cache-control': 'private, no-store'
		}
	});
});
