import { beginCooperation } from '#modules/cooperations/commands.server.ts';
import { beginForm } from '#modules/cooperations/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

export const load = page('signed in', async ({ actor }) => ({
	id: newId(),
	speakers:
		actor.is === 'person' ? actor.belongings.map(({ organisationId, name }) => ({ value: organisationId, label: name })) : []
}));

export const actions = {
	default: action('signed in', beginForm, (context, input) => beginCooperation(context, input), {
		to: ({ path }) => path,
		say: () => m.cooperations_begun()
	})
};
