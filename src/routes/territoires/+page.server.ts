import { drawArea, endArea } from '#modules/territories/commands.server.ts';
import { drawForm, removeAreaForm } from '#modules/territories/forms.ts';
import { mayDraw, mayEnd, mayImport } from '#modules/territories/policy.ts';
import { listAreas } from '#modules/territories/queries/areas.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

export const load = page('signed in', async (context) => ({
	areas: (await listAreas(context.db, 'custom')).map(({ key, name, members, parts, drawnFor }) => ({
		key,
		name,
		members,
		mayEnd: mayEnd(context.actor, drawnFor),
		parts: parts.map(({ part }) => part)
	})),
	id: newId(),
	can: { draw: mayDraw(context.actor), import: mayImport(context.actor) }
}));

export const actions = {
	draw: action('signed in', drawForm, drawArea, { say: () => m.territories_drawn() }),
	end: action('signed in', removeAreaForm, endArea, { say: () => m.territories_ended() })
};
