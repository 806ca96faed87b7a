import { noteCall } from '#modules/accompaniment/commands.server.ts';
import { callForm } from '#modules/accompaniment/forms.ts';
import { findCallable, listCallable, listCalls } from '#modules/accompaniment/queries.server.ts';
import { listPeopleOf } from '#modules/organisations/queries/people.server.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const load = page('signed in', async (context, _, url, { draft }) => {
	if (context.actor.is !== 'person' || !context.actor.hubs.length) throw new NotFound();
	const organisationId = url.searchParams.get('organisation');
	const cooperationId = url.searchParams.get('cooperation') || null;
	const kept = await listDrafts(context, draft, url.pathname);
	if (!organisationId) return { call: null, drafts: kept, callable: await listCallable(context) };
	if (![organisationId, cooperationId ?? organisationId].every((id) => uuid.test(id))) throw new NotFound();
	return {
		drafts: kept.filter(({ fields }) =>
			fields.some(([name, values]) => name === 'organisationId' && values[0] === organisationId)
		),
		call: {
			...(await findCallable(context, { organisationId, cooperationId })),
			...(await listCalls(context, organisationId)),
			people: await listPeopleOf(context, [organisationId]),
			cooperationId,
			newCall: newId(),
			today: today(context.now, 'Europe/Paris')
		},
		callable: []
	};
});

export const actions = {
	default: action('signed in', callForm, noteCall, {
		to: () => '/maison',
		say: ({ told, name }) => (told ? m.hubs_call_noted_told : m.hubs_call_noted_untold)({ name })
	})
};
