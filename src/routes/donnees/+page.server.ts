import { page } from '#platform/http.server.ts';
import { dataTopics } from '#content/help/data.ts';

export const load = page('everyone', async () => ({ topics: dataTopics }));
