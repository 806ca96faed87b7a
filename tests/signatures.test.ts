import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { noteCall } from '#modules/accompaniment/commands.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { invitePartner } from '#modules/cooperations/commands.server.ts';
import { openHub } from '#modules/hubs/commands.server.ts';
import { askReplyTo, confirmReplyTo, writeSignature } from '#modules/hubs/houses/commands.server.ts';
import { sendMailing } from '#modules/mailings/commands.server.ts';
import { convene } from '#modules/meetings/commands.server.ts';
import { cancelMeeting } from '#modules/meetings/commands/changing.server.ts';
import { circulateMinutes, minute, notePresence } from '#modules/meetings/commands/minutes.server.ts';
import { cancelPoll, openPoll } from '#modules/meetings/polls/commands.server.ts';
import { noteAnswer } from '#modules/meetings/polls/commands/answering.server.ts';
import { listParticipants } from '#modules/meetings/queries/participants.server.ts';
import { deliverWaiting } from '#modules/notices/outbox/reactions.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { stranger } from '#platform/actor.ts';
import { allow, inTransaction } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { jobs } from '../src/jobs.server.ts';
import { smtpServer } from './smtp.ts';
import { testWorld } from './world.ts';

const { db, world, keep, later } = await testWorld();
const { structures, actors } = world;
const cooperation = world.cooperation.id;
const house = 'Maison des associations de Valsorbier';
const answered = 'maison@valsorbier.example';
const signature = 'Claire Vasseur\n01 00 00 00 00';

/** What leaves, as a server of mails receives it. */
async function received(at: Date) {
	const server = await smtpServer();
	const asSystem = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
		inTransaction(db, { actor: { is: 'system', name: 'deliver-mails' }, now: at, mode: 'write' }, work);
	try {
		await deliverWaiting(
			{ db, now: at, stopping: () => false, asSystem },
			{ smtpUrl: server.url, mailFrom: 'Ensemblier <coop@instance.example>' }
		);
		const mails = await Promise.all(server.messages.map(({ raw }) => PostalMime.parse(raw)));
		return mails.map(({ from, replyTo, to, subject, text }) => ({
			to: to![0]!.address!,
			from: from!.name,
			address: from!.address,
			answered: replyTo?.[0]?.address ?? null,
			subject: subject!,
			signed: text!.includes(signature)
		}));
	} finally {
		await server.close();
	}
}

await keep('claire')((context) => writeSignature(context, structures.claire, { signature }));
await keep('claire')((context) => askReplyTo(context, structures.claire, { email: answered }));
const { text } = await db.selectFrom('mails').select('text').orderBy('id', 'desc').executeTakeFirstOrThrow();
await keep(stranger)((context) => confirmReplyTo(context, /adresse\/([\w-]+)/.exec(text)![1]!));
await received(later);

const at = new Date('2026-11-30T10:00:00Z');
const during = new Date('2026-12-03T18:00:00Z');

test('a mail about a cooperation is signed by the house that accompanies it: alone when it writes, through it when a partner does', async () => {
	const poll = {
		id: newId(),
		title: 'la réunion de calage',
		place: null,
		minutes: 90,
		deadline: '2026-12-06',
		rows: [
			{ date: '2026-12-08', time: '18:30' },
			{ date: '2026-12-09', time: '18:30' }
		],
		who: [actors.odile.id],
		guests: 'Fatou Diop, fatou@example.org, Fil et Lumière',
		actingFor: null
	};
	const by = { name: `Nadia Benali, par ${house}`, answered };
	const nadiaHerself = { ...by, answered: 'nadia@example.org' };
	const alone = { name: house, answered };
	const expected = async (said: string, who: typeof by, when = at) => {
		const mails = await received(when);
		expect(mails.length, said).toBeGreaterThan(0);
		for (const one of mails)
			expect(one, said).toMatchObject({ from: who.name, answered: who.answered, address: 'coop@instance.example', signed: true });
	};

	await keep('nadia', at)((context) => openPoll(context, cooperation, poll));
	await expected('asked for a date', by);
	const fatou = await db
		.selectFrom('pollInvitees')
		.select('id')
		.where('pollId', '=', poll.id)
		.where('email', '=', 'fatou@example.org')
		.executeTakeFirstOrThrow();
	const [slot] = await db.selectFrom('pollSlots').select('id').where('pollId', '=', poll.id).execute();
	await keep(
		'claire',
		at
	)((context) => noteAnswer(context, poll.id, { inviteeId: fatou.id, answers: { [slot!.id]: 'yes' }, comment: null }));
	await expected('answered on the telephone', alone);
	await keep('nadia', at)((context) => cancelPoll(context, poll.id, { reason: 'Trop tôt.' }));
	await expected('given up', by);

	const meet = (title: string) =>
		keep(
			'nadia',
			at
		)(async (context) => {
			const { id } = await convene(allow(context, true), context, await findCooperationById(context, cooperation), {
				title,
				place: null,
				startsAt: new Date('2026-12-03T17:30:00Z'),
				minutes: 90,
				pollId: null,
				participants: [
					{ personId: actors.odile.id, name: 'Odile', email: 'odile@example.org', organisationId: structures.odile },
					{ personId: null, name: 'Lise', email: 'lise@example.org', organisationId: structures.odile }
				],
				actingFor: { id: structures.nadia, name: 'L’Atelier du Soleil' }
			});
			return id;
		});
	const kept = await meet('Préparer la scène');
	await expected('convened', nadiaHerself);
	await keep('nadia', at)((context) => cancelMeeting(context, kept, { reason: 'La salle est prise.' }));
	await expected('cancelled', nadiaHerself);
	const met = await meet('Préparer la scène');
	await received(at);
	await keep(
		'nadia',
		during
	)(async (context) => {
		const [first] = await listParticipants(context, met);
		await notePresence(context, met, { participant: first!.id, presence: 'present', representedBy: null });
		await minute(context, met, {
			...noDetails,
			id: newId(),
			kind: 'decision',
			text: 'La pièce se joue dehors.',
			actingFor: null,
			point: null
		});
		await circulateMinutes(context, met);
	});
	await expected('minutes', by, during);

	await keep(
		'nadia',
		during
	)(async (context) => {
		const organisation = { id: structures.bruno, name: actors.bruno.belongings[0]!.name };
		await invitePartner(allow(context, true), context, await findCooperationById(context, cooperation), organisation, {
			role: 'associate',
			place: null,
			email: null,
			invitedFor: { id: structures.nadia, name: 'L’Atelier du Soleil' },
			position: 9
		});
	});
	await expected('invited', by, during);

	await keep(
		'claire',
		during
	)((context) =>
		sendMailing(context, actors.claire.belongings[0]!.path.replace('/structures/', ''), {
			id: newId(),
			kind: 'refresh',
			title: 'Est-ce toujours vrai ?',
			text: 'Merci de confirmer.',
			heldOn: null,
			place: null,
			paper: false,
			to: [structures.odile]
		})
	);
	await expected('asked to confirm', alone, during);
});

test('what is told together is signed by the house when all is about what it accompanies', async () => {
	await keep(
		'claire',
		during
	)((context) =>
		noteCall(context, {
			id: newId(),
			organisationId: structures.odile,
			cooperationId: cooperation,
			said: 'Nous venons.',
			kind: null,
			accepts: false,
			readBack: false,
			againOn: null,
			spokenBy: null
		})
	);
	const next = new Date('2026-12-05T08:00:00Z');
	const job = jobs.find(({ name }) => name === 'tell-notices')!;
	await db.deleteFrom('notices').where('personId', '!=', actors.odile.id).execute();
	await job.run({
		db,
		now: next,
		stopping: () => false,
		asSystem: (work) => inTransaction(db, { actor: { is: 'system', name: 'tell-notices' }, now: next, mode: 'write' }, work)
	});
	expect(await received(next)).toMatchObject([{ to: 'odile@example.org', from: house, answered, signed: true }]);
});

test('a house that has closed, or that accompanies nothing here, signs nothing', async () => {
	await keep(
		'agathe',
		during
	)(async (context) => {
		await openHub(context, {
			organisationId: structures.samir,
			senderName: 'Maison de la radio',
			senderEmail: null,
			phone: null,
			hours: null,
			presentation: null
		});
		await allow(context, true)
			.updateTable('accompaniments')
			.set({ endedAt: during })
			.where('cooperationId', '=', cooperation)
			.execute();
	});
	await received(during);
	await keep(
		'nadia',
		during
	)((context) =>
		openPoll(context, cooperation, {
			id: newId(),
			title: 'une autre réunion',
			place: null,
			minutes: 90,
			deadline: '2026-12-10',
			rows: [
				{ date: '2026-12-15', time: '18:30' },
				{ date: '2026-12-16', time: '18:30' }
			],
			who: [actors.odile.id],
			guests: null,
			actingFor: null
		})
	);
	expect(await received(during)).toMatchObject([{ from: 'Nadia Benali, par Ensemblier', answered: null, signed: false }]);
});
