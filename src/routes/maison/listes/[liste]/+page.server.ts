import { decide, giveUp, letIn } from '#modules/organisations/imports/commands.server.ts';
import { decisionForm, nothingForm } from '#modules/organisations/imports/forms.ts';
import {
	findImport,
	listRejections,
	listRemarks,
	listRows,
	listToDecide
} from '#modules/organisations/imports/queries.server.ts';
import { hubsOf } from '#platform/actor.ts';
import { action, page } from '#platform/http.server.ts';
import { wake } from '#platform/jobs.server.ts';
import { m } from '#words';

type Params = { liste: string };

export const load = page('signed in', async (context, { liste }: Params) => {
	const list = await findImport(context, liste);
	return {
		accompanies: hubsOf(context.actor).length > 0,
		list,
		rows: await listRows(context, list.id),
		remarks: list.startedAt && !list.finishedAt ? [] : await listRemarks(context, list.id),
		rejections: await listRejections(context, list.id),
		pairs: list.startedAt && !list.finishedAt ? [] : await listToDecide(context, list.id)
	};
});

export const actions = {
	letIn: action('signed in', nothingForm, (context, _, { liste }: Params) => letIn(context, liste), {
		say: () => {
			wake('take-in-lists');
			return m.hubs_list_let_in_said();
		}
	}),
	giveUp: action('signed in', nothingForm, (context, _, { liste }: Params) => giveUp(context, liste), {
		to: () => '/maison/listes',
		say: () => m.hubs_list_given_up()
	}),
	decide: action('signed in', decisionForm, (context, input, { liste }: Params) => decide(context, liste, input), {
		to: (_, { liste }) => `/maison/listes/${liste}#decider`,
		say: () => m.hubs_list_decision_kept()
	})
};
