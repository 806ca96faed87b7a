import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listFaces } from '#modules/portraits/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, params: { cooperation: string }) => {
	const cooperation = await findCooperation(context, params.cooperation);
	return { name: cooperation.name, path: cooperation.path, groups: await listFaces(context, cooperation) };
});
