import type { Kysely } from 'kysely';
import { openCheckIn } from '#modules/evaluations/check-ins/commands.server.ts';
import { answerCheckIn, noteCheckIn } from '#modules/evaluations/check-ins/commands/answering.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { newId } from '#platform/ids.ts';
import { at, type World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

/** A check-in that all who carry have answered, one of them on paper: it can be read, answered anew, and followed by another. */
export async function plantCheckIn(db: Kysely<DB>, world: World, present: Date): Promise<Doors & { checkIn: string }> {
	const as = at(db, present);
	const checkIn = newId();
	const given = { marks: { time: { said: 'weighs' as const, sentence: null } }, joins: null, version: 0 };
	await as(world.actors.nadia, (context) =>
		openCheckIn(context, world.cooperation.id, { id: checkIn, closesOn: null, actingFor: null })
	);
	await as(world.actors.nadia, (context) => answerCheckIn(context, checkIn, world.structures.nadia, given));
	await as(world.actors.claire, (context) =>
		noteCheckIn(context, checkIn, { ...given, organisationId: world.structures.odile, evidence: 'paper' })
	);
	const here = '/cooperations/[cooperation]/point';
	return {
		checkIn,
		places: { n: '1' },
		forms: {
			[`${here} ?/open`]: { id: newId() },
			[`${here} ?/rhythm`]: { rhythm: 'quarter' },
			[`${here} ?/remark`]: { text: 'Je crains que nous ne tenions pas.' },
			[`${here} ?/removeRemark`]: {},
			[`${here} ?/renewLink`]: { organisationId: world.structures.nadia },
			[`${here}/repondre ?/answer`]: { version: '1', 'mark-time': 'lifts', actingFor: world.structures.nadia },
			[`${here}/noter ?/note`]: {
				version: '1',
				'mark-time': 'lifts',
				organisationId: world.structures.odile,
				evidence: 'paper'
			},
			[`${here}/[n] ?/agenda`]: { id: newId() },
			'/point/[token] ?/answer': { version: '1', 'mark-time': 'lifts' }
		}
	};
}
