import { softwareTopics } from '#content/help/software.ts';
import { page } from '#platform/http.server.ts';
import { version } from '../../../package.json';

export const load = page('everyone', async () => ({ topics: softwareTopics, version }));
