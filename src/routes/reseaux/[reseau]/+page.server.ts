import { readAcross } from '#modules/networks/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', async (context, { reseau }: { reseau: string }) => readAcross(context, reseau));
