import { confirmEmail } from '#modules/people/commands/account.server.ts';
import { nothingForm } from '#modules/people/forms.ts';
import { findAddressChange } from '#modules/people/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { token: string };

export const load = page('everyone', async (context, { token }: Params) => {
	const { state, email } = await findAddressChange(context, token);
	return { state, email };
});

export const actions = {
	default: action('everyone', nothingForm, (context, _input, { token }: Params) => confirmEmail(context, token), {
		to: () => '/',
		say: () => m.people_email_confirmed()
	})
};
