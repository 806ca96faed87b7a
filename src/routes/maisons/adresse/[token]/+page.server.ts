import { confirmReplyTo } from '#modules/hubs/houses/commands.server.ts';
import { findHouseAddress } from '#modules/hubs/houses/queries.server.ts';
import { z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { token: string };

export const load = page('everyone', async (context, { token }: Params) => {
	const { state, email, hub } = await findHouseAddress(context, token);
	return { state, email, hub };
});

export const actions = {
	default: action('everyone', z.object({}), (context, _input, { token }: Params) => confirmReplyTo(context, token), {
		say: () => m.hubs_reply_confirmed()
	})
};
