import { expect, test } from 'vitest';
import { stranger, type LinkBearer } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { findBearer } from '#modules/links/queries.server.ts';
import { addOrganisation } from '#modules/organisations/commands.server.ts';
import { acceptInvitation } from '#modules/organisations/commands/invitations.server.ts';
import { countManagers } from '#modules/organisations/queries/people.server.ts';
import { testWorld } from '../../../tests/world.ts';
import { markStep, nameCooperation } from './commands.server.ts';
import {
	acceptPartnership,
	changeRole,
	declinePartnership,
	inviteFirstManagerByLink,
	proposePartner,
	sendInvitationTo,
	withdrawInvitation
} from './commands/partners.server.ts';
import { findCooperation, findCooperationById, namedSo, placedSo, findCooperationOfLink } from './queries.server.ts';
import { linkSpeaksForItself, listUnmanagedInvitations } from './queries/invitations.server.ts';
import { standingOf } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const first = { name: 'Ana Diaz', email: 'ana@example.org' };

async function lastLink(context: Context, email: string): Promise<{ context: Context; bearer: LinkBearer; token: string }> {
	const { text } = await context.db
		.selectFrom('mails')
		.select('text')
		.where('toEmail', '=', email)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	const token = /\/accepter\/([\w-]+)/.exec(text)![1]!;
	const bearer = (await findBearer(context.db, token))!;
	return { context: { ...context, actor: bearer }, bearer, token };
}
const propose = (context: Context, name: string, email: string | null) =>
	proposePartner(context, cooperation, { name, role: 'carrier', place: null, email, actingFor: null });
const inDirectory = (context: Context, name: string, email: string | null, by: 'agathe' | 'nadia' = 'agathe') =>
	addOrganisation(allow(context, true), seenBy(context, by), { name, kind: 'association', commune: null, email });

test('an organisation without an account accepts by its link, which opens that and nothing else', async () => {
	await as('nadia')(async (context) => {
		await propose(context, 'La Chorale', 'chorale@example.org');
		const { context: byLink, bearer, token } = await lastLink(context, 'chorale@example.org');
		const seen = await findCooperationOfLink(byLink);
		expect(seen.id).toBe(cooperation);
		const partner = seen.partners.find(({ id }) => id === bearer.thing)!;
		const town = seen.partners.find(({ organisationId }) => organisationId === world.structures.helene)!;
		await expect(acceptPartnership(byLink, cooperation, { partnerId: town.id })).rejects.toThrow(Forbidden);
		await expect(declinePartnership(byLink, cooperation, { partnerId: town.id, reason: null })).rejects.toThrow(Forbidden);
		await expect(propose(byLink, 'Une autre', null)).rejects.toThrow(Forbidden);
		await acceptPartnership(byLink, cooperation, { partnerId: partner.id });
		const accepted = (await findCooperationById(context, cooperation)).partners.find(({ id }) => id === partner.id)!;
		expect([standingOf(accepted), accepted.acceptedEvidence]).toEqual(['accepted', 'link']);
		await expect(acceptPartnership(byLink, cooperation, { partnerId: partner.id })).rejects.toMatchObject({
			code: 'cooperations.invitation-accepted'
		});
		// What was answered still opens, to say so.
		expect(await findBearer(context.db, token)).not.toBeNull();
	});
});

test('an invitation that reached nobody is sent to an address, and the last one sent opens alone', async () => {
	await as('nadia')(async (context) => {
		await propose(context, 'La Chorale', null);
		const found = async () => {
			const seen = await findCooperationById(context, cooperation);
			return { seen, id: seen.partners.find(({ name }) => name === 'La Chorale')!.id };
		};
		const { seen, id: partnerId } = await found();
		expect([...(await listUnmanagedInvitations(context, seen))]).toEqual([[partnerId, false]]);
		await sendInvitationTo(context, cooperation, { partnerId, email: 'avant@example.org' });
		const before = await lastLink(context, 'avant@example.org');
		expect([...(await listUnmanagedInvitations(context, seen))]).toEqual([[partnerId, true]]);
		await sendInvitationTo(seenBy(context, 'odile'), cooperation, { partnerId, email: 'chorale@example.org' });
		const { context: byLink, bearer } = await lastLink(context, 'chorale@example.org');
		expect(await findBearer(context.db, before.token)).toBeNull();
		// Nadia had written it into the directory; Odile chose the address: the link gives no more than to answer.
		expect(await linkSpeaksForItself(context, bearer.thing)).toBe(false);
		for (const name of ['helene', 'claire', 'samir'] as const)
			await expect(
				sendInvitationTo(seenBy(context, name), cooperation, { partnerId, email: 'a@example.org' }),
				name
			).rejects.toThrow(name === 'samir' ? NotFound : Forbidden);
		const town = seen.partners.find(({ organisationId }) => organisationId === world.structures.helene)!;
		await expect(sendInvitationTo(context, cooperation, { partnerId: town.id, email: 'a@example.org' })).rejects.toMatchObject({
			code: 'cooperations.invitation-has-managers'
		});
		await acceptPartnership(byLink, cooperation, { partnerId });
		await expect(sendInvitationTo(context, cooperation, { partnerId, email: 'a@example.org' })).rejects.toMatchObject({
			code: 'cooperations.invitation-accepted'
		});
	});
});

test('nobody else finds a cooperation by a link, and a withdrawn invitation closes it', async () => {
	await as('nadia')(async (context) => {
		await propose(context, 'La Chorale', 'chorale@example.org');
		const { bearer, token } = await lastLink(context, 'chorale@example.org');
		for (const actor of [stranger, world.actors.bruno, { ...bearer, may: 'answer' as const }])
			await expect(findCooperationOfLink({ ...context, actor })).rejects.toThrow(NotFound);
		await expect(findCooperation({ ...context, actor: { ...bearer, may: 'read' } }, world.cooperation.path)).rejects.toThrow(
			NotFound
		);
		await withdrawInvitation(context, cooperation, { partnerId: bearer.thing });
		expect(await findBearer(context.db, token)).toBeNull();
	});
});

test.each<[string, (context: Context) => Promise<unknown>, string | null, boolean]>([
	['that the inviter wrote into the directory', async () => null, 'chorale@example.org', true],
	['at the address that the directory held', (context) => inDirectory(context, 'La Chorale', 'chorale@example.org'), null, true],
	[
		'at the address that the directory held, typed again',
		(context) => inDirectory(context, 'La Chorale', 'Chorale@example.org'),
		'chorale@example.org',
		true
	],
	[
		'at an address that the inviter typed',
		(context) => inDirectory(context, 'La Chorale', 'vraie@example.org'),
		'chorale@example.org',
		false
	],
	[
		'that had no address, at one that the inviter typed',
		(context) => inDirectory(context, 'La Chorale', null),
		'chorale@example.org',
		false
	]
])('a link to an organisation %s brings a first manager or not', async (_, before, email, brings) => {
	await as('nadia')(async (context) => {
		await before(context);
		await propose(context, 'La Chorale', email);
		const { context: byLink, bearer } = await lastLink(context, 'chorale@example.org');
		expect(await linkSpeaksForItself(byLink, bearer.thing)).toBe(brings);
		const invited = inviteFirstManagerByLink(byLink, cooperation, { partnerId: bearer.thing, ...first });
		if (!brings) return expect(invited).rejects.toThrow(Forbidden);
		await invited;
		const { text } = await context.db
			.selectFrom('mails')
			.select('text')
			.where('toEmail', '=', first.email)
			.executeTakeFirstOrThrow();
		await acceptInvitation({ ...context, actor: stranger }, /\/invitation\/([\w-]+)/.exec(text)![1]!);
		expect(await countManagers(context.db, bearer.organisationId!)).toBe(1);
		await expect(
			inviteFirstManagerByLink(byLink, cooperation, { partnerId: bearer.thing, ...first, email: 'autre@example.org' })
		).rejects.toMatchObject({ code: 'organisations.has-managers' });
	});
});

test('a link never names the manager of another organisation, and a person never does it by this way', async () => {
	await as('nadia')(async (context) => {
		await propose(context, 'La Chorale', 'chorale@example.org');
		const { context: byLink, bearer } = await lastLink(context, 'chorale@example.org');
		const { partners } = await findCooperationById(context, cooperation);
		for (const { id } of partners.filter((one) => one.id !== bearer.thing))
			await expect(inviteFirstManagerByLink(byLink, cooperation, { partnerId: id, ...first })).rejects.toThrow(Forbidden);
		await expect(inviteFirstManagerByLink(context, cooperation, { partnerId: bearer.thing, ...first })).rejects.toThrow(
			Forbidden
		);
	});
});

test('two people rename at once, or place a partner: the second reads what the first wrote, and chooses', async () => {
	await as('nadia')(async (context) => {
		const read = namedSo(await findCooperationById(context, cooperation));
		const named = (name: string, shown: string) =>
			nameCooperation(context, cooperation, { name, sentence: 'Jouer ensemble.', place: null, read: shown });
		await named('Mai enchanté', read);
		await expect(named('Juin enchanté', read)).rejects.toMatchObject({
			code: 'cooperations.named-meanwhile',
			details: { theirs: 'Mai enchanté · Jouer ensemble.' }
		});
		await named('Mai enchanté', read);
		await named('Juin enchanté', namedSo(await findCooperationById(context, cooperation)));
		const { name, accepted } = await findCooperationById(context, cooperation);
		expect(name).toBe('Juin enchanté');

		const partner = accepted.find(({ organisationId }) => organisationId === world.structures.nadia)!;
		const placed = (place: string) =>
			changeRole(context, cooperation, { partnerId: partner.id, role: 'carrier', place, read: placedSo(partner) });
		await placed('Les costumes');
		await expect(placed('La scène')).rejects.toMatchObject({ code: 'cooperations.role-changed-meanwhile' });
	});
});

test('a step that two people say is done is done, and says so once', async () => {
	await as('nadia')(async (context) => {
		const told = async () =>
			(await context.db.selectFrom('entries').select('verb').where('verb', 'like', 'step-%').orderBy('n').execute()).map(
				({ verb }) => verb
			);
		for (const done of [true, true, false, false]) await markStep(context, cooperation, { step: 'define', done });
		expect(await told()).toEqual(['step-done-define', 'step-reopened-define']);
	});
});
