import { answerFacts, answerInvitation, wantNoMore } from '#modules/mailings/commands.server.ts';
import { comingForm, confirmForm, correctForm, noMoreForm } from '#modules/mailings/forms.ts';
import { findLetterOfLink } from '#modules/mailings/queries.server.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('by link', async (context) => ({
	letter: await findLetterOfLink(context),
	today: today(context.now, 'Europe/Paris')
}));

export const actions = {
	come: action('by link', comingForm, answerInvitation, { say: () => m.mailings_link_thanks() }),
	confirm: action('by link', confirmForm, (context, said) => answerFacts(context, null, said), {
		say: () => m.mailings_link_thanks()
	}),
	correct: action('by link', correctForm, (context, { remark, ...facts }) => answerFacts(context, facts, { remark }), {
		say: () => m.mailings_link_thanks()
	}),
	noMore: action('by link', noMoreForm, wantNoMore, { say: () => m.mailings_link_changed() })
};
