import { argumentsFor } from '#modules/pitches/rules.ts';
import { makePitch } from '#modules/pitches/commands.server.ts';
import { pitchForm } from '#modules/pitches/forms.ts';
import type { Actor } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import type { World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

type As = <T>(actor: Actor, run: (context: Context) => Promise<T>) => Promise<T>;

/** A page that Nadia's structure made for the town hall, and what is sent to the doors that are for one organisation alone. */
export async function plantWhy(as: As, world: World, present: Date): Promise<Doors> {
	const here = '/cooperations/[cooperation]';
	const gains = argumentsFor('town')
		.slice(0, 2)
		.map(({ id }) => id);
	const page = { kind: 'town', addressee: 'la mairie', opening: 'Voici ce que la commune y gagne.', gains };
	const pitch = newId();
	await as(world.actors.nadia, (context) => makePitch(context, world.cooperation.id, pitchForm.parse({ id: pitch, ...page })));
	const month = today(present, 'Europe/Paris').slice(0, 7);
	return {
		places: { pitch },
		forms: {
			[`${here}/y-aller ?/weigh`]: {
				id: newId(),
				mission: 'yes',
				image: 'yes',
				hours: 'rather_not',
				minutes: '4 h',
				funders: 'unknown',
				wish: 'yes'
			},
			[`${here}/heures ?/note`]: { id: newId(), month, hours: '2,5' },
			[`${here}/heures ?/same`]: { id: newId(), month },
			[`${here}/heures ?/share`]: { wanted: 'yes' },
			[`${here}/heures ?/remind`]: { wanted: 'yes' },
			[`${here}/convaincre ?/make`]: { id: newId(), ...page },
			[`${here}/convaincre/[pitch] ?/reword`]: { opening: 'Autrement.', read: page.opening },
			'/structures/[organisation] ?/capacity': { hours: '10 h' }
		}
	};
}
