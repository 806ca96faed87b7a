import { discardDraft } from '#modules/drafts/commands.server.ts';
import { discardForm } from '#modules/drafts/forms.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context, _params, _url, { draft }) => ({
	drafts: await listDrafts(context, draft)
}));

export const actions = {
	discard: action('signed in', discardForm, (context, input, _params, { draft }) => discardDraft(context, input, draft), {
		say: () => m.drafts_discarded()
	})
};
