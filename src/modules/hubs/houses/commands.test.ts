import { expect, test } from 'vitest';
import PostalMime from 'postal-mime';
import { searchIn } from '#modules/organisations/forms.ts';
import { addMember } from '#modules/organisations/commands.server.ts';
import { communesOf } from '#modules/organisations/queries.server.ts';
import { acceptInvitation } from '#modules/organisations/commands/invitations.server.ts';
import { endMembership } from '#modules/organisations/commands/mandates.server.ts';
import { listMembers } from '#modules/organisations/queries/people.server.ts';
import { understandDirectory } from '#modules/organisations/queries/asked.server.ts';
import { listDirectory } from '#modules/organisations/queries/directory.server.ts';
import { deliverWaiting } from '#modules/notices/outbox/reactions.server.ts';
import { drawArea, importTerritories } from '#modules/territories/commands.server.ts';
import { findArea } from '#modules/territories/queries/areas.server.ts';
import { stranger } from '#platform/actor.ts';
import { allow, inTransaction } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { actorFor } from '../../../../seeds/world.ts';
import { smtpServer } from '../../../../tests/smtp.ts';
import { testWorld } from '../../../../tests/world.ts';
import { findOnlyManager } from '../care/queries.server.ts';
import { addArea, openHub, removeArea } from '../commands.server.ts';
import { findHub, listHubs } from '../queries.server.ts';
import {
	askReplyTo,
	confirmReplyTo,
	forgetReplyTo,
	inviteAccompagnateur,
	nameAccompagnateur,
	removeAccompagnateur,
	writeSignature
} from './commands.server.ts';
import { findHouse, findKeeping, listWithoutHouse } from './queries.server.ts';

const { db, world, as, keep, seenBy, later: now } = await testWorld();
const { structures } = world;
const nothingSaid = { senderEmail: null, phone: null, hours: null, presentation: null };
const tokenIn = (text: string) => /(?:invitation|adresse)\/([\w-]+)/.exec(text)![1]!;
const lastMail = () =>
	db.selectFrom('mails').selectAll().orderBy('queuedAt', 'desc').orderBy('id', 'desc').executeTakeFirstOrThrow();

test('an administrator opens a house and names who accompanies; whoever accepts enters for it, and for another as well', async () => {
	await keep('agathe')(async (context) => {
		await openHub(context, { organisationId: structures.samir, senderName: 'Maison de la radio', ...nothingSaid });
		// Its manager accompanies from the start.
		expect((await findKeeping(context, `x-${(await findHub(context, structures.samir)).code}`)).members).toMatchObject([
			{ name: 'Samir Haddad', accompanies: true }
		]);
		expect(await inviteAccompagnateur(context, structures.samir, { name: 'Yann', email: 'yann@example.org' })).toMatchObject({
			named: false
		});
		await expect(
			inviteAccompagnateur(context, structures.samir, { name: 'Yann', email: 'YANN@example.org' })
		).rejects.toMatchObject({ code: 'organisations.already-invited' });
	});
	const mail = await lastMail();
	expect(mail).toMatchObject({ toEmail: 'yann@example.org', fromName: 'Maison de la radio', byHouse: true });
	await keep(stranger)((context) => acceptInvitation(context, tokenIn(mail.text)));
	const yann = await actorFor(db, world.actors.yann.id, now);
	expect(yann.hubs.toSorted()).toEqual([structures.samir, structures.yann].toSorted());
	// He belongs, and manages nothing there.
	expect(yann.belongings.find(({ organisationId }) => organisationId === structures.samir)).toMatchObject({ manager: false });
});

test('belonging to the organisation of a house is not accompanying for it', async () => {
	const member = newId();
	await db
		.insertInto('memberships')
		.values({ id: member, organisationId: structures.claire, personId: world.actors.bruno.id, joinedAt: now })
		.execute();
	expect((await actorFor(db, world.actors.bruno.id)).hubs).toEqual([]);
	await keep('claire')((context) => nameAccompagnateur(context, structures.claire, { membershipId: member }));
	expect((await actorFor(db, world.actors.bruno.id)).hubs).toEqual([structures.claire]);
	const told = await db.selectFrom('notices').select('text').where('personId', '=', world.actors.bruno.id).execute();
	expect(told.map(({ text }) => text)).toContain('Vous accompagnez maintenant pour Maison des associations de Valsorbier.');
	await keep('claire')((context) => removeAccompagnateur(context, structures.claire, { membershipId: member }));
	expect((await actorFor(db, world.actors.bruno.id)).hubs).toEqual([]);
	await db.deleteFrom('memberships').where('id', '=', member).execute();
});

test('the last who accompanies stays, until another is named', async () => {
	await as('claire')(async (context) => {
		const [me] = await listMembers(context, structures.claire);
		const last = { membershipId: me!.membershipId };
		await expect(removeAccompagnateur(context, structures.claire, last)).rejects.toMatchObject({
			code: 'organisations.last-accompagnateur'
		});
		await expect(endMembership(context, structures.claire, last)).rejects.toMatchObject({
			code: 'organisations.last-accompagnateur'
		});
		await expect(nameAccompagnateur(context, structures.claire, last)).rejects.toMatchObject({
			code: 'organisations.already-accompanies'
		});
	});
});

test('what a house signs with is said again without naming again whom it has removed', async () => {
	await as('agathe')(async (context) => {
		const organisationId = structures.samir;
		await openHub(context, { organisationId, senderName: 'Maison de la radio', ...nothingSaid });
		const naming = () =>
			context.db
				.selectFrom('memberships')
				.select('id')
				.where('organisationId', '=', organisationId)
				.where('accompaniesSince', 'is not', null)
				.execute();
		expect(await naming()).not.toEqual([]);
		await allow(context, true)
			.updateTable('memberships')
			.set({ accompaniesSince: null })
			.where('organisationId', '=', organisationId)
			.execute();
		await openHub(context, { organisationId, senderName: 'Maison des ondes', ...nothingSaid });
		expect(await naming()).toEqual([]);
	});
});

test('a territory is chosen among territories; an address narrows the directory by it; what is shared by two stays', async () => {
	await as('agathe')(async (context) => {
		const hubId = structures.yann;
		const { key } = await drawArea(context, {
			id: newId(),
			name: 'Le haut du 20e',
			communes: 'Paris 20e : Belleville\nMontreuil'
		});
		await addArea(context, { hubId, area: key });
		await addArea(context, { hubId, area: 'com-93048' });
		const hub = await findHub(context, hubId);
		expect(hub.communes).toBe(2);
		expect(hub.areas.map(({ name, parts }) => [name, parts])).toEqual([
			['Le haut du 20e', ['Belleville']],
			['Montreuil (Seine-Saint-Denis)', []]
		]);
		const asked = searchIn(new URL(`http://here/structures?lieu=maison-${hub.code}`));
		const { organisations } = await listDirectory(context, await understandDirectory(context, asked), asked);
		expect(organisations.map(({ name }) => name).toSorted()).toEqual([
			'Compagnie des Tréteaux',
			'L’Atelier du Soleil',
			'Radio Sorbier'
		]);
		// No larger territory, and no part of one, hides a house that is nearer.
		await addArea(context, { hubId: structures.claire, area: 'dep-75' });
		const [first, second] = await listHubs(context, { communes: ['75120'] });
		expect([first!.id, first!.part, second!.id, second!.part]).toEqual([structures.yann, 'Belleville', structures.claire, null]);
		await removeArea(context, { hubId, area: key });
		expect(await findHub(context, hubId)).toMatchObject({ communes: 1 });
		await expect(addArea(context, { hubId, area: `maison-${hub.code}` })).rejects.toMatchObject({ code: 'hubs.area-unknown' });
		expect((await findArea(context.db, `maison-${hub.code}`))!.codes).toContain('93048');
	});
});

test('what no house accompanies is listed for the house of that territory', async () => {
	await as('yann')(async (context) => {
		await addArea(context, { hubId: structures.yann, area: 'com-34172' });
		const house = await findHub(context, structures.yann);
		expect(await listWithoutHouse(context, house, 1)).toMatchObject({
			count: 1,
			organisations: [{ name: 'Les Jardins du Canal' }]
		});
		await expect(listWithoutHouse(seenBy(context, 'claire'), house, 1)).rejects.toThrow(NotFound);
	});
});

test('a commune abroad is in the territory of a house, by its name or its postcode', async () => {
	await as('agathe')(async (context) => {
		const file = new File(['NIS;Nom;codes_postaux\n55022;La Louvière;\n57081;Tournai;7500\n'], 'communes.csv');
		await importTerritories(context, { kind: 'foreign_commune', file });
		for (const area of ['ext-55022', 'ext-57081']) await addArea(context, { hubId: structures.yann, area });
		expect((await findHub(context, structures.yann)).communes).toBe(2);
		const move = (id: string, communeName: string, postcode: string | null) =>
			allow(context, true)
				.updateTable('organisations')
				.set({ communeCode: null, communeName, postcode })
				.where('id', '=', id)
				.execute();
		await move(structures.bruno, 'LA LOUVIERE', null);
		await move(structures.odile, 'Tournay', '7500');
		const yann = seenBy(context, 'yann');
		const { organisations } = await listWithoutHouse(yann, await findHub(yann, structures.yann), 1);
		expect(organisations.map(({ id }) => id).toSorted()).toEqual([structures.bruno, structures.odile].toSorted());
		for (const id of [structures.bruno, structures.odile])
			expect((await listHubs(yann, { communes: await communesOf(context.db, [id]) }))[0]).toMatchObject({
				id: structures.yann,
				here: expect.stringMatching(/^ext-/)
			});
		const asked = searchIn(new URL(`http://here/structures?lieu=maison-${(await findHub(context, structures.yann)).code}`));
		expect((await listDirectory(context, await understandDirectory(context, asked), asked)).count).toBe(2);
	});
});

test('a house signs, and is answered where it proved; the instance’s own address sends', async () => {
	const hubId = structures.claire;
	await keep('claire')((context) => writeSignature(context, hubId, { signature: 'Claire Vasseur\n01 00 00 00 00' }));
	await keep('claire')((context) => askReplyTo(context, hubId, { email: 'maison@valsorbier.example' }));
	const asked = await lastMail();
	expect(asked).toMatchObject({ toEmail: 'maison@valsorbier.example', byHouse: false, secret: true });
	// Asked for is not proven.
	await keep('claire')((context) => inviteAccompagnateur(context, hubId, { name: 'Lou', email: 'lou@example.org' }));
	expect(await lastMail()).toMatchObject({ toEmail: 'lou@example.org', replyTo: null, byHouse: true });
	const token = tokenIn(asked.text);
	await keep(stranger)((context) => confirmReplyTo(context, token));
	await expect(keep(stranger)((context) => confirmReplyTo(context, token))).rejects.toMatchObject({ code: 'hubs.reply-used' });
	await expect(keep(stranger)((context) => confirmReplyTo(context, 'autre'))).rejects.toThrow(NotFound);
	await keep('claire')((context) => inviteAccompagnateur(context, hubId, { name: 'Max', email: 'max@example.org' }));
	const server = await smtpServer();
	try {
		const at = new Date(now.getTime() + 60_000);
		await deliverWaiting(
			{
				db,
				now: at,
				stopping: () => false,
				asSystem: (work) => inTransaction(db, { actor: { is: 'system', name: 'deliver-mails' }, now: at, mode: 'write' }, work)
			},
			{ smtpUrl: server.url, mailFrom: 'Ensemblier <coop@instance.example>' }
		);
		const mails = await Promise.all(server.messages.map(({ raw }) => PostalMime.parse(raw)));
		const max = mails.find(({ to }) => to?.[0]?.address === 'max@example.org')!;
		expect(max.from).toEqual({ name: 'Maison des associations de Valsorbier', address: 'coop@instance.example' });
		expect(max.replyTo).toMatchObject([{ address: 'maison@valsorbier.example' }]);
		expect(max.text).toContain('Claire Vasseur\n01 00 00 00 00');
		// The envelope and the header say the same domain: nothing is spoofed.
		expect(server.messages.every(({ from }) => from === 'coop@instance.example')).toBe(true);
	} finally {
		await server.close();
	}
	await keep('claire')((context) => forgetReplyTo(context, hubId));
});

test('a link that proves an address lives a day, and the newest alone', async () => {
	await keep('yann')((context) => askReplyTo(context, structures.yann, { email: 'un@example.org' }));
	const first = tokenIn((await lastMail()).text);
	await keep(
		'yann',
		new Date('2026-11-16T10:00:00Z')
	)((context) => askReplyTo(context, structures.yann, { email: 'deux@example.org' }));
	const second = tokenIn((await lastMail()).text);
	await expect(
		keep(stranger, new Date('2026-11-16T10:01:00Z'))((context) => confirmReplyTo(context, first))
	).rejects.toMatchObject({
		code: 'hubs.reply-expired'
	});
	await expect(
		keep(stranger, new Date('2026-11-17T10:01:00Z'))((context) => confirmReplyTo(context, second))
	).rejects.toMatchObject({
		code: 'hubs.reply-expired'
	});
});

test('who alone holds the key is said to the people of the organisation and to its house, and to nobody else', () =>
	as('bruno')(async (context) => {
		expect(await findOnlyManager(context, structures.bruno)).toEqual({
			name: 'Bruno Lacaze',
			self: true,
			others: 0,
			accompanies: false
		});
		for (const name of ['claire', 'samir', 'agathe'] as const)
			expect(await findOnlyManager(seenBy(context, name), structures.bruno), name).toBeNull();
		await allow(context, true)
			.insertInto('accompaniments')
			.values({
				id: newId(),
				hubId: structures.claire,
				organisationId: structures.bruno,
				posture: 'accompanies',
				proposedAt: now,
				proposedByHub: true,
				acceptedAt: now
			})
			.execute();
		expect(await findOnlyManager(seenBy(context, 'claire'), structures.bruno)).toMatchObject({ self: false, accompanies: true });
		// With a second one, nothing is said.
		await addMember(allow(context, true), context, structures.bruno, {
			personId: world.actors.samir.id,
			manager: true,
			may: 'sign'
		});
		expect(await findOnlyManager(context, structures.bruno)).toBeNull();
	}));

test('a stranger, and whoever keeps another house, change nothing of a house', async () => {
	await as('claire')(async (context) => {
		const hubId = structures.claire;
		const address = `x-${(await findHub(context, hubId)).code}`;
		expect(await findHouse(seenBy(context, 'samir'), address)).toMatchObject({ can: { keep: false } });
		await expect(findHouse({ ...context, actor: stranger }, address)).rejects.toThrow(NotFound);
		for (const name of ['yann', 'samir', 'nadia', 'odile', 'helene', 'bruno'] as const) {
			const other = seenBy(context, name);
			await expect(findKeeping(other, address), name).rejects.toThrow(NotFound);
			await expect(addArea(other, { hubId, area: 'com-34172' }), name).rejects.toThrow(Forbidden);
			for (const act of [
				() => inviteAccompagnateur(other, hubId, { name: 'X', email: 'x@example.org' }),
				() => nameAccompagnateur(other, hubId, { membershipId: newId() }),
				() => removeAccompagnateur(other, hubId, { membershipId: newId() }),
				() => askReplyTo(other, hubId, { email: 'x@example.org' }),
				() => writeSignature(other, hubId, { signature: 'X' }),
				() => forgetReplyTo(other, hubId)
			])
				await expect(act(), name).rejects.toThrow(NotFound);
		}
	});
});
