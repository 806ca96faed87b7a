import { offerHand, takeUpHand } from '#modules/hands/commands.server.ts';
import { offerForm } from '#modules/hands/forms.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { mustAgree } from '#modules/publications/rules.ts';
import { answerPage, chooseName, proposePage } from '#modules/publications/commands.server.ts';
import { proposeForm } from '#modules/publications/forms.ts';
import { sendIdea } from '#modules/publications/ideas/commands.server.ts';
import { choosesNameFor } from '#modules/publications/policy.ts';
import { findPublicPage, listShowable } from '#modules/publications/queries.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';

export type Showing = {
	/** Somebody of the valley, so many days ago. */
	as: (name: string, days: number) => <T>(run: (context: Context) => Promise<T>) => Promise<T>;
	/** An inhabitant without an account. */
	anybody: (days: number) => <T>(run: (context: Context) => Promise<T>) => Promise<T>;
};

/** « Avril enchanté » shows itself: each carrier said yes, the town is named, two ideas came from the neighbourhood. */
export async function shownToAll({ as, anybody }: Showing, cooperation: string, people: readonly string[]): Promise<void> {
	const read = (context: Context) => findCooperationById(context, cooperation);
	const id = newId();
	const root = newId();
	await as(
		'Nadia Benali',
		5
	)((context) =>
		writeLine(context, cooperation, {
			...noDetails,
			id: root,
			kind: 'information',
			text: 'Vingt-sept familles et anciens se revoient hors des ateliers.',
			audience: 'everyone',
			actingFor: null
		})
	);
	await as(
		'Nadia Benali',
		4
	)(async (context) => {
		const { figures } = await listShowable(context, await read(context), [], null);
		await proposePage(
			context,
			cooperation,
			proposeForm.parse({
				id,
				read: '0',
				lead: 'Les enfants et les anciens du quartier écrivent une pièce et la jouent ensemble. Voici comment, et la suite.',
				happened:
					'Tout commence par un petit-déjeuner. Des associations voisines remarquent une chose : dans le quartier, enfants et anciens se croisent sans se parler.\n\nLes anciens racontent, les enfants écrivent. La Compagnie des Tréteaux met en scène, le Chœur des Voisins chante, Fil et Lumière coud et éclaire.',
				changed:
					'Des liens qui restent. Un jardin rue Piat est né ici.\n\nCe qui a moins bien marché : l’argent est arrivé tard. La prochaine fois, un pot commun.',
				next: 'La troupe cherche des voix, des mains pour coudre et un lieu pour l’hiver. Une idée suffit pour commencer.',
				figures: figures.map(({ of }) => of),
				lines: [root],
				open: 'on'
			})
		);
	});
	for (const name of people)
		await as(
			name,
			3
		)(async (context) => {
			const found = await read(context);
			const actor = context.actor;
			const mine = actor.is === 'person' ? actor.belongings.map(({ organisationId }) => organisationId) : [];
			for (const { organisationId } of mustAgree(found.accepted).filter((one) => mine.includes(one.organisationId)))
				await answerPage(context, cooperation, { version: id, organisation: organisationId, answer: 'yes', reason: null });
			for (const organisation of choosesNameFor(actor, found))
				await chooseName(context, cooperation, { organisation, named: 'yes' });
		});
	const page = await as('Nadia Benali', 2)(async (context) => findPublicPage(context, await read(context)));
	if (!page.online) return;
	const address = (await as('Nadia Benali', 2)(read)).path.replace('/cooperations/', '');
	for (const [idea, contact] of [
		['Un goûter musical dans la cour, une fois par mois.', '01 23 45 67 89'],
		['Lire la pièce à la maison de retraite, pour celles et ceux qui ne sortent pas.', null]
	] as const)
		await anybody(1)((context) => sendIdea(context, address, { id: newId(), idea, contact }, '192.0.2.1'));
	const called = newId();
	for (const [hand, hours, name, reach, at] of [
		['Coudre les ourlets des costumes.', 'Le samedi matin', 'Rose', '01 23 45 67 01', called],
		['Monter et ranger les chaises.', 'Le soir du spectacle', 'Idriss', 'idriss@example.org', newId()]
	] as const)
		await anybody(1)((context) =>
			offerHand(context, address, offerForm.parse({ id: at, hand, available: hours, name, reach, agreed: 'on' }), '192.0.2.2')
		);
	await as('Nadia Benali', 0)((context) => takeUpHand(context, cooperation, { id: called, actingFor: null }));
}
