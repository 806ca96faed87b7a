import { answerAccompaniment, endAccompaniment, proposeToCooperation } from '#modules/accompaniment/commands.server.ts';
import { codeForm } from '#modules/accompaniment/forms.ts';
import { findDay } from '#modules/accompaniment/queries.server.ts';
import { accompanimentForm } from '#modules/hubs/forms.ts';
import { findHub } from '#modules/hubs/queries.server.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

/** How many calls a day shows; the rest comes when these are made. */
const mostShown = 20;
const size = 30;

export const load = page('signed in', async (context, _, url) => {
	const day = await findDay(context);
	const number = pageIn(url.searchParams);
	const slice = <T>(all: T[]) => all.slice((number - 1) * size, number * size);
	const houses =
		context.actor.is === 'person'
			? context.actor.belongings.filter(
					({ organisationId }) => context.actor.is === 'person' && context.actor.hubs.includes(organisationId)
				)
			: [];
	const hubs = [];
	for (const { id } of day.hubs) hubs.push(await findHub(context, id));
	return {
		...day,
		hubs,
		/** Where each house of the reader follows those whom it put in touch, and keeps its partners. */
		houses: houses.map(({ name, path }) => ({ name, path })),
		wanted: day.wanted.slice(0, mostShown),
		count: day.wanted.length,
		page: number,
		pages: Math.ceil(Math.max(day.organisations.length, day.cooperations.length) / size),
		organisations: slice(day.organisations),
		cooperations: slice(day.cooperations)
	};
});

export const actions = {
	accept: action('signed in', accompanimentForm, (context, input) => answerAccompaniment(context, input, { accepted: true }), {
		say: () => m.hubs_accepted()
	}),
	decline: action('signed in', accompanimentForm, (context, input) => answerAccompaniment(context, input, { accepted: false }), {
		say: () => m.hubs_declined()
	}),
	end: action('signed in', accompanimentForm, (context, input) => endAccompaniment(context, input), {
		say: () => m.hubs_ended()
	}),
	propose: action('signed in', codeForm, proposeToCooperation, { say: () => m.hubs_proposed() })
};
