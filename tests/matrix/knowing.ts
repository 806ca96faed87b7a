import { keepNote } from '#modules/sheets/commands.server.ts';
import type { Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import type { World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

type As = <T>(actor: Actor, run: (context: Context) => Promise<T>) => Promise<T>;

/** What Nadia's structure keeps about others, and asks of them. */
export async function plantKnowing(as: As, world: World): Promise<Doors> {
	const address = (name: 'nadia' | 'odile') => world.actors[name].belongings[0]!.path.replace('/structures/', '');
	const between = { organisation: address('nadia'), partner: address('odile') };
	const note = newId();
	await as(world.actors.nadia, (context) => keepNote(context, between, { id: note, text: 'Préfère le matin.' }));
	const sheet = '/structures/[organisation]/partenaires/[partner]';
	return {
		places: { partner: between.partner },
		forms: {
			[`${sheet} ?/note`]: { id: newId(), text: 'A prêté sa sono.' },
			[`${sheet} ?/removeNote`]: { id: note },
			[`${sheet} ?/channel`]: { channel: 'phone' },
			[`${sheet} ?/keep`]: {},
			[`${sheet} ?/letGo`]: {}
		}
	};
}
