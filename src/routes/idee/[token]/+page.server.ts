import { confirmVoice, takeOut } from '#modules/ideas/commands.server.ts';
import { addIdeaNeed, dreamIdea, makeReal, removeIdeaNeed, renewIdea } from '#modules/ideas/commands/shaping.server.ts';
import { dreamForm, needForm, realForm, removeNeedForm } from '#modules/ideas/forms.ts';
import { findIdeaOfLink } from '#modules/ideas/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

/** What the link opens: one voice in one idea. */
const withAddress =
	<I, T>(run: (context: Context, address: string, input: I) => Promise<T>) =>
	async (context: Context, input: I): Promise<T> =>
		run(context, (await findIdeaOfLink(context)).address, input);

export const load = page('by link', async (context) => {
	const { idea, voice } = await findIdeaOfLink(context);
	return { idea, voice, day: today(context.now, idea.zone), needId: newId() };
});

export const actions = {
	confirm: action('by link', z.object({}), (context) => confirmVoice(context), { say: () => m.ideas_confirmed() }),
	renew: action('by link', z.object({}), withAddress(renewIdea), { say: () => m.ideas_renewed() }),
	dream: action('by link', dreamForm, withAddress(dreamIdea), { say: () => m.ideas_dreamt() }),
	real: action('by link', realForm, withAddress(makeReal), { say: () => m.ideas_made_real() }),
	need: action('by link', needForm, withAddress(addIdeaNeed), { say: () => m.ideas_need_added() }),
	removeNeed: action('by link', removeNeedForm, withAddress(removeIdeaNeed), { say: () => m.ideas_need_removed() }),
	leave: action(
		'by link',
		z.object({}),
		async (context) => {
			const { voice, address } = await findIdeaOfLink(context);
			return takeOut(context, address, { voice: voice.id });
		},
		{ to: () => '/idees', say: () => m.ideas_left() }
	)
};
