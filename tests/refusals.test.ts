import { expect, test } from 'vitest';
import {
	acceptPartnership,
	changeRole,
	leaveCooperation,
	proposePartner,
	withdrawInvitation
} from '#modules/cooperations/commands/partners.server.ts';
import { findCooperation, findCooperationById, listMyCooperations } from '#modules/cooperations/queries.server.ts';
import { listInvitationsToMe } from '#modules/cooperations/queries/invitations.server.ts';
import { reviseLine, writeLine } from '#modules/lines/commands.server.ts';
import { markLine } from '#modules/lines/commands/marking.server.ts';
import { findLine, listLines } from '#modules/lines/queries.server.ts';
import { kinds, noDetails } from '#modules/lines/rules.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import type { Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from './world.ts';

/* Stories of refusal, told as they would happen: somebody wants more than is theirs, and what the house answers. */
const { world, as, seenBy } = await testWorld();
const id = world.cooperation.id;

const partnerOf = async (context: Context, organisationId: string) =>
	(await findCooperationById(context, id)).partners.find((one) => one.organisationId === organisationId)!;
const line = (text: string) => ({
	id: newId(),
	kind: 'information' as const,
	text,
	audience: null,
	actingFor: null,
	...noDetails
});
/** Somebody of an organisation who may discuss, and no more. */
const withoutMandate = (actor: Actor): Actor =>
	actor.is === 'person'
		? { ...actor, belongings: actor.belongings.map((one) => ({ ...one, manager: false, may: 'discuss' })) }
		: actor;

test('a volunteer without a mandate wants to accept for the town: the town must say so itself', async () => {
	const { id: partnerId } = await as('helene')((context) => partnerOf(context, world.structures.helene));
	await expect(
		as(withoutMandate(world.actors.helene))((context) => acceptPartnership(context, id, { partnerId }))
	).rejects.toThrow(Forbidden);
	await expect(as('nadia')((context) => acceptPartnership(context, id, { partnerId }))).rejects.toThrow(Forbidden);
	await expect(as('bruno')((context) => acceptPartnership(context, id, { partnerId }))).rejects.toThrow(NotFound);
	await as('helene')((context) => acceptPartnership(context, id, { partnerId }));
});

test('a partner accepts twice, from two windows: the second is told that it is done', async () => {
	await as('helene')(async (context) => {
		const { id: partnerId } = await partnerOf(context, world.structures.helene);
		await acceptPartnership(context, id, { partnerId });
		await expect(acceptPartnership(context, id, { partnerId })).rejects.toThrow('cooperations.invitation-accepted');
	});
});

test('a link made for one organisation does not accept for another, nor for another cooperation', async () => {
	const { id: partnerId } = await as('helene')((context) => partnerOf(context, world.structures.helene));
	const bearer = (over: object): Actor => ({
		is: 'link',
		id: newId(),
		may: 'accept',
		thing: partnerId,
		invitee: world.structures.helene,
		organisationId: world.structures.helene,
		...over
	});
	await expect(as(bearer({ thing: newId() }))((context) => acceptPartnership(context, id, { partnerId }))).rejects.toThrow(
		NotFound
	);
	await expect(
		as(bearer({ organisationId: world.structures.bruno }))((context) => acceptPartnership(context, id, { partnerId }))
	).rejects.toThrow(Forbidden);
	await expect(as(bearer({ may: 'answer' }))((context) => acceptPartnership(context, id, { partnerId }))).rejects.toThrow(
		NotFound
	);
	await as(bearer({}))((context) => acceptPartnership(context, id, { partnerId }));
});

test('an invited organisation opens the page: it learns who invites it to what, and reads no line of the partners', async () => {
	await as('nadia')(async (context) => {
		await writeLine(context, id, line('Entre nous.'));
		const helene = seenBy(context, 'helene');
		expect((await findCooperation(helene, world.cooperation.path)).name).toContain('Avril enchanté');
		expect(await listLines(helene, id, kinds)).toEqual([]);
		await expect(writeLine(helene, id, line('Et moi ?'))).rejects.toThrow(Forbidden);
	});
});

test('a partner that left keeps what it knew, learns nothing new, and writes no more', async () => {
	await as('nadia')(async (context) => {
		const before = line('Avant ton départ.');
		await writeLine(context, id, before);
		const odile = seenBy(context, 'odile');
		const { id: partnerId } = await partnerOf(odile, world.structures.odile);
		await leaveCooperation({ ...odile, now: new Date(context.now.getTime() + 1000) }, id, {
			partnerId,
			reason: 'Plus le temps.'
		});
		const after = line('Après ton départ.');
		await writeLine({ ...context, now: new Date(context.now.getTime() + 2000) }, id, after);
		expect((await findLine(odile, before.id)).line.text).toBe(before.text);
		await expect(findLine(odile, after.id)).rejects.toThrow(NotFound);
		await expect(writeLine(odile, id, line('Encore un mot.'))).rejects.toThrow(Forbidden);
		await expect(markLine(odile, { root: before.id, mark: 'withdrawn', note: null })).rejects.toThrow(Forbidden);
	});
});

test('the administrator looks after the machine, not after what associations write', async () => {
	await as('nadia')(async (context) => {
		const secret = line('Entre partenaires.');
		await writeLine(context, id, secret);
		const agathe = seenBy(context, 'agathe');
		await expect(findCooperation(agathe, world.cooperation.path)).rejects.toThrow(NotFound);
		await expect(findLine(agathe, secret.id)).rejects.toThrow(NotFound);
		expect((await listMyCooperations(agathe, { page: 1 })).cooperations).toEqual([]);
		expect(await listInvitationsToMe(agathe)).toEqual([]);
	});
});

test('one partner does not rewrite what belongs to another', async () => {
	await as('nadia')(async (context) => {
		const limit = { ...line('Pas le dimanche.'), kind: 'limit' as const, audience: 'partners' as const };
		await writeLine(context, id, limit);
		const revised = { id: limit.id, text: 'Jamais.', reason: 'Parce que.', actingFor: null, ...noDetails };
		await expect(reviseLine(seenBy(context, 'odile'), revised)).rejects.toThrow(Forbidden);
		const odiles = await partnerOf(context, world.structures.odile);
		await expect(changeRole(context, id, { partnerId: odiles.id, role: 'support', place: null })).rejects.toThrow(Forbidden);
		await expect(leaveCooperation(context, id, { partnerId: odiles.id, reason: 'À sa place.' })).rejects.toThrow(Forbidden);
	});
});

test('an outsider with a forged id gets a page that does not exist, never a hint', async () => {
	for (const name of ['samir', 'bruno', 'yann'] as const) {
		await expect(
			as(name)((context) => findCooperation(context, world.cooperation.path)),
			name
		).rejects.toThrow(NotFound);
		await expect(
			as(name)((context) => withdrawInvitation(context, id, { partnerId: newId() })),
			name
		).rejects.toThrow(NotFound);
		await expect(
			as(name)((context) => findLine(context, newId())),
			name
		).rejects.toThrow(NotFound);
	}
	await expect(as('nadia')((context) => withdrawInvitation(context, id, { partnerId: newId() }))).rejects.toThrow(NotFound);
});

test('the same organisation is not invited twice, whoever asks; a second lead is refused in words', async () => {
	const propose =
		(name: string, role: 'carrier' | 'lead' = 'carrier') =>
		(context: Context) =>
			proposePartner(context, id, { name, role, place: null, email: null, actingFor: null });
	await expect(as('odile')(propose('Ville de Valsorbier'))).rejects.toMatchObject({ constraint: 'partner_once_at_a_time' });
	await as('odile')(async (context) => {
		await propose('Radio Sorbier', 'lead')(context);
		await expect(propose('Les Jardins du Canal', 'lead')(context)).rejects.toThrow(Refused);
	});
});

test('the house that accompanies reads what is for it, and writes nothing in the partners’ name but what it heard', async () => {
	await as('nadia')(async (context) => {
		await writeLine(context, id, line('Pour les partenaires.'));
		await writeLine(context, id, { ...line('Pour la maison aussi.'), audience: 'accompagnateur' });
		const claire = seenBy(context, 'claire');
		expect((await listLines(claire, id, kinds)).map(({ text }) => text)).toEqual(['Pour la maison aussi.']);
		await expect(writeLine(claire, id, line('De moi-même.'))).rejects.toThrow(Forbidden);
		expect(await listLines(seenBy(context, 'yann'), id, kinds)).toEqual([]);
	});
});
