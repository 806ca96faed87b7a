import { findPublication } from '#modules/publications/queries/public.server.ts';
import { NotFound } from '#platform/errors.ts';
import { sendFile } from '#platform/files.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { m } from '#words';

/** The picture of a public page: asked again each time, so that it is gone as soon as one partner takes the page away. */
export const GET = endpoint('everyone', async (context, { projet }: { projet: string }) => {
	const { cover } = await findPublication(context, projet);
	if (!cover) throw new NotFound();
	return sendFile(cover.file, { mediaType: cover.mediaType, name: m.publications_cover_file() });
});
