import { saveView } from '#modules/saved/commands.server.ts';
import { listMyViews } from '#modules/saved/queries.server.ts';
import type { at, World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

/** Nadia keeps a view of the structures: hers alone. */
export async function doorsOfViews(as: ReturnType<typeof at>, world: World): Promise<Doors> {
	const { nadia } = world.actors;
	await as(nadia, (context) => saveView(context, { address: '/structures?q=danse', name: 'Danse' }));
	const [view] = await as(nadia, listMyViews);
	return {
		places: {},
		forms: {
			'/compte/vues ?/save': { address: '/structures?q=chant', name: 'Chant' },
			'/compte/vues ?/rename': { id: view!.id, name: 'Danses' },
			'/compte/vues ?/remove': { id: view!.id }
		}
	};
}
