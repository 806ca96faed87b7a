import { page } from '#platform/http.server.ts';
import { accessibilityTopics } from '#content/help/accessibility.ts';

export const load = page('everyone', async () => ({ topics: accessibilityTopics }));
