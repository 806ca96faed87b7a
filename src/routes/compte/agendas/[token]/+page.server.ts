import { findMyFeed } from '#modules/meetings/queries/feeds.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('signed in', (context, { token }: { token: string }) => findMyFeed(context, token));
