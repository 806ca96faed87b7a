import { openDraw } from '#modules/draws/commands.server.ts';
import { openDrawForm } from '#modules/draws/forms.ts';
import { findOrganiser, listDraws } from '#modules/draws/queries.server.ts';
import { today } from '#platform/clock.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params, url) => {
	const { id, name, path, zone } = await findOrganiser(context, address);
	const number = pageIn(url.searchParams);
	return {
		home: { name, path },
		page: number,
		today: today(context.now, zone),
		newId: newId(),
		...(await listDraws(context, id, { page: number }))
	};
});

export const actions = {
	open: action('signed in', openDrawForm, (context, input, { organisation }: Params) => openDraw(context, organisation, input), {
		to: ({ path }) => path,
		say: () => m.draws_opened()
	})
};
