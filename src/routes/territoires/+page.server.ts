import { drawArea, endArea } from '#modules/territories/commands.server.ts';
import { drawForm, removeAreaForm } from '#modules/territories/forms.ts';
import { mayDraw, mayEnd, mayImport } from '#modules/territories/policy.ts';
import { findAreas, listAreas, proposeAreas } from '#modules/territories/queries/areas.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

/** So many places are picked one by one; more are written. */
const mostPicked = 60;
const mostFound = 12;

export const load = page('signed in', async (context, _params, url) => {
	const looked = (url.searchParams.get('trouver') ?? '').replace(/\0/g, '').trim().slice(0, 120);
	const keys = [...new Set(url.searchParams.getAll('choisi'))].slice(0, mostPicked);
	const areas = await findAreas(context.db, keys);
	const picked = keys.flatMap((key) => areas.get(key) ?? []);
	const draws = mayDraw(context.actor);
	return {
		areas: (await listAreas(context.db, 'custom')).map(({ key, name, members, parts, drawnFor }) => ({
			key,
			name,
			members,
			mayEnd: mayEnd(context.actor, drawnFor),
			parts: parts.map(({ part }) => part)
		})),
		id: newId(),
		looked,
		found: draws && looked ? await proposeAreas(context.db, looked, mostFound) : [],
		picked: picked.map(({ key, name }) => ({ key, name })),
		full: keys.length >= mostPicked,
		can: { draw: draws, import: mayImport(context.actor) }
	};
});

export const actions = {
	draw: action('signed in', drawForm, drawArea, { say: () => m.territories_drawn() }),
	end: action('signed in', removeAreaForm, endArea, { say: () => m.territories_ended() })
};
