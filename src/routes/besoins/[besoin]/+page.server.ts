import { changeNeed, closeNeed, renewNeed } from '#modules/needs/commands.server.ts';
import { changeForm, closeForm } from '#modules/needs/forms.ts';
import { findNeed } from '#modules/needs/queries.server.ts';
import { waysToAnswer } from '#modules/needs/queries/answering.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { besoin: string };

export const load = page('everyone', async (context, { besoin }: Params) => {
	const need = await findNeed(context, besoin);
	const day = today(context.now, 'Europe/Paris');
	return {
		need,
		day,
		until: longDay(need.holdsUntil, day),
		ways: need.organisation.path ? null : await waysToAnswer(context, need)
	};
});

export const actions = {
	change: action('signed in', changeForm, (context, input, { besoin }: Params) => changeNeed(context, besoin, input), {
		to: (path) => path,
		say: () => m.needs_changed()
	}),
	renew: action('signed in', z.object({}), (context, _input, { besoin }: Params) => renewNeed(context, besoin), {
		say: () => m.needs_renewed()
	}),
	close: action('signed in', closeForm, (context, input, { besoin }: Params) => closeNeed(context, besoin, input), {
		say: () => m.needs_closed()
	})
};
