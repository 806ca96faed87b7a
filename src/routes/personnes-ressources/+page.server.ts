import { answerAsk, endAsk } from '#modules/cooperations/helping/commands.server.ts';
import { answerAskForm, endAskForm } from '#modules/cooperations/helping/forms.ts';
import { listMyAsks } from '#modules/cooperations/helping/queries.server.ts';
import { offerHelp, withdrawOffer } from '#modules/resources/commands.server.ts';
import { offerForm, withdrawForm } from '#modules/resources/forms.ts';
import { findMyOffer, listResourcePeople } from '#modules/resources/queries.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context, _, url) => {
	const { words, page: at } = searchIn(url);
	const mine = await findMyOffer(context);
	return {
		words,
		page: at,
		...(await listResourcePeople(context, { words, page: at })),
		asks: await listMyAsks(context),
		mine: mine && !mine.unlistedAt ? mine : null,
		today: today(context.now, 'Europe/Paris')
	};
});

export const actions = {
	offer: action('signed in', offerForm, offerHelp, {
		say: () => m.resources_offered()
	}),
	withdraw: action('signed in', withdrawForm, (context) => withdrawOffer(context), { say: () => m.resources_withdrawn() }),
	answer: action('signed in', answerAskForm, (context, input) => answerAsk(context, input), {
		say: () => m.resources_answered()
	}),
	end: action('signed in', endAskForm, (context, input) => endAsk(context, null, input), { say: () => m.resources_ended() })
};
