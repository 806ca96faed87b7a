import { bringList } from '#modules/organisations/imports/commands/reading.server.ts';
import { listForm } from '#modules/organisations/imports/forms.ts';
import { listImports } from '#modules/organisations/imports/queries.server.ts';
import { today } from '#platform/clock.ts';
import { hubsOf } from '#platform/actor.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { wake } from '#platform/jobs.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context, _, url) => {
	const number = pageIn(url.searchParams);
	return {
		...(await listImports(context, { page: number })),
		accompanies: hubsOf(context.actor).length > 0,
		page: number,
		today: today(context.now, 'Europe/Paris')
	};
});

export const actions = {
	default: action('signed in', listForm, (context, input) => bringList(context, input, m.hubs_list_pasted()), {
		to: ({ id, next, waits }) => {
			if (waits) wake('read-lists');
			return next === 'columns' ? `/maison/listes/${id}/colonnes` : `/maison/listes/${id}`;
		}
	})
};
