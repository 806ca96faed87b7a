import { chooseByLink } from '#modules/notices/commands.server.ts';
import { rhythmForm } from '#modules/notices/forms.ts';
import { findStop } from '#modules/notices/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('everyone', async (context, { token }: { token: string }) => {
	const { personId, email, rhythm } = await findStop(context, token);
	return { known: personId !== null, email, rhythm };
});

export const actions = {
	choose: action(
		'everyone',
		rhythmForm,
		(context, chosen, { token }: { token: string }) => chooseByLink(context, token, chosen),
		{ say: () => m.notices_choices_kept() }
	)
};
