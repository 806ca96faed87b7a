import { drawArea } from '#modules/territories/commands.server.ts';
import { newId } from '#platform/ids.ts';
import type { at, World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

/** What is sent to the doors of the directory and of territories; the other hub drew one. */
export async function doorsOfFinding(as: ReturnType<typeof at>, world: World): Promise<Doors> {
	const { key: area } = await as(world.actors.yann, (context) =>
		drawArea(context, { id: newId(), name: 'Ailleurs', communes: 'Pornic' })
	);
	return {
		places: {},
		forms: {
			'/territoires ?/draw': { id: newId(), name: 'Autour de l’estuaire', communes: 'Saint-Nazaire 44, Pornichet' },
			'/territoires ?/end': { key: area },
			'/administration/territoires ?/import': {
				kind: 'centres',
				file: new File(['code_insee;lat;lon\n44184;47,27;-2,21\n'], 'centres.csv', { type: 'text/csv' })
			},
			'/structures/[organisation]/modifier ?/shows': { shows: ['public', 'website'] }
		}
	};
}
