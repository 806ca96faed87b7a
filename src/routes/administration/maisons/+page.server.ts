import { openHub } from '#modules/hubs/commands.server.ts';
import { openHubForm } from '#modules/hubs/forms.ts';
import { listKeptHubs } from '#modules/hubs/queries.server.ts';
import { listOrganisations } from '#modules/organisations/queries.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('administrators', async (context, _, url) => {
	const words = (url.searchParams.get('structure') ?? '').slice(0, 200);
	const { organisations } = words.trim()
		? await listOrganisations(context, { words, kind: null, theme: null, page: 1 })
		: { organisations: [] };
	const here = today(context.now, 'Europe/Paris');
	return {
		hubs: (await listKeptHubs(context)).map(({ closedAt, ...one }) => ({
			...one,
			closed: closedAt && longDay(today(closedAt, 'Europe/Paris'), here)
		})),
		words,
		found: organisations.slice(0, 20)
	};
});

export const actions = {
	open: action('administrators', openHubForm, openHub, { to: ({ path }) => `${path}/gerer`, say: () => m.hubs_opened() })
};
