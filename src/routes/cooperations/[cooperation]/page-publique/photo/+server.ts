import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { findPublicPage } from '#modules/publications/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { sendFile } from '#platform/files.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { m } from '#words';

/** The picture of what is proposed, for the partners who are asked to say yes to it. */
export const GET = endpoint('signed in', async (context, { cooperation: address }: { cooperation: string }) => {
	const { last } = await findPublicPage(context, await findCooperation(context, address));
	if (!last?.cover) throw new NotFound();
	return sendFile(last.cover.file, { mediaType: last.cover.mediaType, name: m.publications_cover_file() });
});
