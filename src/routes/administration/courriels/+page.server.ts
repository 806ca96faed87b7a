import { countByState, listMails, mailsOnAPage } from '#modules/notices/outbox/queries.server.ts';
import { stateOf, states } from '#modules/notices/outbox/rules.ts';
import { usualZone, zonesOf } from '#modules/organisations/queries/people.server.ts';
import { pageIn } from '#platform/forms.ts';
import { page } from '#platform/http.server.ts';
import { settings } from '#platform/running.server.ts';

export const load = page('administrators', async (context, _params, url) => {
	const { actor, db } = context;
	const id = actor.is === 'person' ? actor.id : '';
	const asked = url.searchParams.get('etat');
	const state = states.find((one) => one === asked) ?? null;
	const at = pageIn(url.searchParams, 10_000);
	const { mails } = await listMails(context, { state, page: at });
	const counts = await countByState(context);
	const total = state ? counts[state] : Object.values(counts).reduce((sum, n) => sum + n, 0);
	return {
		state,
		page: at,
		total,
		pages: Math.max(1, Math.ceil(total / mailsOnAPage)),
		sends: settings().smtpUrl !== null,
		counts,
		zone: (await zonesOf(db, [id])).get(id) ?? usualZone,
		mails: mails.map((mail) => ({ ...mail, state: stateOf(mail) }))
	};
});
