import type { Kysely } from 'kysely';
import { convene } from '#modules/meetings/commands.server.ts';
import { writePoint } from '#modules/meetings/commands/agenda.server.ts';
import { openPoll } from '#modules/meetings/polls/commands.server.ts';
import { writeAgreement } from '#modules/agreements/commands.server.ts';
import { addOwnArticle, removeClause } from '#modules/agreements/commands/articles.server.ts';
import { freeze } from '#modules/agreements/commands/freezing.server.ts';
import { attachSignature } from '#modules/agreements/commands/signing.server.ts';
import { findAgreement, readDraft } from '#modules/agreements/queries.server.ts';
import { listVersions } from '#modules/agreements/queries/versions.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { doorsOfRevisions } from './agree.ts';
import { doorsOfCooperations } from './cooperations.ts';
import { plantPublication } from './publications.ts';
import { plantMeasures } from './measures.ts';
import { doorsOfPortraits } from './portraits.ts';
import { doorsOfFinding } from './finding.ts';
import { doorsOfRegister } from './register.ts';
import { doorsOfViews } from './views.ts';
import { doorsOfForms } from './forms.ts';
import { plantIdentity } from './identity.ts';
import { plantHelpers } from './helping.ts';
import { doorsOfLibrary } from './library.ts';
import { plantIdeas } from './ideas.ts';
import { plantNeeds } from './needs.ts';
import { plantHubs } from './hubs.ts';
import { plantWhy } from './why.ts';
import { plantKnowing } from './knowing.ts';
import { plantCheckIn } from './point.ts';
import { plantAdvice } from './portfolio.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { stranger, type Actor, type LinkBearer } from '#platform/actor.ts';
import type { DB } from '#platform/database/tables.ts';
import { plusDays, today } from '#platform/clock.ts';
import { proposeToOrganisation } from '#modules/accompaniment/commands.server.ts';
import { bringList, readAsProposed } from '#modules/organisations/imports/commands/reading.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { newId } from '#platform/ids.ts';
import { acceptPartnership, leaveCooperation, proposePartner } from '#modules/cooperations/commands/partners.server.ts';
import { registerOrganisation } from '#modules/organisations/commands.server.ts';
import { personFor } from '#modules/people/commands.server.ts';
import { actorFor, at, plantWorld, type World } from '../../seeds/world.ts';

/** The twelve roles of the matrix, from the least known to the closest. */
export type Visitors = {
	stranger: Actor;
	/** Bears a participation link made for the thing behind the door. */
	guest: (thing: string) => LinkBearer;
	outsider: Actor;
	'other hub': Actor;
	administrator: Actor;
	/** Resource people who help for a time: one observes, the other leads, and prepares the meetings. */
	observer: Actor;
	animator: Actor;
	accompagnateur: Actor;
	/** Manages an organisation that was invited and has not answered. */
	invited: Actor;
	/** Manages an organisation that was a partner and left, before what is planted here was written. */
	departed: Actor;
	member: Actor;
	manager: Actor;
};

/** How a door is opened: the parameters of its address, the fields of its form, and what a link would be made for. */
export type Opening = {
	path: string;
	params: Record<string, string>;
	form: Record<string, string | string[] | File>;
	thing: string;
};

/** Plants the small world with a line, a member without a mandate, and says how each door is opened there. */
export async function plantDoors(
	db: Kysely<DB>
): Promise<{ visitors: Visitors; opening: (route: string, name: string) => Opening; world: World }> {
	const world = await plantWorld(db);
	const now = new Date('2026-11-16T09:00:00Z');
	const as = at(db, now);
	const departed = await plantDeparted(db, world);
	const line = newId();
	await as(world.actors.nadia, (context) =>
		writeLine(context, world.cooperation.id, {
			id: line,
			kind: 'information',
			text: 'La salle est libre.',
			audience: null,
			actingFor: null,
			...noDetails
		})
	);
	const kept = newId();
	await as(world.actors.nadia, (context) =>
		writeLine(context, world.cooperation.id, {
			id: kept,
			kind: 'objective',
			text: 'Nous faire connaître.',
			audience: null,
			actingFor: null,
			...noDetails,
			topic: 'own'
		})
	);
	const own = await db
		.selectFrom('partners')
		.select('id')
		.where('cooperationId', '=', world.cooperation.id)
		.where('organisationId', '=', world.structures.nadia)
		.executeTakeFirstOrThrow();
	const { id: mail } = await db.selectFrom('mails').select('id').limit(1).executeTakeFirstOrThrow();
	await db.updateTable('mails').set({ refusedAt: now }).where('id', '=', mail).execute();
	const invited = await db
		.selectFrom('partners')
		.select('id')
		.where('cooperationId', '=', world.cooperation.id)
		.where('organisationId', '=', world.structures.helene)
		.executeTakeFirstOrThrow();
	// The clock of the pages is the real one: the dates of the poll must be to come.
	const present = new Date();
	const poll = await at(db, present)(world.actors.nadia, (context) =>
		openPoll(context, world.cooperation.id, {
			id: newId(),
			title: 'la réunion de calage',
			place: null,
			minutes: 90,
			deadline: null,
			rows: [{ date: plusDays(today(present, 'Europe/Paris'), 30), time: '18:30' }],
			who: [world.actors.odile.id],
			guests: null,
			actingFor: null
		})
	);
	const slot = await db.selectFrom('pollSlots').select('id').where('pollId', '=', poll.id).executeTakeFirstOrThrow();
	const asked = await db
		.selectFrom('pollInvitees')
		.select('id')
		.where('pollId', '=', poll.id)
		.where('personId', '=', world.actors.odile.id)
		.executeTakeFirstOrThrow();
	// A meeting under way, of which nothing has been noted yet.
	const { id: meeting, path: meetingPath } = await at(db, present)(world.actors.nadia, async (context) =>
		convene(allow(context, true), context, await findCooperationById(context, world.cooperation.id), {
			title: 'Préparer la scène',
			place: null,
			startsAt: new Date(present.getTime() - 600_000),
			minutes: 90,
			pollId: null,
			participants: (['nadia', 'odile'] as const).map((name) => ({
				personId: world.actors[name].id,
				name: world.actors[name].name,
				email: null,
				organisationId: world.structures[name]
			})),
			actingFor: { id: world.structures.nadia, name: 'L’Atelier du Soleil' }
		})
	);
	const participant = await db
		.selectFrom('meetingParticipants')
		.select('id')
		.where('meetingId', '=', meeting)
		.where('personId', '=', world.actors.odile.id)
		.executeTakeFirstOrThrow();
	const point = newId();
	await at(db, present)(world.actors.nadia, (context) =>
		writePoint(context, meeting, { id: point, title: 'La salle', minutes: 20, expected: 'decide' })
	);
	const feed = { id: newId(), token: 'x'.repeat(32) };
	await db
		.insertInto('calendarFeeds')
		.values({ id: feed.id, tokenHash: hashToken(feed.token), kind: 'person', personId: world.actors.nadia.id, madeAt: now })
		.execute();
	// Somebody of Nadia's structure without a mandate: may discuss, and no more.
	const member: Actor = {
		...world.actors.nadia,
		id: world.actors.agathe.id,
		name: 'Inès Caron',
		belongings: world.actors.nadia.belongings.map((one) => ({ ...one, manager: false, may: 'discuss' }))
	};
	const [elsa, membership] = [newId(), newId()];
	await db.insertInto('persons').values({ id: elsa, name: 'Elsa Petit', createdAt: now }).execute();
	await db
		.insertInto('memberships')
		.values({ id: membership, organisationId: world.structures.nadia, personId: elsa, joinedAt: now })
		.execute();
	const stock = await plantCheckIn(db, world, present);
	// What is behind the links of knowing is planted later: they are all made for Nadia's structure.
	const knowingLinks: { route: string; thing: string }[] = [];
	const guest = (thing: string): LinkBearer => ({
		is: 'link',
		id: newId(),
		...(thing === poll.id
			? { may: 'answer', invitee: asked.id, organisationId: world.structures.odile }
			: thing === stock.checkIn
				? { may: 'answer', invitee: world.structures.odile, organisationId: world.structures.odile }
				: thing === meeting
					? { may: 'answer', invitee: participant.id, organisationId: world.structures.odile }
					: knowingLinks.some((one) => one.thing === thing)
						? { may: 'answer', invitee: world.structures.nadia, organisationId: world.structures.nadia }
						: { may: 'accept', invitee: world.structures.helene, organisationId: world.structures.helene }),
		thing
	});
	const visitors: Visitors = {
		stranger,
		guest,
		outsider: world.actors.bruno,
		'other hub': world.actors.yann,
		administrator: world.actors.agathe,
		...(await plantHelpers(db, world, present)),
		accompagnateur: world.actors.claire,
		invited: world.actors.helene,
		departed,
		member,
		manager: world.actors.nadia
	};

	const list = await as(world.actors.claire, async (context) => {
		const brought = await bringList(context, { file: null, text: 'Nom;Commune\nLes Jardins du Cannal;Montpellier\n' }, 'Liste');
		await readAsProposed(context, brought.id);
		return brought;
	});
	await as(world.actors.yann, (context) =>
		proposeToOrganisation(
			context,
			{ id: world.structures.nadia, path: world.actors.nadia.belongings[0]!.path },
			{ hubId: world.structures.yann }
		)
	);
	const relations = await db.selectFrom('accompaniments').select(['id', 'cooperationId']).execute();
	const proposed = relations.find(({ cooperationId }) => cooperationId === null)!.id;
	const living = relations.find(({ cooperationId }) => cooperationId !== null)!.id;
	const steps = doorsOfCooperations(world, { line, kept, partner: own.id, invited: invited.id });
	const portraits = await doorsOfPortraits(as, world);
	const views = await doorsOfViews(as, world);
	const finding = await doorsOfFinding(as, world);
	const register = await doorsOfRegister(db);
	const measures = await plantMeasures(at(db, present), world, present);
	const publication = await plantPublication(at(db, present), world);
	// Last: who freezes has read the text as it is then.
	const agreement = await plantAgreement(as, world);
	const advice = await plantAdvice(as, world);
	const lives = doorsOfForms({ pause: newId(), partner: world.structures.odile });
	const identity = await plantIdentity(db, as, world);
	const why = await plantWhy(as, world, present);
	const knowing = await plantKnowing(as, world);
	knowingLinks.push(...knowing.links);
	const needs = await plantNeeds(at(db, present), world);
	const token = 'x'.repeat(32);
	const houses = await plantHubs(at(db, present), world, token);
	const ideas = await plantIdeas(db, at(db, present), world);
	knowingLinks.push(...ideas.links);
	const places: Record<string, string> = {
		format: 'xlsx',
		liste: list.id,
		cooperation: world.cooperation.path.replace('/cooperations/', ''),
		organisation: world.actors.nadia.belongings[0]!.path.replace('/structures/', ''),
		line,
		mail,
		poll: poll.path.slice(poll.path.lastIndexOf('/') + 1),
		meeting: meetingPath.slice(meetingPath.lastIndexOf('/') + 1),
		token,
		...agreement.places,
		...register.places,
		...steps.places,
		...measures.places,
		...publication.places,
		...portraits.places,
		...doorsOfLibrary.places,
		...stock.places,
		...why.places,
		...identity.places,
		...knowing.places,
		...needs.places,
		...houses.places,
		...ideas.places
	};
	const forms: Record<string, Record<string, string | string[] | File>> = {
		...agreement.forms,
		...steps.forms,
		...measures.forms,
		...doorsOfRevisions({ line, kept, organisation: world.structures.nadia }).forms,
		...publication.forms,
		...portraits.forms,
		...views.forms,
		...finding.forms,
		...register.forms,
		...lives.forms,
		...doorsOfLibrary.forms,
		...stock.forms,
		...advice.forms,
		...identity.forms,
		...why.forms,
		...knowing.forms,
		...needs.forms,
		...houses.forms,
		...ideas.forms,
		'/administration/courriels/[mail] ?/sendAgain': {},
		'/administration/personnes ?/makeAccount': { name: 'Paulette Roy', email: 'paulette@example.org' },
		'/administration/personnes ?/sendLink': { personId: world.actors.bruno.id },
		'/administration/personnes ?/name': { personId: world.actors.bruno.id },
		'/administration/personnes ?/end': { personId: world.actors.agathe.id },
		'/accepter/[token] ?/accept': {},
		'/accepter/[token] ?/decline': {},
		'/accepter/[token] ?/invite': { name: 'Ana Diaz', email: 'ana@example.org' },
		'/avis/[token] ?/choose': { rhythm: 'never' },
		'/compte ?/account': { name: 'Un nom' },
		'/compte ?/email': { email: 'autre@example.org' },
		'/compte ?/password': { password: 'quatre mots sans rapport' },
		'/compte ?/theme': { theme: 'dark' },
		'/compte ?/sessions': {},
		'/compte/adresse/[token] ?/default': {},
		'/compte/effacer ?/default': { sure: 'on' },
		'/compte/brouillons ?/discard': { id: newId() },
		'/compte/avis ?/choose': { rhythm: 'week', kinds: ['task', 'line'] },
		'/cooperations/[cooperation] ?/writeLine': { id: newId(), kind: 'information', text: 'Une phrase.' },
		'/cooperations/[cooperation] ?/accept': { partnerId: invited.id },
		'/cooperations/[cooperation] ?/decline': { partnerId: invited.id },
		'/cooperations/[cooperation]/reunions/sonder ?/open': {
			id: newId(),
			title: 'notre bilan',
			minutes: '60',
			date: plusDays(today(present, 'Europe/Paris'), 40),
			time: '18:30'
		},
		'/cooperations/[cooperation]/reunions/sonder ?/rows': {},
		'/cooperations/[cooperation]/reunions/sondage/[poll] ?/answer': { [`date-${slot.id}`]: 'yes' },
		'/cooperations/[cooperation]/reunions/sondage/[poll] ?/invite': {
			id: newId(),
			name: 'Fatou Diop',
			email: 'fatou@example.org'
		},
		'/cooperations/[cooperation]/reunions/sondage/[poll] ?/close': { slotId: slot.id },
		'/cooperations/[cooperation]/reunions/sondage/[poll] ?/cancel': { reason: 'Remis à plus tard.' },
		'/cooperations/[cooperation]/reunions/sondage/[poll]/noter ?/default': { inviteeId: asked.id, [`date-${slot.id}`]: 'yes' },
		'/sondage/[token] ?/answer': { [`date-${slot.id}`]: 'yes' },
		'/sondage/[token] ?/introduce': {
			key: 'k'.repeat(32),
			name: 'Fatou Diop',
			organisation: 'other',
			[`date-${slot.id}`]: 'yes'
		},
		'/cooperations/[cooperation]/reunions ?/feed': {},
		'/cooperations/[cooperation]/reunions/nouvelle ?/default': {
			id: newId(),
			title: 'La suite',
			day: plusDays(today(present, 'Europe/Paris'), 20),
			time: '18:30',
			people: [world.actors.odile.id]
		},
		'/cooperations/[cooperation]/reunions/[meeting] ?/reply': { reply: 'yes' },
		'/cooperations/[cooperation]/reunions/[meeting] ?/noteReply': { participant: participant.id, reply: 'yes' },
		'/cooperations/[cooperation]/reunions/[meeting] ?/change': {
			sequence: '0',
			title: 'Préparer la scène',
			day: plusDays(today(present, 'Europe/Paris'), 20),
			time: '18:30'
		},
		'/cooperations/[cooperation]/reunions/[meeting] ?/cancel': { reason: 'Remise à plus tard.' },
		'/cooperations/[cooperation]/reunions/[meeting] ?/invite': { people: [world.actors.odile.id] },
		'/cooperations/[cooperation]/reunions/[meeting] ?/writePoint': { id: newId(), title: 'Les affiches' },
		'/cooperations/[cooperation]/reunions/[meeting] ?/movePoint': { id: point, direction: 'up' },
		'/cooperations/[cooperation]/reunions/[meeting] ?/removePoint': { id: point },
		'/cooperations/[cooperation]/reunions/[meeting]/compte-rendu ?/minute': {
			id: newId(),
			kind: 'information',
			text: 'Une phrase.',
			actingFor: world.structures.nadia,
			point
		},
		'/cooperations/[cooperation]/reunions/[meeting]/compte-rendu ?/presence': {
			participant: participant.id,
			presence: 'present'
		},
		'/cooperations/[cooperation]/reunions/[meeting]/compte-rendu ?/attendee': { id: newId(), name: 'Un voisin' },
		'/cooperations/[cooperation]/reunions/[meeting]/compte-rendu ?/circulate': {},
		'/cooperations/[cooperation]/reunions/[meeting]/compte-rendu ?/adopt': {},
		'/reunion/[token] ?/reply': { reply: 'yes' },
		'/compte/agendas ?/person': {},
		'/compte/agendas ?/organisation': { organisation: world.structures.nadia },
		'/compte/agendas ?/revoke': { id: feed.id },
		'/cooperations/nouvelle ?/default': { meeting: newId(), id: newId(), what: 'Un jardin.', withWhom: 'Radio Sorbier' },
		'/entrer ?/link': { email: 'nadia@example.org' },
		'/entrer ?/password': { email: 'nadia@example.org', password: 'ce n’est pas lui' },
		'/entrer/[token] ?/enter': {},
		'/entrer/[token] ?/first': { name: 'Alex', email: 'alex@example.org' },
		'/administration/maisons ?/open': { organisationId: world.structures.samir, senderName: 'Maison de la radio' },
		'/maison ?/accept': { id: proposed },
		'/maison ?/decline': { id: proposed },
		'/maison ?/end': { id: living },
		'/maison ?/propose': { hubId: world.structures.yann, code: world.cooperation.path },
		'/maison/appel ?/default': {
			id: newId(),
			organisationId: world.structures.odile,
			cooperationId: world.cooperation.id,
			said: 'La salle est libre.'
		},
		'/maison/fiche/[organisation] ?/default': { name: 'L’Atelier du Soleil', kind: 'association' },
		'/maison/listes ?/default': { text: 'Nom\nLes Amis du Canal\n' },
		'/maison/listes/[liste] ?/letIn': {},
		'/maison/listes/[liste]/colonnes ?/read': { field: ['name', 'commune'], header: 'on' },
		'/maison/listes/[liste]/colonnes ?/forget': {},
		'/maison/listes/[liste] ?/giveUp': {},
		'/maison/listes/[liste] ?/decide': { n: '1', decision: 'same' },
		'/structures/[organisation]/accompagnement ?/ask': { hubId: world.structures.claire },
		'/structures/[organisation]/accompagnement ?/propose': { hubId: world.structures.claire },
		'/structures/[organisation]/accompagnement ?/accept': { id: proposed },
		'/structures/[organisation]/accompagnement ?/decline': { id: proposed },
		'/structures/[organisation]/accompagnement ?/end': { id: proposed },
		'/cooperations/[cooperation]/accompagnement ?/ask': { hubId: world.structures.yann },
		'/cooperations/[cooperation]/accompagnement ?/accept': { id: living },
		'/cooperations/[cooperation]/accompagnement ?/decline': { id: living },
		'/cooperations/[cooperation]/accompagnement ?/end': { id: living },
		'/sortir ?/default': {},
		'/invitation/[token] ?/accept': {},
		'/invitation/[token] ?/decline': {},
		'/structures/[organisation]/modifier ?/profile': { name: 'L’Atelier du Soleil', kind: 'association' },
		'/structures/[organisation]/personnes ?/invite': { name: 'Ana Diaz', email: 'ana@example.org', may: 'discuss' },
		'/structures/[organisation]/personnes ?/inviteFirst': { name: 'Ana Diaz', email: 'ana@example.org' },
		'/structures/[organisation]/personnes ?/revoke': { id: newId() },
		'/structures/[organisation]/personnes ?/mandate': { membershipId: membership, may: 'commit' },
		'/structures/[organisation]/personnes ?/title': { membershipId: membership, title: 'Trésorière' },
		'/structures/[organisation]/personnes ?/share': { membershipId: membership },
		'/structures/[organisation]/personnes ?/endManagement': { membershipId: membership },
		'/structures/[organisation]/personnes ?/end': { membershipId: membership },
		'/structures/nouvelle ?/default': { name: 'Les Amis du Canal', kind: 'association' }
	};

	const opening = (route: string, name: string): Opening => {
		const params = Object.fromEntries(
			[...route.matchAll(/\[([a-z]+)(?:=\w+)?\]/g)].map(([, key]) => {
				const value = places[key!];
				if (!value) throw new Error(`tests/matrix/doors.ts: say what [${key}] stands for in ${route}`);
				return [key!, value];
			})
		);
		const form = forms[`${route} ${name}`];
		if (name.startsWith('?/') && !form) throw new Error(`tests/matrix/doors.ts: say what is sent to ${route} ${name}`);
		const path = route.replace(/\[([a-z]+)(?:=\w+)?\]/g, (_, key: string) => params[key]!);
		return {
			path: name.startsWith('?/') ? path + name : path,
			params,
			form: form ?? {},
			thing: route.startsWith('/point/')
				? stock.checkIn
				: route.startsWith('/sondage/')
					? poll.id
					: route.startsWith('/reunion/')
						? meeting
						: (knowingLinks.find((one) => route.startsWith(one.route))?.thing ?? invited.id)
		};
	};
	return { visitors, opening, world };
}

/** Rosa's organisation accepted « Avril enchanté », then left it. */
async function plantDeparted(db: Kysely<DB>, world: World): Promise<Actor> {
	const joined = at(db, new Date('2026-11-04T09:00:00Z'));
	const person = await joined({ is: 'system', name: 'seeds' }, (context) =>
		personFor(allow(context, true), context.now, { name: 'Rosa Lemoine', email: 'rosa@example.org' })
	);
	const organisation = await joined(await actorFor(db, person), (context) =>
		registerOrganisation(context, {
			name: 'Théâtre du Lavoir',
			kind: 'association',
			commune: null,
			purpose: null,
			identifier: null
		})
	);
	await joined(world.actors.nadia, (context) =>
		proposePartner(context, world.cooperation.id, {
			name: 'Théâtre du Lavoir',
			organisationId: organisation.id,
			role: 'support',
			place: null,
			email: null,
			actingFor: null
		})
	);
	const rosa = await actorFor(db, person);
	const { id: partnerId } = await db
		.selectFrom('partners')
		.select('id')
		.where('organisationId', '=', organisation.id)
		.executeTakeFirstOrThrow();
	await joined(rosa, (context) => acceptPartnership(context, world.cooperation.id, { partnerId }));
	await at(db, new Date('2026-11-09T09:00:00Z'))(rosa, (context) =>
		leaveCooperation(context, world.cooperation.id, { partnerId, reason: 'Plus le temps.' })
	);
	return rosa;
}

/** A frozen agreement with a sheet, a document of the partners' own, and a draft that has changed since: what its doors open on. */
async function plantAgreement(as: ReturnType<typeof at>, world: World): Promise<Pick<Doors, 'places' | 'forms'>> {
	const { nadia } = world.actors;
	const cooperation = world.cooperation.id;
	const draft = (context: Context) =>
		findCooperationById(context, cooperation).then(async (found) =>
			readDraft(context, found, (await findAgreement(context, found))!)
		);
	const sheet = () => new File(['%PDF-1.7 signed %%EOF'], 'feuille.pdf', { type: 'application/pdf' });
	const organisation = world.structures.nadia;
	await as(nadia, (context) => writeAgreement(context, cooperation, { actingFor: null }));
	await as(nadia, async (context) => freeze(context, cooperation, { read: (await draft(context)).sha256, actingFor: null }));
	const [version] = await as(nadia, (context) => listVersions(context, cooperation));
	await as(nadia, (context) =>
		attachSignature(context, cooperation, {
			version: version!.id,
			organisation,
			file: sheet(),
			signatory: nadia.name,
			capacity: null,
			signedOn: '2026-11-15'
		})
	);
	const added = newId();
	await as(nadia, (context) =>
		addOwnArticle(context, cooperation, { id: added, title: 'Le goûter', text: 'Chacun apporte un gâteau.' })
	);
	const removed = await as(nadia, async (context) => {
		const { id } = (await draft(context)).standing.find(({ article }) => article === 'equality')!;
		await removeClause(context, cooperation, { clause: id });
		return id;
	});
	const { sha256, standing } = await as(nadia, draft);
	const clause = standing[0]!.id;
	const convention = '/cooperations/[cooperation]/convention';
	return {
		places: { clause, n: '1' },
		forms: {
			[`${convention} ?/write`]: {},
			[`${convention} ?/freeze`]: { read: sha256 },
			[`${convention} ?/keepDocument`]: { file: new File(['%PDF-1.7 ours %%EOF'], 'nous.pdf', { type: 'application/pdf' }) },
			[`${convention} ?/openTo`]: { audience: 'accompagnateur' },
			[`${convention}/articles ?/add`]: { article: 'loans' },
			[`${convention}/articles ?/own`]: { id: newId(), title: 'Un titre', text: 'Un texte.' },
			[`${convention}/articles ?/move`]: { clause, towards: 'down' },
			[`${convention}/articles ?/remove`]: { clause },
			[`${convention}/articles ?/bringBack`]: { clause: removed },
			[`${convention}/articles/[clause] ?/edit`]: { n: '1', title: 'Préambule', text: 'Un texte.' },
			[`${convention}/articles/[clause] ?/reset`]: { n: '1' },
			[`${convention}/versions/[n] ?/say`]: { version: version!.id, organisation },
			[`${convention}/versions/[n] ?/attach`]: {
				version: version!.id,
				organisation,
				file: sheet(),
				signatory: 'Nadia Benali',
				signedOn: '2026-11-15'
			}
		}
	};
}

/** What the parameters of an address stand for, and what is sent to each form. */
export type Doors = { places: Record<string, string>; forms: Record<string, Opening['form']> };
