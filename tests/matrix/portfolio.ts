import { advise } from '#modules/accompaniment/advice/commands.server.ts';
import { newId } from '#platform/ids.ts';
import type { at, World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

/** Claire's house advised all the partners of « Avril enchanté ». */
export async function plantAdvice(as: ReturnType<typeof at>, world: World): Promise<Doors> {
	const advice = newId();
	await as(world.actors.claire, (context) =>
		advise(context, world.cooperation.id, { id: advice, precept: 'meetings', text: 'Voyez-vous vite.', organisationId: null })
	);
	const answer = { adviceId: advice, organisationId: world.structures.nadia, state: 'read' };
	const here = '/cooperations/[cooperation]/accompagnement';
	return {
		places: {},
		forms: {
			'/ ?/answerAdvice': { ...answer, cooperationId: world.cooperation.id },
			[`${here} ?/answerAdvice`]: answer,
			[`${here} ?/advise`]: { id: newId(), precept: 'modesty', text: 'Un pas après l’autre.' }
		}
	};
}
