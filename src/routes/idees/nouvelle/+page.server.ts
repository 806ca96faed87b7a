import { dropAsInhabitant, dropIdea } from '#modules/ideas/commands.server.ts';
import { countSent } from '#modules/ideas/commands/limits.server.ts';
import { dropAsInhabitantForm, dropForm } from '#modules/ideas/forms.ts';
import { findReceivedIdea } from '#modules/publications/ideas/queries.server.ts';
import { z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

export const load = page('everyone', async (context, _params, url) => {
	const { actor } = context;
	const received = url.searchParams.get('recue') ?? '';
	return {
		id: newId(),
		/** An idea that came by a public page, and that the partners let live. */
		received: z.uuid().safeParse(received).success ? await findReceivedIdea(context, received) : null,
		person: actor.is === 'person' ? actor.name : null,
		asked: url.searchParams.get('pour'),
		organisations: actor.is === 'person' ? actor.belongings.map(({ organisationId, name }) => ({ id: organisationId, name })) : []
	};
});

export const actions = {
	drop: action('signed in', dropForm, dropIdea, { to: (path) => path, say: () => m.ideas_dropped() }),
	inhabitant: action(
		'everyone',
		dropAsInhabitantForm,
		(context, input, _params, { network }) => dropAsInhabitant(context, input, network),
		{
			apart: (context, { network, typed }) => countSent(context, { network, email: String(typed.email ?? '') }),
			to: () => '/idees',
			say: () => m.ideas_look_at_mail()
		}
	)
};
