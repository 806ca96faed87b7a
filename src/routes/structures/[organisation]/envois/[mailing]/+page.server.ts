import { remindMailing } from '#modules/mailings/commands.server.ts';
import { toComplete } from '#modules/mailings/documents.server.ts';
import { remindForm } from '#modules/mailings/forms.ts';
import { findMailing, findSender } from '#modules/mailings/queries.server.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string; mailing: string };

export const load = page('signed in', async (context, params: Params) => {
	const { id, name, path, zone } = await findSender(context, params.organisation);
	const mailing = await findMailing(context, id, params.mailing);
	return {
		home: { name, path, zone },
		mailing,
		toComplete: await toComplete(context, mailing),
		today: today(context.now, zone)
	};
});

export const actions = {
	remind: action(
		'signed in',
		remindForm,
		(context, _, { organisation, mailing }: Params) => remindMailing(context, organisation, mailing),
		{ say: (n) => m.mailings_was_reminded({ n }) }
	)
};
