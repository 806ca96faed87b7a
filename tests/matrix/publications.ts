import { answerPage, proposePage } from '#modules/publications/commands.server.ts';
import { proposeForm } from '#modules/publications/forms.ts';
import { offerHand } from '#modules/hands/commands.server.ts';
import { offerForm } from '#modules/hands/forms.ts';
import { sendIdea } from '#modules/publications/ideas/commands.server.ts';
import { stranger, type Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import type { World } from '../../seeds/world.ts';
import { png } from '../pictures.ts';
import type { Doors } from './doors.ts';

type As = <T>(actor: Actor, run: (context: Context) => Promise<T>) => Promise<T>;

/** A page that is public, another version that waits, an idea that came: what their doors open on. */
export async function plantPublication(as: As, world: World): Promise<Doors> {
	const { nadia, odile } = world.actors;
	const { id: cooperation, path } = world.cooperation;
	const versions = [newId(), newId()] as const;
	const idea = newId();
	const page = { lead: 'Nous avons joué ensemble.', happened: 'Tout commence en automne.' };
	const picture = {
		cover: new File([Uint8Array.from(await png())], 'bal.png'),
		coverSays: 'Douze enfants sur une scène.',
		coverAgreed: 'on'
	};
	const propose = (n: 0 | 1) =>
		as(nadia, (context) =>
			proposePage(context, cooperation, proposeForm.parse({ ...page, ...picture, id: versions[n], read: String(n), open: 'on' }))
		);
	await propose(0);
	for (const [actor, organisation] of [
		[nadia, world.structures.nadia],
		[odile, world.structures.odile]
	] as const)
		await as(actor, (context) =>
			answerPage(context, cooperation, { version: versions[0], organisation, answer: 'yes', reason: null })
		);
	await propose(1);
	const projet = path.replace('/cooperations/', '');
	await as(stranger, (context) =>
		sendIdea(context, projet, { id: idea, idea: 'Un atelier le samedi.', contact: null }, '192.0.2.1')
	);
	const hand = newId();
	await as(stranger, (context) =>
		offerHand(
			context,
			projet,
			offerForm.parse({ id: hand, hand: 'Monter des tables.', name: 'Rose', reach: '06 00 00 00 01', agreed: 'on' }),
			'192.0.2.1'
		)
	);
	const hands = '/cooperations/[cooperation]/coups-de-main';
	const here = '/cooperations/[cooperation]/page-publique';
	const organisation = world.structures.nadia;
	return {
		places: { projet },
		forms: {
			[`${here} ?/answer`]: { version: versions[1], organisation, answer: 'yes' },
			[`${here} ?/withdraw`]: { organisation },
			// the manager's structure carries the cooperation, so that it has no name to choose
			[`${here} ?/name`]: { organisation, named: 'yes' },
			[`${here} ?/keep`]: { id: idea },
			[`${here} ?/erase`]: { id: idea },
			[`${here}/preparer ?/default`]: { ...page, id: newId(), read: '2' },
			[`${hands} ?/take`]: { id: hand },
			[`${hands} ?/giveBack`]: { id: hand },
			[`${hands} ?/erase`]: { id: hand },
			'/projets/[projet] ?/hand': { id: newId(), hand: 'Coudre.', name: 'Rose', reach: '06 00 00 00 01', agreed: 'on' },
			'/projets/[projet] ?/idea': { id: newId(), idea: 'Une chorale au marché.' }
		}
	};
}
