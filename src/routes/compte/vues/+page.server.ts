import { removeView, renameView, saveView } from '#modules/saved/commands.server.ts';
import { removeForm, renameForm, saveForm } from '#modules/saved/forms.ts';
import { listMyViews } from '#modules/saved/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context) => ({ views: await listMyViews(context) }));

export const actions = {
	save: action('signed in', saveForm, saveView, { to: ({ path }) => path, say: () => m.saved_kept() }),
	rename: action('signed in', renameForm, renameView, { say: () => m.saved_renamed() }),
	remove: action('signed in', removeForm, removeView, { say: () => m.saved_removed() })
};
