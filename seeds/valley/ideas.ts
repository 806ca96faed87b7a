import { approach } from '#modules/approaches/commands.server.ts';
import { approachForm } from '#modules/approaches/forms.ts';
import { confirmVoice, dropAsInhabitant, dropIdea, joinAsInhabitant, joinIdea } from '#modules/ideas/commands.server.ts';
import { becomeCooperation } from '#modules/ideas/commands/becoming.server.ts';
import { addIdeaNeed, dreamIdea, makeReal } from '#modules/ideas/commands/shaping.server.ts';
import {
	dreamForm,
	dropAsInhabitantForm,
	dropForm,
	joinAsInhabitantForm,
	joinForm,
	needForm,
	realForm
} from '#modules/ideas/forms.ts';
import { findIdea } from '#modules/ideas/queries.server.ts';
import type { Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { codeOf, newId } from '#platform/ids.ts';
import type { Showing } from './showcase.ts';

const place = 'Paris 20e';
const mine = ({ actor }: Context): string => (actor.is === 'person' ? actor.belongings[0]!.organisationId : '');

/** Presses the button behind the link that an inhabitant got by mail. */
async function confirmed(context: Context, email: string): Promise<string> {
	const { id } = await context.db.selectFrom('ideaVoices').select('id').where('email', '=', email).executeTakeFirstOrThrow();
	const actor: Actor = { is: 'link', id: newId(), may: 'answer', thing: id, invitee: id, organisationId: null };
	return codeOf(await confirmVoice({ ...context, actor }));
}

/** Three ideas of the valley: an inhabitant's that others dream of, one that needs partners, one that became a cooperation. */
export async function plantIdeas({ as, anybody }: Showing): Promise<void> {
	const rose = { name: 'Rose', email: 'rose.idees@example.org', agreed: 'on' };
	await anybody(26)((context) =>
		dropAsInhabitant(
			context,
			dropAsInhabitantForm.parse({
				id: newId(),
				text: 'Un bal des saisons sur la place, pour tous les âges.',
				commune: place,
				...rose
			}),
			'192.0.2.21'
		)
	);
	const ball = await anybody(26)((context) => confirmed(context, rose.email));
	const join = (name: string, days: number, idea: string, bring: string) =>
		as(name, days)((context) => joinIdea(context, idea, joinForm.parse({ id: newId(), bring, organisation: mine(context) })));
	await join('Jean-Luc Thévenot', 22, ball, 'Le chœur ouvre le bal, et apprend un refrain à tout le monde.');
	await join('Nadia Benali', 21, ball, 'Un atelier de masques avec les enfants, la semaine d’avant.');
	const luc = { name: 'Idriss', email: 'idriss.idees@example.org', agreed: 'on' };
	await anybody(19)((context) =>
		joinAsInhabitant(
			context,
			ball,
			joinAsInhabitantForm.parse({ id: newId(), bring: 'J’aimerais y jouer de l’accordéon.', lends: 'on', ...luc }),
			'192.0.2.22'
		)
	);
	await anybody(19)((context) => confirmed(context, luc.email));
	const read = (context: Context) => findIdea(context, ball);
	await as(
		'Jean-Luc Thévenot',
		18
	)(async (context) =>
		dreamIdea(context, ball, {
			...dreamForm.parse({
				dream:
					'Un parquet posé une semaine entière. Un orchestre chaque soir, des lampions jusqu’au canal, et personne qui rentre sans avoir dansé.',
				forWhom: 'tous les âges, habitants',
				moment: 'aux beaux jours, un samedi par saison',
				themes: 'musique, danse, lien social'
			}),
			read: (await read(context)).dreamtSo
		})
	);
	for (const [name, kind, text] of [
		['Jean-Luc Thévenot', 'equipment', 'Soixante chaises pour celles et ceux qui regardent.'],
		['Nadia Benali', 'skill', 'Quelqu’un qui sait coudre des costumes.'],
		['Nadia Benali', 'notoriety', 'Une émission ou une page de journal pour l’annoncer.'],
		['Jean-Luc Thévenot', 'finance', 'Une aide de départ pour un parquet.']
	] as const)
		await as(name, 17)((context) => addIdeaNeed(context, ball, needForm.parse({ id: newId(), kind, text })));
	await as(
		'Nadia Benali',
		15
	)(async (context) =>
		makeReal(context, ball, {
			...realForm.parse({
				kept: 'Une soirée, sur la place, que tout le monde ouvre en chantant.',
				firstStep: 'Une répétition ouverte.'
			}),
			read: (await read(context)).realSo
		})
	);

	await as(
		'Solène Garrec',
		9
	)((context) =>
		dropIdea(
			context,
			dropForm.parse({
				id: newId(),
				text: 'Une page du journal écrite par les collégiens.',
				commune: place,
				organisation: mine(context)
			})
		)
	);

	const oven = await as(
		'Fatou Diallo',
		60
	)((context) =>
		dropIdea(
			context,
			dropForm.parse({
				id: newId(),
				text: 'Un four à pain dans la cour, une fois par mois.',
				commune: place,
				organisation: mine(context)
			})
		)
	);
	await join('Mireille Oudin', 55, oven, 'Les anciens racontent le pain de leur enfance.');
	await as(
		'Fatou Diallo',
		52
	)(async (context) => {
		await dreamIdea(context, oven, {
			...dreamForm.parse({
				dream: 'Un four en briques que chacun a posées, allumé tous les dimanches, et une table pour cent personnes.',
				forWhom: 'habitants',
				themes: 'cuisine, mémoire'
			}),
			read: (await findIdea(context, oven)).dreamtSo
		});
		await addIdeaNeed(context, oven, needForm.parse({ id: newId(), kind: 'equipment', text: 'Un four mobile à emprunter.' }));
		await makeReal(context, oven, {
			...realForm.parse({ kept: 'Un four prêté, un dimanche par mois.', firstStep: 'Une première fournée avec dix familles.' }),
			read: (await findIdea(context, oven)).realSo
		});
	});
	await as('Fatou Diallo', 48)((context) => becomeCooperation(context, oven, { id: newId(), organisation: null }));

	// « Avec qui ? » led somebody to write
	const radio = await as(
		'Samir Haddad',
		3
	)(async (context) => (context.actor.is === 'person' ? context.actor.belongings[0]!.path : ''));
	await as(
		'Nadia Benali',
		3
	)((context) =>
		approach(
			context,
			radio.replace('/structures/', ''),
			approachForm.parse({
				id: newId(),
				actingFor: mine(context),
				text: 'Bonjour Samir, vous proposez une émission en direct. Pour le bal des saisons, ce serait parfait : on en parle ?'
			})
		)
	);
}
