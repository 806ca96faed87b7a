import { addToDraw, drawNow, openDraw } from '#modules/draws/commands.server.ts';
import { introduce } from '#modules/introductions/commands.server.ts';
import { sendMailing } from '#modules/mailings/commands.server.ts';
import { askIn } from '#modules/cooperations/helping/commands.server.ts';
import { offerHelp } from '#modules/resources/commands.server.ts';
import { keepNote } from '#modules/sheets/commands.server.ts';
import type { Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import type { World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

type As = <T>(actor: Actor, run: (context: Context) => Promise<T>) => Promise<T>;

/** What Nadia's structure keeps about others, and asks of them. */
export async function plantKnowing(as: As, world: World): Promise<Doors & { links: { route: string; thing: string }[] }> {
	const address = (name: 'nadia' | 'odile') => world.actors[name].belongings[0]!.path.replace('/structures/', '');
	const between = { organisation: address('nadia'), partner: address('odile') };
	const note = newId();
	await as(world.actors.nadia, (context) => keepNote(context, between, { id: note, text: 'Préfère le matin.' }));
	const introduction = newId();
	const { path } = await as(world.actors.claire, (context) =>
		introduce(context, world.actors.claire.belongings[0]!.path.replace('/structures/', ''), {
			id: introduction,
			reason: 'Une salle, des comédiens.',
			organisations: [world.structures.nadia, world.structures.odile]
		})
	);
	const place = await as({ is: 'system', name: 'seeds' }, ({ db }) =>
		db
			.selectFrom('introduced')
			.select('id')
			.where('introductionId', '=', introduction)
			.where('organisationId', '=', world.structures.nadia)
			.executeTakeFirstOrThrow()
	);
	const [greeting, question] = [newId(), newId()];
	const letter = { title: 'Bonne année', text: 'Nos vœux.', heldOn: null, place: null, paper: false };
	const { path: sent } = await as(world.actors.nadia, (context) =>
		sendMailing(context, between.organisation, {
			...letter,
			paper: true,
			id: greeting,
			kind: 'invitation',
			to: [world.structures.odile]
		})
	);
	await as(world.actors.odile, (context) =>
		sendMailing(context, between.partner, { ...letter, id: question, kind: 'refresh', to: [world.structures.nadia] })
	);
	const asked = await as({ is: 'system', name: 'seeds' }, ({ db }) =>
		db.selectFrom('mailingRecipients').select('id').where('mailingId', '=', question).executeTakeFirstOrThrow()
	);
	const event = { title: 'Le petit déjeuner', heldOn: '2027-01-20', place: null };
	const drawn = await as(world.actors.nadia, (context) => openDraw(context, between.organisation, { ...event, id: newId() }));
	const draw = drawn.path.slice(drawn.path.lastIndexOf('/') + 1);
	await as(world.actors.nadia, (context) =>
		addToDraw(context, draw, { organisations: [world.structures.nadia, world.structures.odile] })
	);
	await as(world.actors.nadia, (context) => drawNow(context, draw));
	for (const actor of [world.actors.bruno, world.actors.yann])
		await as(actor, (context) =>
			offerHelp(context, { helpsWith: 'Animer un tour de table.', topics: [], area: null, postures: ['animates'] })
		);
	const ask = newId();
	await as(world.actors.nadia, (context) =>
		askIn(context, world.cooperation.id, {
			id: ask,
			personId: world.actors.bruno.id,
			posture: 'animates',
			reason: 'Une réunion difficile.',
			fromDay: '2027-01-04',
			toDay: '2027-01-20',
			prepares: false
		})
	);
	const help = '/cooperations/[cooperation]/partenaires/ressources';
	const draws = '/structures/[organisation]/tirages';
	const letters = '/structures/[organisation]/envois';
	const meeting = '/structures/[organisation]/mises-en-relation';
	const sheet = '/structures/[organisation]/partenaires/[partner]';
	return {
		places: {
			draw,
			partner: between.partner,
			introduction: path.slice(path.lastIndexOf('/') + 1),
			mailing: sent.slice(sent.lastIndexOf('/') + 1)
		},
		links: [
			{ route: '/mise-en-relation/', thing: place.id },
			{ route: '/courrier/', thing: asked.id }
		],
		forms: {
			'/personnes-ressources ?/offer': { helpsWith: 'Animer un tour de table.', postures: ['animates'], consent: 'on' },
			'/personnes-ressources ?/withdraw': {},
			'/personnes-ressources ?/answer': { id: ask, answer: 'yes' },
			'/personnes-ressources ?/end': { id: ask },
			[`${help} ?/ask`]: {
				id: newId(),
				personId: world.actors.yann.id,
				posture: 'observes',
				reason: 'Un regard neuf.',
				fromDay: '2027-02-01',
				toDay: '2027-02-20'
			},
			[`${help} ?/prepare`]: { id: ask, prepares: 'yes' },
			[`${help} ?/end`]: { id: ask },
			[`${draws} ?/open`]: { id: newId(), title: 'La rentrée', heldOn: '2027-09-15' },
			[`${draws}/[draw] ?/add`]: { organisations: [world.structures.samir] },
			[`${draws}/[draw] ?/remove`]: { organisation: world.structures.odile },
			[`${draws}/[draw] ?/draw`]: {},
			[`${letters}/nouvel ?/default`]: {
				id: newId(),
				kind: 'greeting',
				title: 'Bonne année',
				text: 'Nos vœux.',
				to: [world.structures.odile]
			},
			[`${letters}/[mailing] ?/remind`]: {},
			'/structures/[organisation]/modifier ?/confirm': {},
			'/structures/[organisation]/modifier ?/postal': { street: '3 rue Neuve', postcode: '93100' },
			'/courrier/[token] ?/come': { answer: 'coming' },
			'/courrier/[token] ?/confirm': {},
			'/courrier/[token] ?/correct': { phone: '01 02 03 04 05' },
			'/courrier/[token] ?/noMore': { of: 'sender' },
			[`${meeting}/nouvelle ?/default`]: {
				id: newId(),
				reason: 'Le même public.',
				organisations: [world.structures.odile, world.structures.samir]
			},
			[`${meeting}/[introduction] ?/answer`]: { answer: 'not_now' },
			[`${meeting}/[introduction] ?/become`]: { id: newId(), what: 'Une pièce dans la salle.' },
			[`${meeting}/[introduction] ?/outcome`]: { outcome: 'met' },
			'/mise-en-relation/[token] ?/answer': { answer: 'not_now' },
			'/mise-en-relation/[token] ?/outcome': { outcome: 'met' },
			[`${sheet} ?/note`]: { id: newId(), text: 'A prêté sa sono.' },
			[`${sheet} ?/removeNote`]: { id: note },
			[`${sheet} ?/channel`]: { channel: 'phone' },
			[`${sheet} ?/keep`]: {},
			[`${sheet} ?/letGo`]: {}
		}
	};
}
