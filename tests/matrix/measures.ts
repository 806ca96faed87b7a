import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { writeSessions } from '#modules/sessions/commands.server.ts';
import { writeForm } from '#modules/sessions/forms.ts';
import { plusDays, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import type { Actor } from '#platform/actor.ts';
import type { World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

type As = <T>(actor: Actor, run: (context: Context) => Promise<T>) => Promise<T>;

/** A session that took place this morning, an indicator of the partners, and what is sent to their doors. */
export async function plantMeasures(as: As, world: World, present: Date): Promise<Doors> {
	const here = '/cooperations/[cooperation]';
	const day = today(present, 'Europe/Paris');
	const indicator = newId();
	await as(world.actors.nadia, (context) =>
		writeLine(context, world.cooperation.id, {
			...noDetails,
			id: indicator,
			kind: 'indicator',
			text: 'Enfants présents',
			quantity: '40',
			unit: 'enfants',
			audience: null,
			actingFor: null
		})
	);
	const { path } = await as(world.actors.nadia, (context) =>
		writeSessions(
			context,
			world.cooperation.id,
			writeForm.parse({ id: newId(), title: 'Atelier', day, time: '00:00', rhythm: 'once' })
		)
	);
	const session = `${here}/seances/[session]`;
	return {
		places: { indicator, session: path.slice(path.lastIndexOf('/') + 1) },
		forms: {
			[`${here}/seances/nouvelle ?/default`]: {
				id: newId(),
				title: 'Atelier',
				day: plusDays(day, 10),
				time: '14:00',
				rhythm: 'weekly',
				endsOn: plusDays(day, 40)
			},
			[`${session} ?/note`]: { sequence: '0', people: '12' },
			[`${session} ?/hours`]: { volunteers: '2 h 30' },
			[`${session} ?/supplier`]: { id: newId(), supplier: 'Son et Cie', hours: '3 h', cents: '120' },
			[`${session} ?/change`]: { sequence: '0', title: 'Atelier de chant' },
			[`${session} ?/move`]: { sequence: '0', day: plusDays(day, 3), time: '14:00', reason: 'La salle est prise.' },
			[`${session} ?/cancel`]: { reason: 'Neige.' },
			[`${here}/indicateurs/[indicator] ?/measure`]: { id: newId(), quantity: '12,5', day },
			[`${here}/indicateurs/[indicator] ?/reading`]: { adds: 'sum', source: 'attendance' }
		}
	};
}
