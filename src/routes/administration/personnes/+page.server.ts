import { endAdministrator, makeAccount, nameAdministrator, sendLinkTo } from '#modules/people/administration/commands.server.ts';
import { accountForSomebodyForm, personForm, searchIn } from '#modules/people/administration/forms.ts';
import { listAdministrators, listPersons } from '#modules/people/administration/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('administrators', async (context, _params, url) => {
	const asked = searchIn(url);
	const administrators = await listAdministrators(context);
	return {
		asked,
		me: context.actor.is === 'person' ? context.actor.id : '',
		alone: administrators.length < 2,
		...(await listPersons(context, asked))
	};
});

export const actions = {
	makeAccount: action('administrators', accountForSomebodyForm, makeAccount, {
		say: (name) => m.administration_account_made({ name })
	}),
	sendLink: action('administrators', personForm, sendLinkTo, { say: (name) => m.administration_link_sent({ name }) }),
	name: action('administrators', personForm, nameAdministrator, { say: (name) => m.administration_named({ name }) }),
	end: action('administrators', personForm, endAdministrator, { say: (name) => m.administration_ended({ name }) })
};
