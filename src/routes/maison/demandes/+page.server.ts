import { prepareLetter, refuseClaim, vouch } from '#modules/identity/claims/commands.server.ts';
import { claimForm, letterForm, refusalForm, takeoverIdForm, takeoverRefusalForm } from '#modules/identity/claims/forms.ts';
import { listClaimsToDecide } from '#modules/identity/claims/queries.server.ts';
import { decideTakeover } from '#modules/identity/takeovers/commands.server.ts';
import { listTakeoversToDecide } from '#modules/identity/takeovers/queries.server.ts';
import { administers, hubsOf } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import { Forbidden } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newToken } from '#platform/secrets.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context) => {
	if (!administers(context.actor) && !hubsOf(context.actor).length) throw new Forbidden();
	return {
		claims: (await listClaimsToDecide(context)).map((one) => ({ ...one, key: newToken() })),
		takeovers: await listTakeoversToDecide(context),
		day: today(context.now, 'Europe/Paris')
	};
});

export const actions = {
	vouch: action('signed in', claimForm, vouch, { say: ({ name }) => m.identity_vouched({ name }) }),
	refuse: action('signed in', refusalForm, refuseClaim, { say: () => m.identity_refused_said() }),
	letter: action('signed in', letterForm, prepareLetter, { to: ({ path }) => path }),
	grant: action('signed in', takeoverIdForm, (context, input) => decideTakeover(context, input, { granted: true }), {
		say: () => m.identity_takeover_granted_said()
	}),
	refuseTakeover: action(
		'signed in',
		takeoverRefusalForm,
		(context, input) => decideTakeover(context, input, { granted: false }),
		{
			say: () => m.identity_refused_said()
		}
	)
};
