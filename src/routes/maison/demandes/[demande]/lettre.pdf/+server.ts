import { letterOf } from '#modules/identity/claims/documents.server.ts';
import { NotFound } from '#platform/errors.ts';
import { endpoint } from '#platform/http.server.ts';
import { id } from '#platform/forms.ts';

/** The letter to print and post; its code is made from the key in the address, which is kept nowhere else. */
export const GET = endpoint('signed in', async (context, { demande }: { demande: string }, { url }) => {
	if (!id().safeParse(demande).success) throw new NotFound();
	const pdf = await letterOf(context, demande, url.searchParams.get('cle') ?? '');
	return new Response(pdf as BodyInit, {
		headers: {
			'content-type': 'application/pdf',
			'cache-control': 'no-store',
			'content-disposition': 'inline; filename="lettre.pdf"'
		}
	});
});
