import { findPortrait } from '#modules/portraits/queries.server.ts';
import { sendFile } from '#platform/files.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { m } from '#words';

/** Asked again each time, so that a photo that was taken back is gone at once; sent again only when it is another. */
export const GET = endpoint('signed in', async (context, { portrait }: { portrait: string }, { request, url }) => {
	const { file, mediaType } = await findPortrait(
		context,
		portrait,
		url.searchParams.get('taille') === 'petite' ? 'small' : 'large'
	);
	const etag = `"${file}"`;
	if (request.headers.get('if-none-match') === etag)
		return new Response(null, { status: 304, headers: { etag, 'cache-control': 'private, no-cache' } });
	const response = await sendFile(file, { mediaType, name: m.portraits_file() });
	response.headers.set('etag', etag);
	return response;
});
