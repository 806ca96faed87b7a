import { closeHouse } from '#modules/accompaniment/closing/commands.server.ts';
import { findClosing } from '#modules/accompaniment/closing/queries.server.ts';
import { closeForm } from '#modules/accompaniment/forms.ts';
import { administers } from '#platform/actor.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { maison: string };

export const load = page('signed in', async (context, { maison }: Params) => findClosing(context, maison));

export const actions = {
	default: action(
		'signed in',
		closeForm,
		async (context, input, { maison }: Params) => {
			const { house } = await findClosing(context, maison);
			return { ...(await closeHouse(context, house.id, input)), administers: administers(context.actor) };
		},
		{ to: ({ administers: all }) => (all ? '/administration/maisons' : '/maisons'), say: ({ name }) => m.hubs_closed({ name }) }
	)
};
