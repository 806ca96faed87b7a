import { sendMailing } from '#modules/mailings/commands.server.ts';
import { chosenIn, mailingForm } from '#modules/mailings/forms.ts';
import { findSender, listReachable } from '#modules/mailings/queries.server.ts';
import { listOffered } from '#modules/library/houses/queries.server.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params, url) => {
	const { id, name, path, zone } = await findSender(context, address);
	const chosen = chosenIn(url);
	const models = await listOffered(context, 'model', { organisationId: id });
	return {
		home: { name, path, zone },
		chosen,
		all: url.searchParams.get('tout') === 'oui',
		today: today(context.now, zone),
		newId: newId(),
		models,
		/** The model of a house that the letter begins from. */
		from: models.find((one) => one.id === url.searchParams.get('modele')) ?? null,
		...(await listReachable(context, id, chosen))
	};
});

export const actions = {
	default: action(
		'signed in',
		mailingForm,
		(context, input, { organisation }: Params) => sendMailing(context, organisation, input),
		{
			to: ({ path }) => path,
			say: ({ left }) => (left ? m.mailings_sent_left({ left }) : m.mailings_sent())
		}
	)
};
