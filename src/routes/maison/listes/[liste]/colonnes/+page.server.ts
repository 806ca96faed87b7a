import { forgetColumns, matchColumns } from '#modules/organisations/imports/commands/reading.server.ts';
import { columnsForm, fieldsSaid, nothingForm } from '#modules/organisations/imports/forms.ts';
import { columnsAsBrought, findImport } from '#modules/organisations/imports/queries.server.ts';
import { preview } from '#modules/organisations/imports/rules/sketch.ts';
import { hubsOf } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { wake } from '#platform/jobs.server.ts';
import { m } from '#words';

type Params = { liste: string };

export const load = page('signed in', async (context, { liste }: Params, url) => {
	const list = await findImport(context, liste);
	const asked = url.searchParams.has('field');
	const { columns, mapping, sketch, headers, byMemory, rememberedAt } = await columnsAsBrought(
		context,
		list.id,
		asked ? url.searchParams.has('header') : undefined
	);
	const said = fieldsSaid(url.searchParams.getAll('field'));
	const fields = said.length === columns.length ? said : mapping.fields;
	return {
		accompanies: hubsOf(context.actor).length > 0,
		list: { id: list.id, title: list.title, matched: list.mappedAt !== null },
		columns: columns.map((column, place) => ({ ...column, chosen: fields[place] ?? null })),
		header: mapping.header,
		keyed: sketch.keys !== null,
		told: sketch.told,
		titled: headers.some(Boolean),
		rememberedAt: byMemory ? rememberedAt : null,
		today: today(context.now, 'Europe/Paris'),
		rows: preview(sketch, { ...mapping, fields })
	};
});

export const actions = {
	read: action('signed in', columnsForm, (context, input, { liste }: Params) => matchColumns(context, liste, input), {
		to: ({ waits }, { liste }) => {
			if (waits) wake('read-lists');
			return `/maison/listes/${liste}`;
		}
	}),
	forget: action('signed in', nothingForm, (context, _, { liste }: Params) => forgetColumns(context, liste), {
		to: (_, { liste }) => `/maison/listes/${liste}/colonnes`,
		say: () => m.hubs_columns_forgotten()
	})
};
