import type { Kysely } from 'kysely';
import { answerAsk, askIn } from '#modules/cooperations/helping/commands.server.ts';
import { offerHelp } from '#modules/resources/commands.server.ts';
import type { Posture } from '#modules/resources/rules.ts';
import type { Actor } from '#platform/actor.ts';
import { plusDays, today } from '#platform/clock.ts';
import type { DB } from '#platform/database/tables.ts';
import { newId } from '#platform/ids.ts';
import { at, type World } from '../../seeds/world.ts';

/** Two people whom Nadia's structure asked in for a month: one observes, the other leads and prepares the meetings. */
export async function plantHelpers(db: Kysely<DB>, world: World, present: Date): Promise<Record<'observer' | 'animator', Actor>> {
	const as = at(db, present);
	const day = today(present, 'Europe/Paris');
	const helper = async (name: string, posture: Posture): Promise<Actor> => {
		const person: Actor = { is: 'person', id: newId(), name, administrator: false, belongings: [], hubs: [] };
		await db.insertInto('persons').values({ id: person.id, name, createdAt: present }).execute();
		await as(person, (context) =>
			offerHelp(context, { helpsWith: 'Un regard neuf.', topics: [], area: null, postures: [posture] })
		);
		const ask = newId();
		await as(world.actors.nadia, (context) =>
			askIn(context, world.cooperation.id, {
				id: ask,
				personId: person.id,
				posture,
				reason: 'Pour un mois.',
				fromDay: day,
				toDay: plusDays(day, 30),
				prepares: posture === 'animates'
			})
		);
		await as(person, (context) => answerAsk(context, { id: ask, answer: 'yes' }));
		return person;
	};
	return { observer: await helper('Solène Aubry', 'observes'), animator: await helper('Mehdi Garnier', 'animates') };
}
