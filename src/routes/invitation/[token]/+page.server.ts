import { acceptInvitation, declineInvitation } from '#modules/organisations/commands/invitations.server.ts';
import { answerForm } from '#modules/organisations/forms.ts';
import { findInvitation } from '#modules/organisations/queries/invitations.server.ts';
import { sessionLasts } from '#modules/people/rules.ts';
import { action, page } from '#platform/http.server.ts';
import { keepSession } from '#platform/session.server.ts';
import { m } from '#words';

type Params = { token: string };

export const load = page('everyone', async (context, { token }: Params) => {
	const { name, organisation, inviter, manager, state } = await findInvitation(context, token);
	const { actor } = context;
	return {
		invitation: { name, organisation, inviter, manager, state },
		current: actor.is === 'person' ? actor.name : null
	};
});

export const actions = {
	accept: action(
		'everyone',
		answerForm,
		async (context, _input, { token }: Params) => {
			const joined = await acceptInvitation(context, token);
			const entered = joined.session !== null || (context.actor.is === 'person' && context.actor.id === joined.personId);
			return { ...joined, entered };
		},
		{
			cookies: ({ session }, jar) => session && keepSession(jar, session, sessionLasts),
			to: ({ entered, path }) => (entered ? path : `/entrer?suite=${encodeURIComponent(path)}`),
			say: ({ entered, organisation }) =>
				entered ? m.organisations_invitation_joined({ organisation }) : m.organisations_invitation_joined_enter({ organisation })
		}
	),
	decline: action('everyone', answerForm, (context, _input, { token }: Params) => declineInvitation(context, token), {
		say: () => m.organisations_invitation_refused()
	})
};
