import { needsIn } from '#modules/needs/forms.ts';
import { listNeeds, listSpeakable } from '#modules/needs/queries.server.ts';
import { readsAll } from '#modules/needs/policy.ts';
import { today } from '#platform/clock.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (context, _params, url) => {
	const asked = needsIn(url);
	return {
		asked,
		...(await listNeeds(context, asked)),
		day: today(context.now, 'Europe/Paris'),
		inside: readsAll(context.actor),
		canSay: (await listSpeakable(context)).length > 0
	};
});
