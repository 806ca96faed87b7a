import { introduce } from '#modules/introductions/commands.server.ts';
import { introduceForm } from '#modules/introductions/forms.ts';
import { mayIntroduce } from '#modules/introductions/policy.ts';
import { findOrganisation, listOrganisations, summariesOf } from '#modules/organisations/queries.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params, url) => {
	const { id, name, path } = await findOrganisation(context, address);
	if (!mayIntroduce(context.actor, id)) throw new NotFound();
	const asked = searchIn(url);
	const chosen = url.searchParams
		.getAll('avec')
		.filter((one) => /^[0-9a-f-]{36}$/i.test(one) && one !== id)
		.slice(0, 3);
	const known = await summariesOf(context.db, chosen);
	const found = asked.words ? (await listOrganisations(context, { ...asked, page: 1 })).organisations.slice(0, 8) : [];
	return {
		home: { name, path },
		words: asked.words,
		chosen: [...known.values()].map(({ id: value, name: label, place }) => ({ value, label, place })),
		found: found
			.filter((one) => one.id !== id && !known.has(one.id))
			.map(({ id: value, name: label, place }) => ({ value, label, place })),
		newId: newId()
	};
});

export const actions = {
	default: action(
		'signed in',
		introduceForm,
		(context, input, { organisation }: Params) => introduce(context, organisation, input),
		{
			to: ({ path }) => path,
			say: ({ silent }) => (silent.length ? m.introductions_sent_but({ names: silent.join(', ') }) : m.introductions_sent())
		}
	)
};
