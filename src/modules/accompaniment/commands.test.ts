import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { addArea, changeHub, openHub, removeArea } from '#modules/hubs/commands.server.ts';
import { findHub, hubSaysSo, listHubs } from '#modules/hubs/queries.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { kinds } from '#modules/lines/rules.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { personFor } from '#modules/people/commands.server.ts';
import type { Name } from '../../../seeds/world.ts';
import { listMyCooperations } from '#modules/cooperations/queries.server.ts';
import { findCareAround } from './queries/mine.server.ts';
import { testWorld } from '../../../tests/world.ts';
import {
	answerAccompaniment,
	askAccompaniment,
	endAccompaniment,
	noteCall,
	proposeToCooperation,
	proposeToOrganisation,
	writeProfileFor
} from './commands.server.ts';
import type { CallSaid } from './forms.ts';
import { findCallable, findDay, listAccompaniments, listCallable, listCalls } from './queries.server.ts';

const { world, as, seenBy, later } = await testWorld();
const { structures } = world;
const cooperationId = world.cooperation.id;
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];

const call = (over: Partial<CallSaid> = {}): CallSaid => ({
	id: newId(),
	organisationId: structures.odile,
	said: 'La salle est libre le mercredi.',
	cooperationId: null,
	spokenBy: null,
	kind: null,
	accepts: false,
	readBack: false,
	againOn: null,
	...over
});
const path = '/structures/x';
const relationId = async (context: Context, organisationId: string) =>
	(await listAccompaniments(context, { organisationId })).relations[0]!.id;

/** Claire's house accompanies Bruno's organisation: proposed, then accepted by its manager. */
async function accompanyBruno(claire: Context): Promise<void> {
	await proposeToOrganisation(claire, { id: structures.bruno, path }, { hubId: structures.claire });
	const bruno = seenBy(claire, 'bruno');
	await answerAccompaniment(bruno, { id: await relationId(bruno, structures.bruno) }, { accepted: true });
}

test('a stranger sees nothing: neither a day, nor calls, nor who accompanies a cooperation', async () => {
	await as('claire')(async (context) => {
		await noteCall(context, call({ cooperationId }));
		for (const name of ['samir', 'bruno', 'agathe'] as const) {
			const stranger = seenBy(context, name);
			await expect(findDay(stranger), name).rejects.toThrow(NotFound);
			expect((await listCalls(stranger, structures.odile)).calls, name).toEqual([]);
			expect(await listCallable(stranger), name).toEqual([]);
			await expect(listAccompaniments(stranger, { cooperationId }), name).rejects.toThrow(NotFound);
			await expect(noteCall(stranger, call()), name).rejects.toThrow(NotFound);
			await expect(findCallable(stranger, { organisationId: structures.odile, cooperationId }), name).rejects.toThrow(NotFound);
		}
	});
});

test('the accompagnateur of another hub sees nothing of what this one accompanies', async () => {
	await as('claire')(async (context) => {
		await accompanyBruno(context);
		await noteCall(context, call({ organisationId: structures.bruno }));
		const yann = seenBy(context, 'yann');
		const day = await findDay(yann);
		expect([day.wanted, day.waiting, day.organisations, day.cooperations]).toEqual([[], [], [], []]);
		expect((await listAccompaniments(yann, { organisationId: structures.bruno })).relations).toEqual([]);
		expect((await listCalls(yann, structures.bruno)).calls).toEqual([]);
		await expect(noteCall(yann, call({ organisationId: structures.bruno }))).rejects.toThrow(NotFound);
		const bruno = seenBy(context, 'bruno');
		await expect(endAccompaniment(yann, { id: await relationId(bruno, structures.bruno) })).rejects.toThrow(NotFound);
	});
});

test('an administrator opens a hub; nobody else does', async () => {
	await as('agathe')(async (context) => {
		const said = {
			organisationId: structures.samir,
			senderName: 'Maison de la radio',
			senderEmail: null,
			phone: '04',
			hours: null,
			presentation: null
		};
		for (const name of everyone.filter((one) => one !== 'agathe'))
			await expect(openHub(seenBy(context, name), said), name).rejects.toThrow(Forbidden);
		await openHub(context, said);
		await openHub(context, { ...said, phone: '05' });
		expect((await listHubs(context)).filter(({ name }) => name === 'Maison de la radio')).toMatchObject([{ phone: '05' }]);
	});
});

test('two who write what a hub says lose nothing: the second reads what the first wrote, and sends again', async () => {
	await as('yann')(async (context) => {
		const hubId = structures.yann;
		const read = hubSaysSo(await findHub(context, hubId));
		const said = { senderName: 'Maison du port', senderEmail: null, phone: null, hours: 'Le lundi', presentation: null };
		await changeHub(context, hubId, said, read);
		await expect(changeHub(context, hubId, { ...said, hours: 'Le mardi' }, read)).rejects.toThrow('hubs.changed-meanwhile');
		expect(await findHub(context, hubId)).toMatchObject({ name: 'Maison du port', hours: 'Le lundi' });
		await changeHub(context, hubId, said, read);
		await changeHub(context, hubId, { ...said, hours: 'Le mardi' }, hubSaysSo(await findHub(context, hubId)));
		expect(await findHub(context, hubId)).toMatchObject({ hours: 'Le mardi' });
	});
});

test('a territory is made of territories, and grants nothing', async () => {
	await as('yann')(async (context) => {
		const commune = { hubId: structures.yann, area: 'com-34172' };
		await addArea(context, commune);
		await addArea(context, commune);
		expect(await findHub(context, structures.yann)).toMatchObject({
			areas: [{ key: 'com-34172', name: 'Montpellier (Hérault)' }],
			communes: 1
		});
		// Bruno's organisation is in Montpellier.
		expect((await listCalls(context, structures.bruno)).calls).toEqual([]);
		expect((await findDay(context)).organisations).toEqual([]);
		await expect(noteCall(context, call({ organisationId: structures.bruno }))).rejects.toThrow(NotFound);
		expect((await listHubs(seenBy(context, 'bruno'), { communes: ['34172'] }))[0]).toMatchObject({ id: structures.yann });
		await expect(addArea(seenBy(context, 'claire'), commune)).rejects.toThrow(Forbidden);
		await expect(addArea(context, { ...commune, area: 'com-99999' })).rejects.toMatchObject({ code: 'hubs.area-unknown' });
		await removeArea(context, commune);
		expect(await findHub(context, structures.yann)).toMatchObject({ areas: [], communes: 0 });
		await expect(findHub(seenBy(context, 'claire'), structures.yann)).rejects.toThrow(NotFound);
	});
});

test('a hub proposes, the organisation accepts in its own name, and ends it when it wants', async () => {
	await as('yann')(async (context) => {
		await proposeToOrganisation(context, { id: structures.bruno, path }, { hubId: structures.yann });
		const bruno = seenBy(context, 'bruno');
		const id = await relationId(bruno, structures.bruno);
		expect((await findDay(context)).organisations).toEqual([]);
		await expect(answerAccompaniment(context, { id }, { accepted: true })).rejects.toThrow(Forbidden);
		await expect(answerAccompaniment(seenBy(context, 'nadia'), { id }, { accepted: true })).rejects.toThrow(NotFound);
		await answerAccompaniment(bruno, { id }, { accepted: true });
		await expect(answerAccompaniment(bruno, { id }, { accepted: true })).rejects.toMatchObject({ code: 'hubs.answer-living' });
		expect((await findDay(context)).organisations.map(({ name }) => name)).toEqual(['Les Jardins du Canal']);
		await endAccompaniment(bruno, { id });
		expect((await findDay(context)).organisations).toEqual([]);
		await expect(noteCall(context, call({ organisationId: structures.bruno }))).rejects.toThrow(NotFound);
		// It can be proposed again, and declined.
		await proposeToOrganisation(context, { id: structures.bruno, path }, { hubId: structures.yann });
		const waiting = (await listAccompaniments(bruno, { organisationId: structures.bruno })).relations.find(
			({ state }) => state === 'proposed'
		)!;
		await answerAccompaniment(bruno, { id: waiting.id }, { accepted: false });
		expect((await findDay(context)).waiting).toEqual([]);
	});
});

test('an organisation asks a hub, which answers; a member who does not manage cannot ask', async () => {
	await as('bruno')(async (context) => {
		const asked = { organisationId: structures.bruno };
		await expect(askAccompaniment(seenBy(context, 'samir'), asked, { hubId: structures.yann })).rejects.toThrow(Forbidden);
		await askAccompaniment(context, asked, { hubId: structures.yann });
		await expect(
			sql`savepoint one`.execute(context.db as never).then(() => askAccompaniment(context, asked, { hubId: structures.yann }))
		).rejects.toMatchObject({ constraint: 'organisation_accompanied_once' });
		await sql`rollback to savepoint one`.execute(context.db as never);
		const yann = seenBy(context, 'yann');
		const [waiting] = (await findDay(yann)).waiting;
		expect(waiting).toMatchObject({ mine: true, name: 'Les Jardins du Canal' });
		await expect(answerAccompaniment(context, { id: waiting!.id }, { accepted: true })).rejects.toThrow(Forbidden);
		await expect(answerAccompaniment(seenBy(context, 'claire'), { id: waiting!.id }, { accepted: true })).rejects.toThrow(
			NotFound
		);
		await answerAccompaniment(yann, { id: waiting!.id }, { accepted: true });
		expect((await findDay(yann)).wanted.map(({ reasons }) => reasons.map(({ kind }) => kind))).toEqual([['first']]);
	});
});

test('a hub proposes itself to a cooperation by its code, and sees nothing before a partner accepts', async () => {
	await as('yann')(async (context) => {
		const hubId = structures.yann;
		await expect(proposeToCooperation(context, { hubId, code: 'zzzzzzz' })).rejects.toMatchObject({ code: 'hubs.code-unknown' });
		await proposeToCooperation(context, { hubId, code: world.cooperation.path });
		expect((await findDay(context)).cooperations).toEqual([]);
		await expect(findCooperationById(context, cooperationId)).rejects.toThrow(NotFound);
		// The partners' managers learn it with the rest of their news, once each; the invited town does not.
		const told = await context.db.selectFrom('notices').select(['personId', 'kind', 'path']).execute();
		expect(told.map(({ personId }) => personId).toSorted()).toEqual([world.actors.nadia.id, world.actors.odile.id].toSorted());
		expect(told[0]).toMatchObject({ kind: 'accompaniment', path: `${world.cooperation.path}/accompagnement` });
		const nadia = seenBy(context, 'nadia');
		const { relations } = await listAccompaniments(nadia, { cooperationId });
		const { id } = relations.find((one) => one.hubId === hubId)!;
		// Hélène's town is only invited: it does not answer for the cooperation.
		await expect(answerAccompaniment(seenBy(context, 'helene'), { id }, { accepted: true })).rejects.toThrow(NotFound);
		await answerAccompaniment(nadia, { id }, { accepted: true });
		expect((await findDay(context)).cooperations.map(({ id }) => id)).toEqual([cooperationId]);
		await endAccompaniment(context, { id });
		await expect(findCooperationById(context, cooperationId)).rejects.toThrow(NotFound);
	});
});

test('a call of a partner is a line in its name, read by the partners and the hub; the organisation is told', async () => {
	await as('claire')(async (context) => {
		const noted = call({ cooperationId, kind: 'need', said: 'Il nous faut vingt chaises.' });
		expect(await noteCall(context, noted)).toEqual({ told: true, name: 'Compagnie des Tréteaux' });
		for (const name of ['nadia', 'odile', 'claire'] as const) {
			const lines = await listLines(seenBy(context, name), cooperationId, kinds);
			expect(lines, name).toMatchObject([
				{
					text: noted.said,
					kind: 'need',
					speaker: 'Compagnie des Tréteaux',
					evidence: 'telephone',
					audience: 'accompagnateur',
					personId: null,
					enteredBy: world.actors.claire.id,
					sourceKind: 'call'
				}
			]);
		}
		const odile = seenBy(context, 'odile');
		expect((await listCalls(odile, structures.odile)).calls).toMatchObject([
			{ said: noted.said, notedBy: 'Claire Vasseur', toldAt: later }
		]);
		const told = await context.db.selectFrom('notices').select(['personId', 'kind', 'text']).execute();
		expect(told).toMatchObject([{ personId: world.actors.odile.id, kind: 'call' }]);
		// Sent twice, noted once.
		await noteCall(context, noted);
		expect((await listCalls(odile, structures.odile)).calls).toHaveLength(1);
	});
});

test('a call about an invitation may accept it, in the organisation’s name', async () => {
	await as('claire')(async (context) => {
		const helene = { organisationId: structures.helene, cooperationId, said: 'Oui, la mairie prête la salle.' };
		const before = call(helene);
		await noteCall(context, before);
		expect(await listLines(context, cooperationId, kinds)).toEqual([]);
		await noteCall(context, call({ ...helene, accepts: true }));
		expect(await listLines(context, cooperationId, kinds)).toHaveLength(1);
		const { accepted } = await findCooperationById(context, cooperationId);
		expect(accepted.map(({ name, acceptedEvidence }) => [name, acceptedEvidence])).toContainEqual([
			'Ville de Valsorbier',
			'telephone'
		]);
		await expect(noteCall(context, call({ ...helene, cooperationId: null, accepts: true }))).rejects.toMatchObject({
			code: 'hubs.accepts-what'
		});
	});
});

test('an invitation that is alone is accepted without being chosen', async () => {
	await as('claire')(async (context) => {
		await noteCall(context, call({ organisationId: structures.helene, said: 'C’est oui.', accepts: true }));
		const { accepted } = await findCooperationById(context, cooperationId);
		expect(accepted.map(({ name }) => name)).toContain('Ville de Valsorbier');
	});
});

test('without an address the organisation is told at the next call', async () => {
	await as('claire')(async (context) => {
		await accompanyBruno(context);
		const write = allow(context, true);
		await write.updateTable('persons').set({ email: null }).where('id', '=', world.actors.bruno.id).execute();
		const first = call({ organisationId: structures.bruno, said: 'Nous sommes fermés en août.' });
		expect(await noteCall(context, first)).toMatchObject({ told: false });
		const bruno = seenBy(context, 'bruno');
		expect((await listCalls(bruno, structures.bruno)).calls).toMatchObject([{ said: first.said, toldAt: null }]);
		const next = { ...context, now: new Date(later.getTime() + 86_400_000) };
		await noteCall(next, call({ organisationId: structures.bruno, said: 'Merci.', readBack: true }));
		expect((await listCalls(bruno, structures.bruno)).calls.map(({ toldAt }) => toldAt)).toEqual([null, next.now]);
		// Nadia and Odile read nothing of it.
		for (const name of ['nadia', 'odile'] as const)
			expect((await listCalls(seenBy(context, name), structures.bruno)).calls).toEqual([]);
	});
});

test('the hub writes the profile of an organisation that accepted it, and of no other', async () => {
	await as('claire')(async (context) => {
		const profile = {
			name: 'Les Jardins du Canal',
			kind: 'association',
			shortName: null,
			otherNames: [],
			commune: null,
			purpose: 'Cultiver ensemble.',
			values: null,
			themes: [],
			audiences: [],
			networks: [],
			constraints: null,
			employees: null,
			volunteers: null,
			budgetClass: null,
			channels: ['phone'],
			website: null,
			email: null,
			phone: null
		} satisfies Parameters<typeof writeProfileFor>[2];
		const organisation = { id: structures.bruno, name: 'Les Jardins du Canal', path };
		await expect(writeProfileFor(context, organisation, profile)).rejects.toThrow(NotFound);
		await accompanyBruno(context);
		await writeProfileFor(context, organisation, profile);
		const { purpose } = await context.db
			.selectFrom('organisations')
			.select('purpose')
			.where('id', '=', structures.bruno)
			.executeTakeFirstOrThrow();
		expect(purpose).toBe('Cultiver ensemble.');
	});
});

test('a meeting that is fixed and a poll that is answered ask for no call', async () => {
	await as(
		'claire',
		new Date('2026-11-20T09:00:00Z')
	)(async (context) => {
		const reasons = async () =>
			(await findDay(context)).wanted.map(({ organisation, reasons }) => [organisation.name, ...reasons.map(({ kind }) => kind)]);
		const at = context.now;
		const write = allow(context, true);
		await write.updateTable('partners').set({ invitedAt: at }).where('organisationId', '=', structures.helene).execute();
		expect(await reasons()).toEqual([['L’Atelier du Soleil', 'meeting']]);
		const meeting = {
			id: newId(),
			code: 'm',
			cooperationId,
			title: 'x',
			startsAt: new Date('2026-12-01T18:00:00Z'),
			endsAt: new Date('2026-12-01T19:00:00Z'),
			zone: 'Europe/Paris',
			uid: 'x',
			actingFor: structures.nadia,
			convenedAt: at,
			changedAt: at
		};
		await write.insertInto('meetings').values(meeting).execute();
		expect(await reasons()).toEqual([]);
		const poll = newId();
		const openedAt = new Date('2026-11-10T09:00:00Z');
		await write
			.insertInto('polls')
			.values({
				id: poll,
				code: 'p',
				cooperationId,
				title: 'x',
				minutes: 60,
				zone: 'Europe/Paris',
				deadline: '2026-11-30',
				closesAt: new Date('2026-11-30T22:00:00Z'),
				remindAt: at,
				organiser: world.actors.nadia.id,
				actingFor: structures.nadia,
				openedAt,
				openToken: 'x'
			})
			.execute();
		const invitees = ['nadia', 'odile'] as const;
		const ids = { nadia: newId(), odile: newId() };
		await write
			.insertInto('pollInvitees')
			.values(
				invitees.map((name) => ({
					id: ids[name],
					pollId: poll,
					name,
					organisationId: structures[name],
					personId: world.actors[name].id,
					invitedAt: openedAt
				}))
			)
			.execute();
		await write.insertInto('pollReplies').values({ inviteeId: ids.nadia, answeredAt: at, evidence: 'direct' }).execute();
		expect(await reasons()).toEqual([['Compagnie des Tréteaux', 'poll']]);
	});
});

test('the day of a house that accompanies two hundred cooperations asks no more of the database than that of one', async () => {
	await as('claire')(async (context) => {
		const counted = async () => {
			let queries = 0;
			const db = new Proxy(context.db, {
				get(target, key) {
					if (key === 'selectFrom') queries++;
					const value: unknown = Reflect.get(target, key);
					return typeof value === 'function' ? value.bind(target) : value;
				}
			});
			const day = await findDay({ ...context, db });
			return { queries, day };
		};
		const one = await counted();
		const write = allow(context, true);
		const at = new Date('2026-09-01T09:00:00Z');
		const many = Array.from({ length: 200 }, (_, i) => ({ id: newId(), code: `code${i}` }));
		await write
			.insertInto('cooperations')
			.values(
				many.map(({ id, code }) => ({
					id,
					code,
					name: code,
					sentence: code,
					zone: 'Europe/Paris',
					begunAt: at,
					begunBy: world.actors.samir.id,
					begunFor: structures.samir
				}))
			)
			.execute();
		await write
			.insertInto('partners')
			.values(
				many.flatMap(({ id }) => [
					{
						id: newId(),
						cooperationId: id,
						organisationId: structures.samir,
						role: 'carrier',
						position: 1,
						invitedAt: at,
						acceptedAt: at
					},
					{ id: newId(), cooperationId: id, organisationId: structures.bruno, role: 'carrier', position: 2, invitedAt: at }
				])
			)
			.execute();
		await write
			.insertInto('accompaniments')
			.values(
				many.map(({ id }) => ({
					id: newId(),
					hubId: structures.claire,
					cooperationId: id,
					posture: 'accompanies',
					proposedAt: at,
					proposedByHub: true,
					acceptedAt: at
				}))
			)
			.execute();
		const all = await counted();
		expect(all.day.cooperations).toHaveLength(201);
		expect(all.day.wanted.map(({ organisation, reasons }) => [organisation.name, reasons.length])).toEqual([
			['Les Jardins du Canal', 200],
			['Ville de Valsorbier', 1],
			['Radio Sorbier', 400],
			['L’Atelier du Soleil', 1]
		]);
		expect(all.queries).toBe(one.queries);
	});
});

test('home says which proposal of a hub waits for whom, and whom to telephone', async () => {
	await as('yann')(async (context) => {
		await proposeToOrganisation(
			context,
			{ id: structures.nadia, path: world.actors.nadia.belongings[0]!.path },
			{ hubId: structures.yann }
		);
		const around = async (name: Name) => {
			const reader = seenBy(context, name);
			const { cooperations } = await listMyCooperations(reader, { page: 1 });
			return findCareAround(
				reader,
				cooperations.map((one) => ({ ...one, accompanied: false }))
			);
		};
		expect((await around('nadia')).waiting).toMatchObject([{ name: 'L’Atelier du Soleil' }]);
		expect((await around('nadia')).phone).toMatchObject({
			hub: 'Maison des associations de Valsorbier',
			phone: '01 00 00 00 00'
		});
		expect((await around('odile')).waiting).toEqual([]);
		expect(await around('samir')).toEqual({ waiting: [], phone: null });
	});
});

test('whoever accompanies learns that somebody asks; while nobody does, who manages the house learns it', async () => {
	const told = async (context: Context) =>
		(
			await context.db
				.selectFrom('notices')
				.select(['personId', 'path'])
				.where('kind', '=', 'accompaniment')
				.where('at', '>=', later)
				.execute()
		).map(({ personId, path: to }) => [personId, to]);
	await as('bruno')(async (context) => {
		const write = allow(context, true);
		const lina = await personFor(write, later, { name: 'Lina Ferrer', email: 'lina@example.org' });
		await write
			.insertInto('memberships')
			.values({ id: newId(), organisationId: structures.claire, personId: lina, joinedAt: later, accompaniesSince: later })
			.execute();
		await askAccompaniment(context, { organisationId: structures.bruno }, { hubId: structures.claire });
		expect((await told(context)).toSorted()).toEqual(
			[
				[lina, '/maison'],
				[world.actors.claire.id, '/maison']
			].toSorted()
		);
	});
	await as('bruno')(async (context) => {
		await allow(context, true)
			.updateTable('memberships')
			.set({ accompaniesSince: null })
			.where('organisationId', '=', structures.claire)
			.execute();
		expect((await listHubs(context)).find(({ id }) => id === structures.claire)).toMatchObject({ people: 0 });
		await askAccompaniment(context, { organisationId: structures.bruno }, { hubId: structures.claire });
		expect(await told(context)).toEqual([[world.actors.claire.id, expect.stringMatching(/^\/maisons\/.*\/gerer$/)]]);
	});
});
