import { inNameOf } from '#modules/organisations/rules/speaking.ts';
import { approach } from '#modules/approaches/commands.server.ts';
import { approachForm } from '#modules/approaches/forms.ts';
import { listApproachesWith } from '#modules/approaches/queries.server.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { organisation: string };

export const load = page('signed in', async (context, { organisation: address }: Params, url) => {
	const { id, name, path, phone } = await findOrganisation(context, address);
	const { actor } = context;
	const day = today(context.now, 'Europe/Paris');
	return {
		organisation: { name, path, phone },
		id: newId(),
		about: (url.searchParams.get('pour') ?? '').toWellFormed().replace(/\0/g, '').slice(0, 300) || null,
		speakers:
			actor.is === 'person'
				? inNameOf(
						actor,
						actor.belongings.filter(({ organisationId }) => organisationId !== id)
					)
				: [],
		before: (await listApproachesWith(context, id)).map(({ writtenAt, ...one }) => ({
			...one,
			at: writtenAt.toISOString(),
			when: longDay(today(writtenAt, 'Europe/Paris'), day)
		}))
	};
});

export const actions = {
	default: action(
		'signed in',
		approachForm,
		(context, input, { organisation }: Params) => approach(context, organisation, input),
		{
			to: (_reached, { organisation }) => `/structures/${organisation}`,
			say: (n) => m.approaches_sent({ n })
		}
	)
};
