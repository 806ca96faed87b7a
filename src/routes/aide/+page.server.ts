import { page } from '#platform/http.server.ts';
import { usingTopics } from '#content/help/using.ts';

export const load = page('everyone', async () => ({ topics: usingTopics }));
