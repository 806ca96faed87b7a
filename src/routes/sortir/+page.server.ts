import { redirect } from '@sveltejs/kit';
import { action, page } from '#platform/http.server.ts';
import { forgetSession } from '#platform/session.server.ts';
import { leave } from '#modules/people/commands.server.ts';
import { leaveForm } from '#modules/people/forms.ts';
import { m } from '#words';

export const load = page('everyone', async () => redirect(303, '/'));

export const actions = {
	default: action(
		'everyone',
		leaveForm,
		async (context, _input, _params, { session }) => (session ? leave(context, session) : undefined),
		{
			cookies: (_, cookies) => forgetSession(cookies),
			to: () => '/',
			say: () => m.people_left()
		}
	)
};
