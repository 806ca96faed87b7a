import type { Kysely } from 'kysely';
import { addToDraw, drawNow, openDraw } from '#modules/draws/commands.server.ts';
import { acceptPartnership } from '#modules/cooperations/commands/partners.server.ts';
import { answerAsk, askIn } from '#modules/cooperations/helping/commands.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { answerIntroduction, introduce, sayOutcome } from '#modules/introductions/commands.server.ts';
import { askOutcomes } from '#modules/introductions/commands/following.server.ts';
import { becomeCooperation } from '#modules/introductions/commands/together.server.ts';
import { answerFacts, answerInvitation, remindMailing, sendMailing } from '#modules/mailings/commands.server.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { offerHelp } from '#modules/resources/commands.server.ts';
import { chooseChannel, keepNote } from '#modules/sheets/commands.server.ts';
import { organisationsOf, type LinkBearer } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { newId } from '#platform/ids.ts';
import { at } from '../world.ts';
import type { Telling } from './agree.ts';

/** The address of one's own structure, and that of another by its name. */
const home = ({ actor }: Context) => (actor.is === 'person' ? actor.belongings[0]!.path.replace('/structures/', '') : '');
async function addressOf(context: Context, id: string): Promise<string> {
	const { code } = await context.db.selectFrom('organisations').select('code').where('id', '=', id).executeTakeFirstOrThrow();
	return (await findOrganisation(context, code)).path.replace('/structures/', '');
}

/** What Nadia's structure notes about its partners, and whom Claire's house puts in touch: one that worked, one that waits, one refused. */
export async function plantKnowing(
	db: Kysely<DB>,
	now: Date,
	{ as, structures, onDay }: Telling,
	theatre: string
): Promise<void> {
	const notes: [who: string, days: number, about: string, text: string][] = [
		['Nadia Benali', 140, 'Compagnie des Tréteaux', 'Prêtent leur sono si on la rapporte le dimanche. Appeler avant 10 h.'],
		['Nadia Benali', 52, 'Compagnie des Tréteaux', 'Leur camionnette est à partager en avril. Ils cherchent une costumière.'],
		['Nadia Benali', 21, 'La Passerelle', 'La salle est libre le mardi soir. Les clés sont au café d’en face.'],
		['Odile Marchand', 60, 'L’Atelier du Soleil', 'Prévenir trois semaines avant pour les grands formats.'],
		['Claire Vasseur', 18, 'Radio Sorbier', 'Cherche des voix pour sa nouvelle émission du jeudi.']
	];
	for (const [who, days, about, text] of notes)
		await as(
			who,
			days
		)(async (context) =>
			keepNote(
				context,
				{ organisation: home(context), partner: await addressOf(context, structures.get(about)!) },
				{ id: newId(), text }
			)
		);
	await as(
		'Nadia Benali',
		52
	)(async (context) =>
		chooseChannel(
			context,
			{ organisation: home(context), partner: await addressOf(context, structures.get('Compagnie des Tréteaux')!) },
			{ channel: 'phone' }
		)
	);

	const introduced = async (days: number, reason: string, names: string[]) => {
		const id = newId();
		await as(
			'Claire Vasseur',
			days
		)((context) => introduce(context, home(context), { id, reason, organisations: names.map((name) => structures.get(name)!) }));
		return (who: string, later: number, answer: 'yes' | 'not_now') =>
			as(who, later)((context) => answerIntroduction(context, id, organisationsOf(context.actor)[0]!, { answer })).then(() => id);
	};
	const met = await introduced(70, 'Une radio cherche des voix, une chorale cherche des oreilles.', [
		'Radio Sorbier',
		'Chœur des Voisins'
	]);
	await met('Samir Haddad', 68, 'yes');
	const voices = await met('Jean-Luc Thévenot', 66, 'yes');
	await at(db, new Date(now.getTime() - 20 * 86_400_000))({ is: 'system', name: 'seeds' }, askOutcomes);
	await as('Samir Haddad', 19)((context) => sayOutcome(context, voices, organisationsOf(context.actor)[0]!, { outcome: 'met' }));
	const radio = newId();
	await as(
		'Samir Haddad',
		16
	)((context) =>
		becomeCooperation(context, voices, organisationsOf(context.actor)[0]!, {
			id: radio,
			what: 'La chorale à l’antenne. Une émission du Chœur des Voisins, un jeudi par mois.'
		})
	);
	await as(
		'Jean-Luc Thévenot',
		15
	)(async (context) => {
		const { partners } = await findCooperationById(context, radio);
		const ours = partners.find(({ organisationId }) => organisationId === structures.get('Chœur des Voisins'))!;
		await acceptPartnership(context, radio, { partnerId: ours.id });
	});
	const waits = await introduced(9, 'L’une coud des costumes, l’autre joue dehors au printemps.', [
		'Fil et Lumière',
		'L’Atelier du Soleil',
		'Compagnie des Tréteaux'
	]);
	await waits('Paolo Ricci', 8, 'yes');
	const left = await introduced(30, 'Danser et jardiner au même endroit.', ['Danse en marche', 'Les Jardins du Canal']);
	await left('Bruno Lacaze', 27, 'yes');
	await left('Thomas Weber', 25, 'not_now');

	const letter = { heldOn: null, place: null, paper: false };
	/** An organisation as the bearer of the link that came with a letter. */
	const bearer = async (mailing: string, name: string): Promise<LinkBearer> => {
		const organisationId = structures.get(name)!;
		const { id } = await db
			.selectFrom('mailingRecipients')
			.select('id')
			.where('mailingId', '=', mailing)
			.where('organisationId', '=', organisationId)
			.executeTakeFirstOrThrow();
		return { is: 'link', id: newId(), may: 'answer', thing: id, invitee: organisationId, organisationId };
	};
	const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
	const question = newId();
	const asked = ['L’Atelier du Soleil', 'Compagnie des Tréteaux', 'Chœur des Voisins', 'Mémoires de la Butte', 'Danse en marche'];
	const { path } = await as(
		'Claire Vasseur',
		44
	)((context) =>
		sendMailing(context, home(context), {
			...letter,
			id: question,
			kind: 'refresh',
			title: 'Vos informations sont-elles toujours justes ?',
			text: 'Une fois par an, nous relisons l’annuaire avec vous. Une minute suffit.',
			to: asked.map((name) => structures.get(name)!)
		})
	);
	for (const name of asked.slice(0, 2))
		await at(db, ago(43))(await bearer(question, name), (context) => answerFacts(context, null, { remark: null }));
	await at(db, ago(41))(await bearer(question, 'Chœur des Voisins'), (context) =>
		answerFacts(
			context,
			{
				purpose: 'Chanter ensemble, sans audition, de 7 à 90 ans.',
				commune: 'Paris 20e Arrondissement',
				phone: '01 00 00 00 41',
				website: null,
				channels: ['phone', 'email'],
				street: null,
				postcode: null
			},
			{ remark: 'Nous avons un nouveau téléphone.' }
		)
	);
	await as('Claire Vasseur', 12)((context) => remindMailing(context, home(context), path.slice(path.lastIndexOf('/') + 1)));
	const party = newId();
	await as(
		'Nadia Benali',
		7
	)((context) =>
		sendMailing(context, home(context), {
			...letter,
			id: party,
			kind: 'invitation',
			title: 'Venez voir nos masques',
			text: 'Nous ouvrons l’atelier un samedi. Les enfants montreront ce qu’ils ont fait.\n\nIl y aura de la soupe.',
			heldOn: onDay(13),
			place: 'L’Atelier du Soleil',
			to: [structures.get('Compagnie des Tréteaux')!, structures.get('La Passerelle')!]
		})
	);
	await at(db, ago(6))(await bearer(party, 'La Passerelle'), (context) =>
		answerInvitation(context, { answer: 'coming', remark: 'Nous apportons le pain.' })
	);

	const network = [
		'Radio Sorbier',
		'Chœur des Voisins',
		'La Passerelle',
		'Mémoires de la Butte',
		'Fil et Lumière',
		'L’Atelier du Soleil'
	];
	const event = async (days: number, title: string, held: number, drawn: number | null, names: string[]) => {
		const { path: made } = await as(
			'Claire Vasseur',
			days
		)((context) =>
			openDraw(context, home(context), { id: newId(), title, heldOn: onDay(held), place: 'Maison des associations' })
		);
		const code = made.slice(made.lastIndexOf('/') + 1);
		await as(
			'Claire Vasseur',
			days
		)((context) => addToDraw(context, code, { organisations: names.map((name) => structures.get(name)!) }));
		if (drawn !== null) await as('Claire Vasseur', drawn)((context) => drawNow(context, code));
	};
	await event(90, 'Petit déjeuner de la rentrée', -75, 84, network);
	await event(14, 'Galette des associations', 24, 5, [...network, 'Compagnie des Tréteaux', 'Le Petit Colporteur']);
	await event(2, 'Soirée de printemps', 60, null, network.slice(0, 3));

	await as(
		'Mireille Oudin',
		33
	)((context) =>
		offerHelp(context, {
			helpsWith: 'Faire parler tout le monde quand une réunion tourne en rond. Garder la mémoire de ce qui s’est dit.',
			topics: ['animation', 'désaccord'],
			area: 'Paris 20e',
			postures: ['animates', 'observes']
		})
	);
	// Somebody from outside comes for two months, and prepares the meetings.
	await as(
		'Thomas Weber',
		30
	)((context) =>
		offerHelp(context, {
			helpsWith: 'Préparer et mener des réunions où chacun parle. Relire un budget avec des gens qui n’aiment pas les chiffres.',
			topics: ['animation', 'budget'],
			area: 'Paris 20e et Montreuil',
			postures: ['animates', 'accompanies']
		})
	);
	const ask = newId();
	await as(
		'Odile Marchand',
		17
	)(async (context) =>
		askIn(context, theatre, {
			id: ask,
			personId: await personOf(context, 'Thomas Weber'),
			posture: 'animates',
			reason: 'Nos réunions débordent. Nous aimerions que quelqu’un de l’extérieur tienne l’heure et la parole.',
			fromDay: onDay(-14),
			toDay: onDay(45),
			prepares: true
		})
	);
	await as('Thomas Weber', 16)((context) => answerAsk(context, { id: ask, answer: 'yes' }));
}

const personOf = async ({ db }: Context, name: string) =>
	(await db.selectFrom('persons').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
