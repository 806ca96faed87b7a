import { mergeOrganisations, separateOrganisations } from '#modules/identity/merging/commands.server.ts';
import { mergeForm, separateForm } from '#modules/identity/merging/forms.ts';
import { listMerges, mayMergeThese, previewMerge } from '#modules/identity/merging/queries.server.ts';
import { findOrganisation, listOrganisations } from '#modules/organisations/queries.server.ts';
import { today } from '#platform/clock.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { id } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string };

/** A page for those who may make two entries one: an administrator, or an accompagnateur whom this one accepted. */
export const load = page('signed in', async (context, { organisation: address }: Params, url) => {
	const organisation = await findOrganisation(context, address);
	if (!(await mayMergeThese(context, [organisation.id]))) throw new Forbidden();
	const words = (url.searchParams.get('q') ?? organisation.name).slice(0, 200);
	const other = id().safeParse(url.searchParams.get('avec') ?? '');
	const { organisations } = await listOrganisations(context, { words, kind: null, theme: null, page: 1 });
	return {
		organisation,
		words,
		found: organisations.filter((one) => one.id !== organisation.id).slice(0, 12),
		preview: other.success && other.data !== organisation.id ? await previewMerge(context, organisation.id, other.data) : null,
		merges: await listMerges(context, organisation.id),
		day: today(context.now, organisation.zone)
	};
});

export const actions = {
	merge: action(
		'signed in',
		mergeForm,
		async (context, input, { organisation: address }: Params) => {
			const { id: keptId } = await findOrganisation(context, address);
			return mergeOrganisations(context, { ...input, keptId }).catch((problem: unknown) => {
				if (problem instanceof NotFound) throw new Refused('forms.id-unreal');
				throw problem;
			});
		},
		{ to: ({ path }) => `${path}/doublon`, say: () => m.identity_merged() }
	),
	separate: action('signed in', separateForm, (context, input) => separateOrganisations(context, input), {
		to: ({ path }) => path,
		say: () => m.identity_separated()
	})
};
