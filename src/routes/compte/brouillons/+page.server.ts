import { discardDraft } from '#modules/drafts/commands.server.ts';
import { discardForm } from '#modules/drafts/forms.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { safePath } from '#modules/people/rules.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context, _params, _url, { draft }) => ({
	drafts: await listDrafts(context, draft)
}));

export const actions = {
	discard: action(
		'signed in',
		discardForm,
		async (context, input, _params, { draft }) => {
			await discardDraft(context, input, draft);
			return input.here === undefined ? '/compte/brouillons' : safePath(input.here);
		},
		{
			to: (path) => path,
			say: () => m.drafts_discarded()
		}
	)
};
