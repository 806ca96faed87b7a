import { joinAsInhabitant, joinIdea, takeOut } from '#modules/ideas/commands.server.ts';
import { countSent } from '#modules/ideas/commands/limits.server.ts';
import { becomeCooperation } from '#modules/ideas/commands/becoming.server.ts';
import { hideIdea, showIdea } from '#modules/ideas/commands/keeping.server.ts';
import { addIdeaNeed, dreamIdea, makeReal, removeIdeaNeed, renewIdea } from '#modules/ideas/commands/shaping.server.ts';
import {
	becomeForm,
	dreamForm,
	hideForm,
	joinAsInhabitantForm,
	joinForm,
	leaveForm,
	needForm,
	realForm,
	removeNeedForm
} from '#modules/ideas/forms.ts';
import { findIdea } from '#modules/ideas/queries.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { idea: string };

export const load = page('everyone', async (context, { idea: address }: Params) => {
	const idea = await findIdea(context, address);
	const { actor } = context;
	const day = today(context.now, idea.zone);
	return {
		idea,
		day,
		dropped: idea.publishedAt && longDay(today(idea.publishedAt, idea.zone), day),
		person: actor.is === 'person',
		/** The organisations of the reader that may still join. */
		mayJoin:
			actor.is === 'person'
				? actor.belongings
						.filter(({ organisationId }) => !idea.organisations.includes(organisationId))
						.map(({ organisationId, name }) => ({ id: organisationId, name }))
				: [],
		begins:
			actor.is === 'person'
				? actor.belongings
						.filter(({ organisationId }) => idea.can.begin.includes(organisationId))
						.map(({ organisationId, name }) => ({ value: organisationId, label: name }))
				: [],
		ids: { voice: newId(), need: newId(), cooperation: newId() }
	};
});

export const actions = {
	join: action('signed in', joinForm, (context, input, { idea }: Params) => joinIdea(context, idea, input), {
		say: () => m.ideas_has_joined()
	}),
	inhabitant: action(
		'everyone',
		joinAsInhabitantForm,
		(context, input, { idea }: Params, { network }) => joinAsInhabitant(context, idea, input, network),
		{
			apart: (context, { network, typed }) => countSent(context, { network, email: String(typed.email ?? '') }),
			say: () => m.ideas_look_at_mail()
		}
	),
	leave: action('signed in', leaveForm, (context, input, { idea }: Params) => takeOut(context, idea, input), {
		to: ({ gone }, { idea }) => (gone ? '/idees' : `/idees/${idea}`),
		say: () => m.ideas_left()
	}),
	dream: action('signed in', dreamForm, (context, input, { idea }: Params) => dreamIdea(context, idea, input), {
		say: () => m.ideas_dreamt()
	}),
	real: action('signed in', realForm, (context, input, { idea }: Params) => makeReal(context, idea, input), {
		say: () => m.ideas_made_real()
	}),
	need: action('signed in', needForm, (context, input, { idea }: Params) => addIdeaNeed(context, idea, input), {
		say: () => m.ideas_need_added()
	}),
	removeNeed: action('signed in', removeNeedForm, (context, input, { idea }: Params) => removeIdeaNeed(context, idea, input), {
		say: () => m.ideas_need_removed()
	}),
	renew: action('signed in', z.object({}), (context, _input, { idea }: Params) => renewIdea(context, idea), {
		say: () => m.ideas_renewed()
	}),
	become: action('signed in', becomeForm, (context, input, { idea }: Params) => becomeCooperation(context, idea, input), {
		to: (path) => path,
		say: () => m.ideas_became()
	}),
	hide: action('signed in', hideForm, (context, input, { idea }: Params) => hideIdea(context, idea, input), {
		say: () => m.ideas_hidden()
	}),
	show: action('signed in', z.object({}), (context, _input, { idea }: Params) => showIdea(context, idea), {
		say: () => m.ideas_shown()
	})
};
