import { ideasIn } from '#modules/ideas/forms.ts';
import { countIdeas, listIdeas } from '#modules/ideas/queries/list.server.ts';
import { listViews } from '#modules/saved/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (context, _params, url) => {
	const asked = ideasIn(url);
	return {
		asked,
		...(await listIdeas(context, asked)),
		signedIn: context.actor.is === 'person',
		saved: await listViews(context, url, (at) => countIdeas(context, ideasIn(at)))
	};
});
