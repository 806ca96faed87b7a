import { addToDraw, drawNow, removeFromDraw } from '#modules/draws/commands.server.ts';
import { addForm, againOut, drawForm, removeForm } from '#modules/draws/forms.ts';
import { checkDraw, findDraw } from '#modules/draws/queries.server.ts';
import { searchIn } from '#modules/organisations/forms.ts';
import { listOrganisations } from '#modules/organisations/queries.server.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { organisation: string; draw: string };

export const load = page('signed in', async (context, { draw: code }: Params, url) => {
	const draw = await findDraw(context, code);
	const asked = searchIn(url);
	const found =
		draw.mine && !draw.drawnAt && asked.words ? (await listOrganisations(context, { ...asked, page: 1 })).organisations : [];
	const check = checkDraw(draw);
	return {
		draw,
		words: asked.words,
		found: found
			.filter(({ id }) => !draw.list.some((one) => one.id === id))
			.map(({ id: value, name: label, place }) => ({ value, label, note: place ?? undefined })),
		checked: check && check.digest && check.same,
		/** Where anybody makes it again. */
		again: check && againOut({ ...check, digest: draw.digest, seed: draw.seed! }),
		today: today(context.now, 'Europe/Paris'),
		shownOn: today(draw.openedAt, 'Europe/Paris')
	};
});

export const actions = {
	add: action('signed in', addForm, (context, input, { draw }: Params) => addToDraw(context, draw, input), {
		say: () => m.draws_added()
	}),
	remove: action('signed in', removeForm, (context, input, { draw }: Params) => removeFromDraw(context, draw, input), {
		say: () => m.draws_removed()
	}),
	draw: action('signed in', drawForm, (context, _, { draw }: Params) => drawNow(context, draw), { say: () => m.draws_done() })
};
