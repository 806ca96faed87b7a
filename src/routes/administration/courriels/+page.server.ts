import { pageIn } from '#modules/notices/forms.ts';
import { countMails, listMails } from '#modules/notices/outbox/queries.server.ts';
import { stateOf, states } from '#modules/notices/outbox/rules.ts';
import { usualZone, zonesOf } from '#modules/organisations/queries/people.server.ts';
import { page } from '#platform/http.server.ts';
import { settings } from '#platform/running.server.ts';

export const load = page('administrators', async (context, _params, url) => {
	const { actor, db } = context;
	const id = actor.is === 'person' ? actor.id : '';
	const asked = url.searchParams.get('etat');
	const state = states.find((one) => one === asked) ?? null;
	const at = pageIn(url);
	const { mails, more } = await listMails(context, { state, page: at });
	return {
		state,
		page: at,
		more,
		sends: settings().smtpUrl !== null,
		counts: await countMails(context),
		zone: (await zonesOf(db, [id])).get(id) ?? usualZone,
		mails: mails.map((mail) => ({ ...mail, state: stateOf(mail) }))
	};
});
