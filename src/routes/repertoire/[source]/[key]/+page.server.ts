import { findOfficial, listSameBody } from '#modules/register/queries.server.ts';
import { page } from '#platform/http.server.ts';

type Params = { source: string; key: string };

export const load = page('signed in', async (context, { source, key }: Params) => {
	const record = await findOfficial(context, { source, key });
	return { record, others: await listSameBody(context, record.id) };
});
