import type { Kysely } from 'kysely';
import { answerAccompaniment, askAccompaniment } from '#modules/accompaniment/commands.server.ts';
import { listAccompaniments } from '#modules/accompaniment/queries.server.ts';
import { writeAgreement } from '#modules/agreements/commands.server.ts';
import { beginCooperation, markStep, nameCooperation } from '#modules/cooperations/commands.server.ts';
import { acceptPartnership, changeRole, proposePartner } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import type { Role, Step } from '#modules/cooperations/rules.ts';
import { reviseLine, writeLine } from '#modules/lines/commands.server.ts';
import { markLine } from '#modules/lines/commands/marking.server.ts';
import { noDetails, type Details, type Kind } from '#modules/lines/rules.ts';
import { conveneMeeting } from '#modules/meetings/commands.server.ts';
import { writePoint } from '#modules/meetings/commands/agenda.server.ts';
import { circulateMinutes, minute, notePresence } from '#modules/meetings/commands/minutes.server.ts';
import { openPoll } from '#modules/meetings/polls/commands.server.ts';
import { answerPoll } from '#modules/meetings/polls/commands/answering.server.ts';
import { findPollById } from '#modules/meetings/polls/queries.server.ts';
import { findBoard } from '#modules/meetings/polls/queries/board.server.ts';
import { listParticipants, partnersPeople } from '#modules/meetings/queries/participants.server.ts';
import { changeProfile, registerOrganisation } from '#modules/organisations/commands.server.ts';
import type { Kind as OrganisationKind } from '#modules/organisations/rules/mandates.ts';
import { personFor } from '#modules/people/commands.server.ts';
import { stranger, type Person } from '#platform/actor.ts';
import { plusDays, today, wall } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { newId } from '#platform/ids.ts';
import { halfSigned, lookingBack, type Telling } from './valley/agree.ts';
import { plantForms } from './valley/forms.ts';
import { plantHouses } from './valley/houses.ts';
import { plantIdentity } from './valley/identity.ts';
import { plantKnowing } from './valley/knowing.ts';
import { plantLetters } from './valley/letters.ts';
import { plantLists } from './valley/lists.ts';
import { plantIdeas } from './valley/ideas.ts';
import { plantNeeds } from './valley/needs.ts';
import { plantPortfolio } from './valley/portfolio.ts';
import { plantRegister } from './valley/register.ts';
import { plantSessions } from './valley/sessions.ts';
import { shownToAll } from './valley/showcase.ts';
import { takenStock } from './valley/point.ts';
import { plantFinding } from './valley/finding.ts';
import { plantWhy } from './valley/why.ts';
import { actorFor, at, plantWorld } from './world.ts';

const day = 86_400_000;
const zone = 'Europe/Paris';

/** What the clocks of the valley show ahead of universal time. */
function ahead(at: Date): number {
	const shown = wall(at, zone);
	return Date.parse(`${shown.day}T${shown.time}Z`) - Math.floor(at.getTime() / 60_000) * 60_000;
}

/** Before a change of the clocks, an hour late in the evening would otherwise fall on the next day. */
const sameHour = (now: Date, at: Date): Date => new Date(at.getTime() + ahead(now) - ahead(at));

type Neighbour = {
	person: string;
	structure: string;
	kind: OrganisationKind;
	purpose: string;
	themes: string[];
	audiences: string[];
};

/** Those of the valley who join the small world: a person and a structure each. All of them are invented. */
const neighbours: Neighbour[] = [
	{
		person: 'Fatou Diallo',
		structure: 'La Passerelle',
		kind: 'association',
		purpose: 'Tenir un lieu ouvert à tous, entre le collège et le marché.',
		themes: ['lieu de vie', 'culture'],
		audiences: ['habitants']
	},
	{
		person: 'Jean-Luc Thévenot',
		structure: 'Chœur des Voisins',
		kind: 'association',
		purpose: 'Chanter ensemble, sans audition, de 7 à 90 ans.',
		themes: ['musique'],
		audiences: ['tous les âges']
	},
	{
		person: 'Mireille Oudin',
		structure: 'Mémoires de la Butte',
		kind: 'association',
		purpose: 'Recueillir les récits des anciens du quartier.',
		themes: ['mémoire', 'édition'],
		audiences: ['aînés']
	},
	{
		person: 'Paolo Ricci',
		structure: 'Fil et Lumière',
		kind: 'association',
		purpose: 'Coudre les costumes et éclairer les scènes du quartier.',
		themes: ['théâtre', 'artisanat'],
		audiences: ['amateurs']
	},
	{
		person: 'Denise Aubry',
		structure: 'Fondation Sorbier',
		kind: 'foundation',
		purpose: 'Soutenir ce qui rapproche les âges.',
		themes: ['lien social'],
		audiences: []
	},
	{
		person: 'Karim Belkacem',
		structure: 'Collège des Tilleuls',
		kind: 'school',
		purpose: 'Accueillir 420 élèves du quartier.',
		themes: ['éducation'],
		audiences: ['jeunes']
	},
	{
		person: 'Solène Garrec',
		structure: 'Le Petit Colporteur',
		kind: 'association',
		purpose: 'Faire un journal de quartier avec celles et ceux qui y vivent.',
		themes: ['presse'],
		audiences: ['habitants']
	},
	{
		person: 'Thomas Weber',
		structure: 'Danse en marche',
		kind: 'association',
		purpose: 'Porter la danse là où elle ne va pas.',
		themes: ['danse'],
		audiences: ['personnes empêchées']
	}
];

/**
 * A valley that lives: the small world, then half a year of it up to `now`, told by the product's own commands at the days when
 * things happened. `files`: there is a folder that keeps them, so that an agreement can be frozen and signed.
 */
export async function plantValley(db: Kysely<DB>, now = new Date(), { files = false } = {}): Promise<void> {
	const ago = (days: number) => sameHour(now, new Date(now.getTime() - days * day));
	const onDay = (days: number) => plusDays(today(now, zone), days);
	const world = await plantWorld(db, ago(170));
	const actors = new Map<string, Person>(Object.values(world.actors).map((one) => [one.name, one]));
	const structures = new Map<string, string>(
		Object.values(world.actors).flatMap(({ belongings }) => belongings.map((one) => [one.name, one.organisationId]))
	);
	const as =
		(name: string, days: number) =>
		<T>(run: (context: Context) => Promise<T>): Promise<T> =>
			at(db, ago(days))(actors.get(name)!, run);

	for (const [place, one] of neighbours.entries()) {
		const email = `${one.person.split(' ')[0]!.toLowerCase().normalize('NFD').replace(/\P{L}/gu, '')}@example.org`;
		const id = await at(db, ago(400))({ is: 'system', name: 'seeds' }, (context) =>
			personFor(allow(context, true), context.now, { name: one.person, email })
		);
		actors.set(one.person, await actorFor(db, id, ago(400)));
		const { id: organisationId } = await as(
			one.person,
			399
		)((context) =>
			registerOrganisation(context, {
				name: one.structure,
				kind: one.kind,
				commune: 'Paris 20e',
				purpose: one.purpose,
				identifier: null
			})
		);
		actors.set(one.person, await actorFor(db, id, ago(399)));
		structures.set(one.structure, organisationId);
		await as(
			one.person,
			398
		)((context) =>
			changeProfile(context, organisationId, {
				name: one.structure,
				kind: one.kind,
				shortName: null,
				otherNames: [],
				commune: 'Paris 20e',
				purpose: one.purpose,
				values: null,
				themes: one.themes,
				audiences: one.audiences,
				networks: [],
				constraints: null,
				employees: null,
				volunteers: null,
				budgetClass: null,
				channels: ['email', 'phone'],
				website: null,
				email,
				// A number kept for fiction (Arcep).
				phone: `01 99 00 10 ${10 + place}`
			})
		);
	}

	const write = async (
		cooperationId: string,
		name: string,
		days: number,
		kind: Kind,
		text: string,
		details: Partial<Details> = {}
	) => {
		const id = newId();
		await as(
			name,
			days
		)((context) =>
			writeLine(context, cooperationId, { id, kind, text, audience: null, actingFor: null, ...noDetails, ...details })
		);
		return id;
	};
	const join = async (
		cooperationId: string,
		by: string,
		days: number,
		structure: string,
		role: Role,
		place: string | null,
		accepts: string | null
	) => {
		await as(
			by,
			days
		)((context) => proposePartner(context, cooperationId, { name: structure, role, place, email: null, actingFor: null }));
		if (accepts)
			await as(
				accepts,
				days - 3
			)(async (context) => {
				const { partners } = await findCooperationById(context, cooperationId);
				await acceptPartnership(context, cooperationId, { partnerId: partners.find(({ name }) => name === structure)!.id });
			});
	};
	const done = (cooperationId: string, name: string, days: number, step: Step) =>
		as(name, days)((context) => markStep(context, cooperationId, { step }));

	/** A partner asks Claire's house to accompany the cooperation; she accepts. */
	const accompanied = async (cooperationId: string, by: string, days: number) => {
		const relation = await as(
			by,
			days
		)(async (context) => {
			await askAccompaniment(context, { cooperationId }, { hubId: world.structures.claire });
			return (await listAccompaniments(context, { cooperationId })).relations[0]!.id;
		});
		await as('Claire Vasseur', days - 1)((context) => answerAccompaniment(context, { id: relation }, { accepted: true }));
	};
	const here = async (cooperationId: string, name: string, days: number) =>
		as(
			name,
			days
		)(async (context) => {
			const cooperation = await findCooperationById(context, cooperationId);
			return (await partnersPeople(context, cooperation)).map(({ personId }) => personId);
		});

	const telling: Telling = { as, write, structures, onDay };
	await livingTheatre();
	const paper = await livingPaper();
	const garden = await idea();
	const dance = await silence();
	await plantLetters({ as, onDay }, garden);
	await plantNeeds({ now, as, onDay });
	await plantIdeas({ as, anybody: (days) => (run) => at(db, ago(days))(stranger, run) });
	await plantForms({ as, onDay }, { theatre: world.cooperation.id, paper, garden, dance });
	await plantPortfolio(telling, accompanied, world.cooperation.id);
	await plantKnowing(db, now, telling, world.cooperation.id);
	// Paris, and what lies beyond its eastern edge
	await plantRegister(db, now, ['75', '93']);
	await plantHouses(telling, world);
	await plantIdentity(db, now, telling);
	await plantLists(db, ago, telling);

	/** « Avril enchanté »: seven associations, a town, a foundation, eighteen months; it is being planned. */
	async function livingTheatre(): Promise<void> {
		const id = world.cooperation.id;
		await as(
			'Nadia Benali',
			160
		)((context) =>
			nameCooperation(context, id, {
				name: 'Avril enchanté',
				sentence: 'Jouer sur une même scène une pièce écrite par les enfants et les anciens du quartier.',
				place: 'Paris 20e'
			})
		);
		await as(
			'Hélène Roussel',
			158
		)(async (context) => {
			const { partners } = await findCooperationById(context, id);
			const town = partners.find(({ name }) => name === 'Ville de Valsorbier')!;
			await acceptPartnership(context, id, { partnerId: town.id });
			await changeRole(context, id, { partnerId: town.id, role: 'public', place: 'Prête la salle et l’esplanade' });
		});
		await as(
			'Odile Marchand',
			158
		)(async (context) => {
			const { partners } = await findCooperationById(context, id);
			await changeRole(context, id, {
				partnerId: partners.find(({ name }) => name === 'Compagnie des Tréteaux')!.id,
				role: 'lead',
				place: 'Mise en scène'
			});
		});
		await join(id, 'Nadia Benali', 155, 'La Passerelle', 'carrier', 'Lieu, accueil du public', 'Fatou Diallo');
		await join(id, 'Odile Marchand', 154, 'Chœur des Voisins', 'carrier', 'Chant et musique', 'Jean-Luc Thévenot');
		await join(id, 'Nadia Benali', 150, 'Mémoires de la Butte', 'carrier', 'Collecte des récits', 'Mireille Oudin');
		await join(id, 'Odile Marchand', 148, 'Fil et Lumière', 'associate', 'Costumes et décors', 'Paolo Ricci');
		await join(id, 'Odile Marchand', 147, 'Radio Sorbier', 'associate', 'Son, enregistrement', 'Samir Haddad');
		await join(id, 'Nadia Benali', 140, 'Fondation Sorbier', 'funder', 'Finance le matériel', 'Denise Aubry');

		await write(id, 'Nadia Benali', 152, 'information', 'Les enfants et les anciens se croisent sans se parler.', {
			topic: 'stakes'
		});
		await write(id, 'Odile Marchand', 152, 'information', 'Une seule troupe, de 7 à 90 ans, où chacun est à sa place.', {
			topic: 'vision'
		});
		await write(
			id,
			'Mireille Oudin',
			140,
			'information',
			'« Récit » : ce qu’une personne accepte de raconter, et de voir jouer.',
			{ topic: 'words' }
		);
		const children = await write(id, 'Nadia Benali', 150, 'objective', '40 enfants et 20 anciens jouent ensemble en avril.', {
			topic: 'common',
			quantity: '60',
			unit: 'personnes'
		});
		await write(id, 'Odile Marchand', 149, 'objective', 'Écrire la pièce à partir de vrais récits du quartier.', {
			topic: 'common'
		});
		await write(id, 'Nadia Benali', 149, 'objective', 'Que les familles connaissent nos ateliers du mercredi.', { topic: 'own' });
		await write(id, 'Fatou Diallo', 139, 'need', 'Une salle de répétition le mercredi après-midi.', { topic: 'infrastructure' });
		await write(id, 'Paolo Ricci', 138, 'need', 'Du tissu et de la lumière, pour 3 000 € environ.', { topic: 'money' });
		await write(id, 'Mireille Oudin', 138, 'public', 'Les enfants de CM1 et CM2 de trois classes.', {
			quantity: '40',
			unit: 'enfants'
		});
		await write(id, 'Mireille Oudin', 138, 'public', 'Les anciens de la résidence et du club.', {
			quantity: '20',
			unit: 'personnes'
		});
		await done(id, 'Nadia Benali', 120, 'define');

		const who = (name: string) => ({ whoOrganisation: structures.get(name)! });
		await write(
			id,
			'Odile Marchand',
			118,
			'role',
			'Mettre en scène et tenir le calendrier des répétitions.',
			who('Compagnie des Tréteaux')
		);
		await write(
			id,
			'Mireille Oudin',
			118,
			'role',
			'Recueillir les récits et les faire relire par celles et ceux qui les donnent.',
			who('Mémoires de la Butte')
		);
		await write(id, 'Samir Haddad', 117, 'role', 'Enregistrer les voix et le spectacle.', who('Radio Sorbier'));
		await write(id, 'Denise Aubry', 110, 'contribution', 'Une aide pour les costumes et la lumière.', {
			topic: 'money',
			cents: 600_000,
			heldBy: structures.get('Compagnie des Tréteaux')!,
			...who('Fondation Sorbier')
		});
		await write(id, 'Hélène Roussel', 109, 'contribution', 'Une subvention de la Ville.', {
			topic: 'money',
			cents: 450_000,
			heldBy: structures.get('Compagnie des Tréteaux')!,
			...who('Ville de Valsorbier')
		});
		await write(id, 'Fatou Diallo', 108, 'contribution', 'La grande salle, un après-midi par semaine.', {
			topic: 'premises',
			quantity: '22',
			unit: 'après-midi',
			...who('La Passerelle')
		});
		await write(id, 'Jean-Luc Thévenot', 108, 'contribution', 'Le temps de la cheffe de chœur.', {
			topic: 'hours',
			quantity: '60',
			unit: 'heures',
			...who('Chœur des Voisins')
		});
		await write(id, 'Odile Marchand', 107, 'decision', 'Une structure, une voix ; on cherche l’accord avant de voter.', {
			topic: 'mode'
		});
		await write(
			id,
			'Odile Marchand',
			107,
			'decision',
			'En cas de désaccord, deux partenaires qui ne sont pas concernés proposent une issue.',
			{ topic: 'conflict' }
		);
		await write(
			id,
			'Odile Marchand',
			106,
			'decision',
			'La Compagnie des Tréteaux tient l’argent et montre les comptes à chaque réunion.',
			{ topic: 'funds' }
		);
		await write(id, 'Jean-Luc Thévenot', 105, 'limit', 'Nos choristes ne peuvent pas répéter plus d’un soir par semaine.', {});
		await done(id, 'Odile Marchand', 60, 'clarify');
		await as(
			'Nadia Benali',
			58
		)((context) =>
			reviseLine(context, {
				id: children,
				text: '60 enfants et 20 anciens jouent ensemble en avril.',
				reason: 'Deux classes de plus ont demandé à venir.',
				actingFor: null,
				...noDetails,
				topic: 'common',
				quantity: '80',
				unit: 'personnes'
			})
		);

		await write(id, 'Odile Marchand', 55, 'date', 'Écriture, voix, costumes', {
			topic: 'project',
			phase: 'before',
			startsOn: onDay(-20),
			endsOn: onDay(25)
		});
		await write(id, 'Odile Marchand', 55, 'date', 'Répétitions, le mercredi', {
			topic: 'project',
			phase: 'before',
			startsOn: onDay(10),
			endsOn: onDay(88)
		});
		await write(id, 'Odile Marchand', 55, 'date', 'Représentations', {
			topic: 'project',
			phase: 'during',
			startsOn: onDay(90),
			endsOn: onDay(92)
		});
		await write(id, 'Odile Marchand', 55, 'date', 'Bilan, puis suite à donner', {
			topic: 'project',
			phase: 'after',
			startsOn: onDay(100),
			endsOn: onDay(140)
		});
		await write(id, 'Hélène Roussel', 54, 'date', 'Autorisation de jouer sur l’esplanade', {
			topic: 'administrative',
			phase: 'before',
			startsOn: onDay(20),
			endsOn: onDay(20)
		});
		await write(id, 'Fatou Diallo', 50, 'date', 'La salle est prise pendant les vacances.', {
			topic: 'impossible',
			startsOn: onDay(40),
			endsOn: onDay(55)
		});
		await write(id, 'Nadia Benali', 12, 'task', 'Trouver une salle de répétition pendant les vacances.', {
			endsOn: onDay(6),
			...who('La Passerelle')
		});
		await write(id, 'Odile Marchand', 12, 'task', 'Demander l’autorisation de jouer dehors.', {
			endsOn: onDay(14),
			...who('Compagnie des Tréteaux')
		});
		await write(id, 'Odile Marchand', 11, 'task', 'Fixer la réunion de bilan avec la Ville.', {
			endsOn: onDay(30),
			...who('L’Atelier du Soleil')
		});
		const posters = await write(id, 'Odile Marchand', 40, 'task', 'Choisir l’image de l’affiche.', {
			endsOn: onDay(-15),
			...who('L’Atelier du Soleil')
		});
		await as('Nadia Benali', 16)((context) => markLine(context, { root: posters, mark: 'done', note: null }));
		await write(id, 'Samir Haddad', 9, 'risk', 'S’il pleut, le spectacle se joue à La Passerelle.', {});
		await write(id, 'Nadia Benali', 30, 'indicator', 'Enfants présents à au moins dix ateliers.', {
			quantity: '60',
			unit: 'enfants'
		});
		await meetings(id);
		await plantSessions({ now, as, onDay }, id, structures.get('Compagnie des Tréteaux')!);
		await plantFinding({ now, as, onDay }, world.structures);
		await plantWhy({ now, as, onDay }, id, world.actors.nadia.belongings[0]!.path.replace('/structures/', ''));
		await as('Odile Marchand', 10)((context) => writeAgreement(context, id, { actingFor: null }));
		await write(id, 'Samir Haddad', 2, 'information', 'Radio Sorbier prend en charge l’enregistrement du spectacle.');
		await shownToAll({ as, anybody: (days) => (run) => at(db, ago(days))(stranger, run) }, id, [
			'Nadia Benali',
			'Odile Marchand',
			'Fatou Diallo',
			'Jean-Luc Thévenot',
			'Mireille Oudin',
			'Paolo Ricci',
			'Samir Haddad',
			'Hélène Roussel'
		]);
	}

	/** A technical committee that met and left its minutes, and the next one. */
	async function meetings(id: string): Promise<void> {
		const people = await here(id, 'Odile Marchand', 30);
		const agenda = [
			['Où en est l’écriture', 20, 'inform'],
			['Les répétitions du mercredi', 30, 'discuss'],
			['L’entrée du spectacle', 20, 'decide']
		] as const;
		const committee = async (days: number, on: number, place: string) => {
			const meeting = await as(
				'Odile Marchand',
				days
			)((context) =>
				conveneMeeting(context, id, {
					id: newId(),
					title: 'Comité technique',
					day: onDay(on),
					time: '18:30',
					minutes: 90,
					place,
					people,
					actingFor: null
				})
			);
			const points: string[] = [];
			for (const [title, minutes, expected] of agenda) {
				const point = newId();
				points.push(point);
				await as('Odile Marchand', days)((context) => writePoint(context, meeting.id, { id: point, title, minutes, expected }));
			}
			return { ...meeting, points };
		};
		const past = await committee(30, -21, 'Salle Piat, 2e étage');
		const said = (point: number, kind: Kind, text: string, details: Partial<Details> = {}, actingFor: string | null = null) =>
			as(
				'Odile Marchand',
				20
			)((context) =>
				minute(context, past.id, { id: newId(), kind, text, point: past.points[point]!, actingFor, ...noDetails, ...details })
			);
		await said(0, 'information', 'Douze récits sont recueillis, huit sont relus.', {}, structures.get('Mémoires de la Butte')!);
		await said(1, 'decision', 'On répète le mercredi de 14 h à 16 h 30, à La Passerelle.', {});
		await said(1, 'task', 'Prévenir les trois classes des jours de répétition.', {
			whoOrganisation: structures.get('L’Atelier du Soleil')!,
			endsOn: onDay(4)
		});
		await said(2, 'decision', 'L’entrée est gratuite, avec un chapeau à la sortie.', {});
		await as(
			'Odile Marchand',
			20
		)(async (context) => {
			const participants = await listParticipants(context, past.id);
			const [instead] = participants.filter(({ name }) => name === 'Nadia Benali');
			for (const { id: participant, name } of participants) {
				const presence = name === 'Samir Haddad' ? 'excused' : name === 'Denise Aubry' ? 'represented' : 'present';
				await notePresence(context, past.id, {
					participant,
					presence,
					representedBy: presence === 'represented' ? instead!.id : null
				});
			}
		});
		await as('Odile Marchand', 20)((context) => circulateMinutes(context, past.id));
		await committee(8, 9, 'Salle Piat, 2e étage');
	}

	/** « Journal des Envierges »: four issues out, time to look back. */
	async function livingPaper(): Promise<string> {
		const { id } = await as(
			'Solène Garrec',
			160
		)((context) =>
			beginCooperation(context, {
				id: newId(),
				what: 'Journal des Envierges. Faire chaque trimestre un journal de quartier à trois structures.',
				withWhom: 'L’Atelier du Soleil\nLa Passerelle',
				actingFor: null
			})
		);
		for (const [name, structure] of [
			['Nadia Benali', 'L’Atelier du Soleil'],
			['Fatou Diallo', 'La Passerelle']
		] as const)
			await as(
				name,
				155
			)(async (context) => {
				const { partners } = await findCooperationById(context, id);
				await acceptPartnership(context, id, { partnerId: partners.find((one) => one.name === structure)!.id });
			});
		await write(id, 'Solène Garrec', 150, 'objective', 'Quatre numéros par an, écrits par les habitants.', {
			topic: 'common',
			quantity: '4',
			unit: 'numéros'
		});
		await write(id, 'Fatou Diallo', 149, 'role', 'Distribuer le journal dans les commerces.', {
			whoOrganisation: structures.get('La Passerelle')!
		});
		const issues = await write(id, 'Solène Garrec', 148, 'indicator', 'Numéros parus dans l’année.', {
			quantity: '4',
			unit: 'numéros'
		});
		await write(id, 'Solène Garrec', 20, 'measure', 'Le quatrième numéro est sorti.', {
			quantity: '4',
			unit: 'numéros',
			endsOn: onDay(-20),
			about: issues
		});
		await write(id, 'Nadia Benali', 18, 'task', 'Préparer les questions du bilan.', {
			endsOn: onDay(9),
			whoOrganisation: structures.get('L’Atelier du Soleil')!
		});
		if (files) await halfSigned(telling, id);
		await lookingBack(telling, id);
		await takenStock(telling, world.cooperation.id, id);
		for (const step of ['define', 'clarify', 'plan'] as const) await done(id, 'Solène Garrec', 30, step);
		await accompanied(id, 'Solène Garrec', 100);
		const poll = newId();
		const who = (await here(id, 'Solène Garrec', 3)).filter((person) => person !== actors.get('Solène Garrec')!.id);
		await as(
			'Solène Garrec',
			3
		)((context) =>
			openPoll(context, id, {
				id: poll,
				title: 'Réunion de bilan',
				place: 'La Passerelle',
				minutes: 90,
				deadline: onDay(6),
				rows: [11, 13, 17, 18].map((days) => ({ date: onDay(days), time: '18:30' })),
				who,
				guests: null,
				actingFor: null
			})
		);
		for (const [name, given] of [
			['Solène Garrec', ['yes', 'yes', 'no', 'maybe']],
			['Fatou Diallo', ['no', 'yes', 'maybe', 'yes']]
		] as const)
			await as(
				name,
				2
			)(async (context) => {
				const { slots } = await findBoard(context, await findPollById(context, poll));
				const answers = Object.fromEntries(slots.map(({ id: slot }, i) => [slot, given[i]!]));
				await answerPoll(context, poll, { answers, comment: null, actingFor: null });
			});
		return id;
	}

	/** « Danser derrière les murs »: begun well, silent for eleven weeks; somebody should call. */
	async function silence(): Promise<string> {
		const { id } = await as(
			'Thomas Weber',
			130
		)((context) =>
			beginCooperation(context, {
				id: newId(),
				what: 'Danser derrière les murs. Proposer un atelier de danse à des personnes détenues.',
				withWhom: 'Chœur des Voisins\nLes Jardins du Canal',
				actingFor: null
			})
		);
		await as(
			'Jean-Luc Thévenot',
			126
		)(async (context) => {
			const { partners } = await findCooperationById(context, id);
			await acceptPartnership(context, id, { partnerId: partners.find(({ name }) => name === 'Chœur des Voisins')!.id });
		});
		await accompanied(id, 'Thomas Weber', 120);
		await write(id, 'Thomas Weber', 110, 'objective', 'Un atelier chaque semaine pendant trois mois.', { topic: 'common' });
		await write(id, 'Jean-Luc Thévenot', 77, 'information', 'Le centre demande une convention avant toute visite.');
		return id;
	}

	/** « Un jardin rue Piat »: an idea, one structure asked and not yet heard. */
	async function idea(): Promise<string> {
		const { id } = await as(
			'Nadia Benali',
			16
		)((context) =>
			beginCooperation(context, {
				id: newId(),
				what: 'Un jardin rue Piat. Jardiner à plusieurs sur un terrain que personne n’utilise.',
				withWhom: 'La Passerelle\nLes Jardins du Canal',
				actingFor: null
			})
		);
		await as(
			'Fatou Diallo',
			14
		)(async (context) => {
			const { partners } = await findCooperationById(context, id);
			await acceptPartnership(context, id, { partnerId: partners.find(({ name }) => name === 'La Passerelle')!.id });
		});
		await write(id, 'Nadia Benali', 13, 'information', 'Le terrain est libre jusqu’en juin prochain.', {});
		await write(id, 'Fatou Diallo', 12, 'need', 'Une structure qui connaît le jardinage.', { topic: 'people' });
		await accompanied(id, 'Nadia Benali', 15);
		return id;
	}
}
