import { namesOfCooperations } from '#modules/cooperations/queries.server.ts';
import { chooseNotices } from '#modules/notices/commands.server.ts';
import { choicesForm } from '#modules/notices/forms.ts';
import { findMyChoices, listMyCooperationsTold, listMyNotices } from '#modules/notices/queries.server.ts';
import { kinds } from '#modules/notices/rules.ts';
import { usualZone, zonesOf } from '#modules/organisations/queries/people.server.ts';
import { findAccount } from '#modules/people/queries.server.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context, _params, url) => {
	const at = pageIn(url.searchParams, 10_000);
	const { id, email } = await findAccount(context);
	const told = await listMyCooperationsTold(context);
	return {
		email,
		page: at,
		choices: await findMyChoices(context),
		cooperations: await namesOfCooperations(context, told),
		zone: (await zonesOf(context.db, [id])).get(id) ?? usualZone,
		...(await listMyNotices(context, { page: at }))
	};
});

export const actions = {
	choose: action(
		'signed in',
		choicesForm,
		async (context, chosen) => {
			const shown = await namesOfCooperations(context, await listMyCooperationsTold(context));
			await chooseNotices(context, chosen, { kinds, cooperations: shown.map(({ id }) => id) });
		},
		{ say: () => m.notices_choices_kept() }
	)
};
