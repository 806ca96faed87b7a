import { sayNeed } from '#modules/needs/commands.server.ts';
import { sayForm } from '#modules/needs/forms.ts';
import type { Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import type { World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

type As = <T>(actor: Actor, run: (context: Context) => Promise<T>) => Promise<T>;

/** A need of Nadia's structure, for the members of organisations. */
export async function plantNeeds(as: As, world: World): Promise<Doors> {
	const said = { side: 'need', kind: 'equipment', text: 'Quarante chaises pour une soirée.' };
	const path = await as(world.actors.nadia, (context) => sayNeed(context, sayForm.parse({ id: newId(), ...said })));
	return {
		places: { besoin: path.replace('/besoins/', '') },
		forms: {
			'/structures/[organisation]/ecrire ?/default': { id: newId(), text: 'Bonjour.' },
			'/structures/[organisation]/modifier ?/suggested': { suggested: 'no' },
			'/besoins/nouveau ?/default': { id: newId(), ...said },
			'/besoins/[besoin] ?/change': { read: '0', ...said, text: 'Soixante chaises.' },
			'/besoins/[besoin] ?/renew': {},
			'/besoins/[besoin] ?/close': { how: 'met' }
		}
	};
}
