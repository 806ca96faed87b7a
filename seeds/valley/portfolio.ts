import { advise, answerAdvice } from '#modules/accompaniment/advice/commands.server.ts';
import { beginCooperation, markStep, nameCooperation } from '#modules/cooperations/commands.server.ts';
import { acceptPartnership } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import type { Step } from '#modules/cooperations/rules.ts';
import { moveStage, pauseCooperation } from '#modules/cooperations/stages/commands.server.ts';
import { findStage } from '#modules/cooperations/stages/queries.server.ts';
import type { Movable } from '#modules/cooperations/stages/rules.ts';
import { conveneMeeting } from '#modules/meetings/commands.server.ts';
import { partnersPeople } from '#modules/meetings/queries/participants.server.ts';
import { newId } from '#platform/ids.ts';
import type { Telling } from './agree.ts';

type Followed = {
	name: string;
	sentence: string;
	place: string;
	by: string;
	with: [person: string, structure: string][];
	/** How many days ago it began, and when it came into its stage. */
	began: number;
	stage: [Movable, number] | null;
	done: Step[];
	news: [days: number, text: string];
	/** In how many days they meet; null when nothing is fixed. */
	meets: number | null;
	rests?: [reason: string, days: number];
};

/** What Claire's house accompanies besides the main ones: one or two in each stage. All of them are invented. */
const followed: Followed[] = [
	{
		name: 'Mémoires du canal',
		sentence: 'Recueillir ensemble ce que les anciens ont vu passer sur le canal.',
		place: 'Saint-Denis',
		by: 'Mireille Oudin',
		with: [['Jean-Luc Thévenot', 'Chœur des Voisins']],
		began: 158,
		stage: ['acquaintance', 157],
		done: [],
		news: [78, 'Nous nous sommes vus au marché.'],
		meets: null
	},
	{
		name: 'Cuisines voisines',
		sentence: 'Ouvrir une cuisine commune un samedi par mois.',
		place: 'Amiens',
		by: 'Fatou Diallo',
		with: [['Solène Garrec', 'Le Petit Colporteur']],
		began: 35,
		stage: ['acquaintance', 35],
		done: [],
		news: [4, 'La salle a deux fours.'],
		meets: 12
	},
	{
		name: 'Un clip à deux',
		sentence: 'Tourner un clip avec des jeunes des deux quartiers.',
		place: 'Marseille',
		by: 'Thomas Weber',
		with: [['Paolo Ricci', 'Fil et Lumière']],
		began: 62,
		stage: null,
		done: [],
		news: [8, 'Une réalisatrice est d’accord pour nous aider.'],
		meets: 20
	},
	{
		name: 'Écrire sans voir',
		sentence: 'Écrire un recueil avec des personnes aveugles.',
		place: 'Amiens',
		by: 'Solène Garrec',
		with: [['Mireille Oudin', 'Mémoires de la Butte']],
		began: 150,
		stage: ['action', 60],
		done: ['define', 'clarify'],
		news: [2, 'Le troisième atelier a réuni neuf personnes.'],
		meets: 9
	},
	{
		name: 'Journées solidaires',
		sentence: 'Deux jours pour rencontrer les associations du quartier.',
		place: 'Paris 20e',
		by: 'Jean-Luc Thévenot',
		with: [['Fatou Diallo', 'La Passerelle']],
		began: 155,
		stage: ['evaluation', 30],
		done: ['define', 'clarify', 'plan'],
		news: [1, 'Trois cents personnes sont venues.'],
		meets: 15
	},
	{
		name: 'Costumes partagés',
		sentence: 'Mettre nos costumes et nos lumières en commun.',
		place: 'Paris 20e',
		by: 'Paolo Ricci',
		with: [['Thomas Weber', 'Danse en marche']],
		began: 160,
		stage: ['sustained', 90],
		done: ['define', 'clarify', 'plan', 'evaluate'],
		news: [26, 'Six prêts ce mois-ci.'],
		meets: null
	},
	{
		name: 'Soirée de Joinville',
		sentence: 'Une soirée de chants et de danses au bord de l’eau.',
		place: 'Joinville',
		by: 'Thomas Weber',
		with: [['Jean-Luc Thévenot', 'Chœur des Voisins']],
		began: 140,
		stage: ['preparation', 120],
		done: ['define'],
		news: [50, 'La guinguette est en travaux.'],
		meets: null,
		rests: ['La guinguette est en travaux jusqu’au printemps.', 90]
	}
];

/** Claire's portfolio lives: cooperations in every stage, one that rests, advice that is read and advice that is not. */
export async function plantPortfolio(
	{ as, write, structures, onDay }: Telling,
	accompanied: (cooperationId: string, by: string, days: number) => Promise<void>,
	theatre: string
): Promise<void> {
	const ids = new Map<string, string>();
	for (const one of followed) {
		const { id } = await as(
			one.by,
			one.began
		)((context) =>
			beginCooperation(context, {
				id: newId(),
				what: `${one.name}. ${one.sentence}`,
				withWhom: one.with.map(([, structure]) => structure).join('\n'),
				actingFor: null
			})
		);
		ids.set(one.name, id);
		for (const [person, structure] of one.with)
			await as(
				person,
				one.began - 2
			)(async (context) => {
				const { partners } = await findCooperationById(context, id);
				await acceptPartnership(context, id, { partnerId: partners.find(({ name }) => name === structure)!.id });
			});
		await accompanied(id, one.by, one.began - 3);
		await as(one.by, one.began - 5)((context) => nameCooperation(context, id, one));
		for (const step of one.done) await as(one.by, one.began - 10)((context) => markStep(context, id, { step }));
		if (one.stage) {
			const [stage, days] = one.stage;
			await as(
				one.by,
				Math.min(days, one.began - 6)
			)(async (context) =>
				moveStage(context, id, {
					id: newId(),
					shown: (await findStage(context, id)).n,
					stage,
					since: onDay(-days),
					note: stage === 'acquaintance' ? 'Nous ne nous connaissons pas encore.' : null,
					actingFor: null
				})
			);
		}
		await write(id, one.by, one.news[0], 'information', one.news[1]);
		if (one.meets !== null)
			await as(
				one.by,
				one.news[0]
			)(async (context) => {
				const people = (await partnersPeople(context, await findCooperationById(context, id))).map(({ personId }) => personId);
				return conveneMeeting(context, id, {
					id: newId(),
					title: 'Notre prochaine rencontre',
					day: onDay(one.meets!),
					time: '18:30',
					minutes: 60,
					place: null,
					people,
					actingFor: null
				});
			});
		if (one.rests)
			await as(
				one.by,
				48
			)((context) =>
				pauseCooperation(context, id, { id: newId(), reason: one.rests![0], until: onDay(one.rests![1]), actingFor: null })
			);
	}
	await as(
		'Odile Marchand',
		120
	)(async (context) =>
		moveStage(context, theatre, {
			id: newId(),
			shown: (await findStage(context, theatre)).n,
			stage: 'preparation',
			since: onDay(-125),
			note: null,
			actingFor: null
		})
	);
	const tell = async (cooperationId: string, days: number, precept: 'meetings' | 'public-partners', text: string) => {
		const id = newId();
		await as('Claire Vasseur', days)((context) => advise(context, cooperationId, { id, precept, text, organisationId: null }));
		return id;
	};
	await tell(ids.get('Mémoires du canal')!, 20, 'meetings', 'Fixez votre prochaine rencontre, même courte : une heure suffit.');
	const advice = await tell(
		theatre,
		9,
		'public-partners',
		'Écrivez avec la Ville ce qu’elle apporte et ce qu’elle ne décide pas.'
	);
	await as(
		'Odile Marchand',
		7
	)((context) =>
		answerAdvice(context, theatre, {
			adviceId: advice,
			organisationId: structures.get('Compagnie des Tréteaux')!,
			state: 'doing',
			reason: null
		})
	);
}
