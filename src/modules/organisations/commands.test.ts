import { expect, test } from 'vitest';
import { type Actor, type May, speaksFor, stranger } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { inviteFirstManager } from '#modules/hubs/care/commands.server.ts';
import { verifyChains } from '#modules/journal/queries.server.ts';
import { findActorOfSession } from '#modules/hubs/queries.server.ts';
import { actorFor, type Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { addOrganisation, changeProfile, registerOrganisation } from './commands.server.ts';
import { acceptInvitation, declineInvitation, invite, revokeInvitation } from './commands/invitations.server.ts';
import { endManagement, endMembership, giveMandate, giveTitle, shareManagement } from './commands/mandates.server.ts';
import { eraseMyself } from './erasure/commands.server.ts';
import { listLeftAlone, listOwnMemberships } from './erasure/queries.server.ts';
import type { Profile } from './forms.ts';
import { findOrganisation, listOrganisations, type Search } from './queries.server.ts';
import { listBelongings } from './queries/belongings.server.ts';
import { findInvitation, listInvitations } from './queries/invitations.server.ts';
import { listMembers } from './queries/people.server.ts';

const { db, world, as, keep, seenBy, later } = await testWorld();
const sun = { id: world.structures.nadia, name: 'L’Atelier du Soleil', zone: 'Europe/Paris' };
const everything: Search = { words: '', kind: null, theme: null, page: 1 };
const days = (context: Context, n: number): Context => ({ ...context, now: new Date(context.now.getTime() + n * 86_400_000) });
const link: Actor = { is: 'link', id: world.cooperation.id, may: 'read', thing: sun.id, invitee: null, organisationId: sun.id };

const profile = (over: Partial<Profile> = {}): Profile => ({
	name: sun.name,
	kind: 'association',
	shortName: null,
	otherNames: [],
	commune: 'Paris 20e Arrondissement',
	purpose: null,
	values: null,
	themes: [],
	audiences: [],
	networks: [],
	constraints: null,
	employees: null,
	volunteers: null,
	budgetClass: null,
	channels: [],
	website: null,
	email: null,
	phone: null,
	...over
});

/** The secret of the last invitation, as its mail carries it. */
async function lastToken(context: Context): Promise<string> {
	const { text } = await context.db
		.selectFrom('mails')
		.select('text')
		.where('kind', '=', 'invitation')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	return /\/invitation\/([\w-]+)/.exec(text)![1]!;
}

const someone = { name: 'Lucie Faure', email: 'lucie@example.org', manager: false, may: 'discuss' as May };
async function invited(context: Context, over: Partial<typeof someone> = {}) {
	await invite(context, sun, { ...someone, ...over });
	return lastToken(context);
}
async function joined(context: Context, over: Parameters<typeof invited>[1] = {}) {
	const { personId } = await acceptInvitation({ ...context, actor: stranger }, await invited(context, over));
	const member = (await listMembers(context, sun.id)).find((one) => one.personId === personId)!;
	return { personId, membershipId: member.membershipId, actor: () => personNow(context, personId) };
}
/** Who a person is in this transaction: what signing in would give. */
const personNow = (context: Context, personId: string) => actorFor(context.db, personId, context.now);
const ownMembership = async (context: Context) =>
	(await listMembers(context, sun.id)).find(({ personId }) => personId === world.actors.nadia.id)!.membershipId;

test('to a stranger and to the bearer of a link, there is no directory', async () => {
	await as('nadia')(async (context) => {
		const { path } = await findOrganisation(context, world.actors.nadia.belongings[0]!.path);
		for (const actor of [stranger, link]) {
			const other = { ...context, actor };
			expect((await listOrganisations(other, everything)).organisations).toEqual([]);
			expect(await listMembers(other, sun.id)).toEqual([]);
			expect(await listInvitations(other, sun.id)).toEqual([]);
			await expect(findOrganisation(other, path)).rejects.toThrow(NotFound);
		}
	});
});

test('the directory is found by name, purpose or place, whatever the accents; kinds and themes narrow it', async () => {
	await as('odile')(async (context) => {
		await changeProfile(
			context,
			world.structures.odile,
			profile({ name: 'Compagnie des Tréteaux', purpose: 'Du théâtre à 100 % dehors', themes: ['Théâtre', 'Été'] })
		);
		const found = async (over: Partial<Search>) =>
			(await listOrganisations(context, { ...everything, ...over })).organisations.map(({ name }) => name);
		expect(await found({ words: 'treteaux' })).toEqual(['Compagnie des Tréteaux']);
		expect(await found({ words: 'THEATRE dehors' })).toEqual(['Compagnie des Tréteaux']);
		expect(await found({ words: 'montpellier' })).toEqual(['Les Jardins du Canal']);
		expect(await found({ words: '100 %' })).toEqual(['Compagnie des Tréteaux']);
		expect(await found({ words: '%' })).toEqual(['Compagnie des Tréteaux']);
		expect(await found({ words: '\\_' })).toEqual([]);
		expect(await found({ theme: 'ete' })).toEqual(['Compagnie des Tréteaux']);
		expect(await found({ kind: 'local_authority' })).toEqual(['Ville de Valsorbier']);
		expect(await found({ words: 'valsorbier', kind: 'mda' })).toEqual(['Maison des associations de Valsorbier']);
		expect(await listOrganisations(context, { ...everything, page: 99 })).toMatchObject({ page: 1, pages: 1, count: 7 });
	});
});

test('a namesake is shown before an organisation is registered twice', async () => {
	const input = { name: 'Cie des Tréteaux', kind: 'association' as const, commune: null, purpose: null, identifier: null };
	const same = { ...input, name: 'COMPAGNIE DES TRETEAUX' };
	await as('bruno')(async (context) => {
		await expect(registerOrganisation(context, same)).rejects.toMatchObject({
			code: 'organisations.maybe-there',
			details: { name: 'Compagnie des Tréteaux', managers: 'Odile Marchand', others: 0 }
		});
		await registerOrganisation(context, { ...same, another: true });
		await expect(registerOrganisation(context, same)).rejects.toMatchObject({ details: { others: 1 } });
		await expect(registerOrganisation(context, { ...input, identifier: '732 829 321' })).rejects.toMatchObject({
			code: 'organisations.identifier-check',
			field: 'identifier'
		});
	});
	await expect(as(stranger)((context) => registerOrganisation(context, input))).rejects.toThrow(Forbidden);
});

test('the same body under another name is shown too, in its commune alone, before it is registered twice', async () => {
	const input = { kind: 'association' as const, commune: 'Bouaye', purpose: null, identifier: null };
	await as('bruno')(async (context) => {
		await registerOrganisation(context, { ...input, name: 'Foyer rural du lac' });
		for (const name of ['Foyer Rural Lac', 'Association du foyer rural du lac', 'FOYER RURRAL DU LAC'])
			await expect(registerOrganisation(context, { ...input, name }), name).rejects.toMatchObject({
				code: 'organisations.maybe-there',
				details: { name: 'Foyer rural du lac', place: 'Bouaye' }
			});
		await registerOrganisation(context, { ...input, name: 'Foyer Rural Lac', commune: 'Brains' });
		await registerOrganisation(context, { ...input, name: 'Tennis club du lac' });
		await registerOrganisation(context, { ...input, name: 'Foyer Rural Lac', another: true });
	});
});

test('two managers write the card at once: the second reads what the first wrote, and chooses', async () => {
	await as('nadia')(async (context) => {
		const { path } = world.actors.nadia.belongings[0]!;
		const read = (await findOrganisation(context, path)).updatedAt.toISOString();
		const soon = { ...context, now: new Date(context.now.getTime() + 60_000) };
		await changeProfile(context, sun.id, profile({ purpose: 'Jouer dehors.', phone: '01 23', read }));
		const mine = profile({ purpose: 'Jouer dedans.', phone: '01 23', read });
		const refused = await changeProfile(soon, sun.id, mine).catch((problem: Refused) => problem);
		expect(refused).toMatchObject({ code: 'organisations.changed-meanwhile' });
		expect((refused as Refused).details.theirs).toContain('Jouer dehors.');
		expect((refused as Refused).details.theirs).not.toContain('01 23');
		expect((await findOrganisation(context, path)).purpose).toBe('Jouer dehors.');
		const now = (await findOrganisation(context, path)).updatedAt.toISOString();
		await changeProfile(soon, sun.id, { ...mine, read: now });
		expect((await findOrganisation(context, path)).purpose).toBe('Jouer dedans.');
		// who wrote the same has nothing to choose
		await changeProfile(soon, sun.id, { ...mine, read });
	});
});

test('the profile is written by those who manage, and a commune of the referential is known by its code', async () => {
	await as('nadia')(async (context) => {
		await changeProfile(context, sun.id, profile({ commune: 'Montpellier', volunteers: 12, channels: ['phone'] }));
		const { path } = world.actors.nadia.belongings[0]!;
		expect(await findOrganisation(context, path)).toMatchObject({ communeCode: '34172', volunteers: 12, channels: ['phone'] });
		await expect(changeProfile(seenBy(context, 'odile'), sun.id, profile())).rejects.toThrow(Forbidden);
		const lucie = await joined(context, { may: 'sign' });
		await expect(changeProfile({ ...context, actor: await lucie.actor() }, sun.id, profile())).rejects.toThrow(Forbidden);
	});
});

test('an invitation leaves once, shows its state, and can be taken back', async () => {
	await as('nadia')(async (context) => {
		const token = await invited(context);
		await expect(invite(context, sun, someone)).rejects.toMatchObject({ code: 'organisations.already-invited' });
		const [waiting] = await listInvitations(context, sun.id);
		expect(waiting).toMatchObject({ email: someone.email, state: 'waiting' });
		expect(await listInvitations(seenBy(context, 'odile'), sun.id)).toEqual([]);
		const odile = seenBy(context, 'odile');
		await expect(invite(odile, sun, someone)).rejects.toThrow(Forbidden);
		await expect(revokeInvitation(odile, sun.id, waiting!)).rejects.toThrow(Forbidden);
		await expect(revokeInvitation(odile, world.structures.odile, waiting!)).rejects.toThrow(NotFound);
		await revokeInvitation(context, sun.id, waiting!);
		await expect(revokeInvitation(context, sun.id, { id: world.cooperation.id })).rejects.toThrow(NotFound);
		await expect(acceptInvitation(context, token)).rejects.toMatchObject({ code: 'organisations.invitation-revoked' });
		await invite(context, sun, someone);
	});
});

test('accepting makes a member; a newcomer is signed in, somebody who has an account enters as usual', async () => {
	await as('nadia')(async (context) => {
		const token = await invited(context, { may: 'commit' });
		const nobody = { ...context, actor: stranger };
		const { personId, session } = await acceptInvitation(nobody, token);
		expect(await findActorOfSession(context.db, session!, context.now)).toMatchObject({ id: personId });
		const [belonging] = await listBelongings(context.db, personId, context.now);
		expect(belonging).toMatchObject({ organisationId: sun.id, manager: false, may: 'commit' });
		await expect(acceptInvitation(nobody, token)).rejects.toMatchObject({ code: 'organisations.invitation-accepted' });
		await expect(declineInvitation(nobody, token)).rejects.toMatchObject({ code: 'organisations.invitation-accepted' });
		const known = await invited(context, { email: 'BRUNO@example.org'.toLowerCase(), name: 'Bruno' });
		expect(await acceptInvitation(nobody, known)).toMatchObject({ personId: world.actors.bruno.id, session: null });
		await expect(findInvitation(nobody, 'x'.repeat(32))).rejects.toThrow(NotFound);
	});
});

test('an invitation expires after thirty days, and a declined one stays declined', async () => {
	await as('nadia')(async (context) => {
		const nobody = { ...context, actor: stranger };
		const token = await invited(context);
		expect((await findInvitation(days(nobody, 29), token)).state).toBe('waiting');
		await expect(acceptInvitation(days(nobody, 30), token)).rejects.toMatchObject({ code: 'organisations.invitation-expired' });
		await declineInvitation(nobody, token);
		await expect(acceptInvitation(nobody, token)).rejects.toMatchObject({ code: 'organisations.invitation-declined' });
	});
});

test('two answers at once: one counts, and no half of the other', async () => {
	const troupe = { id: world.structures.odile, name: 'Compagnie des Tréteaux' };
	const token = await keep('odile')(async (context) => {
		await invite(context, troupe, { ...someone, email: 'deux@example.org' });
		return lastToken(context);
	});
	const answers = await Promise.allSettled([
		keep(stranger)((context) => acceptInvitation(context, token)),
		keep(stranger)((context) => acceptInvitation(context, token))
	]);
	expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	const refused = answers.find((one) => one.status === 'rejected')!;
	expect(refused.reason).toBeInstanceOf(Refused);
	const people = await db.selectFrom('persons').select('id').where('email', '=', 'deux@example.org').execute();
	expect(people).toHaveLength(1);
	const memberships = await db.selectFrom('memberships').select('id').where('personId', '=', people[0]!.id).execute();
	expect(memberships).toHaveLength(1);
});

test('a mandate holds between its days, replaces the one before, and ends with the membership', async () => {
	await as('nadia')(async (context) => {
		const lucie = await joined(context);
		const may = async (at: Context) => (await listBelongings(context.db, lucie.personId, at.now))[0]?.may;
		expect(await may(context)).toBe('discuss');
		const given = { membershipId: lucie.membershipId, may: 'sign' as const, from: '2026-11-20', to: '2026-11-25' };
		await giveMandate(context, sun, given);
		expect(await may(context)).toBe('discuss');
		expect(await may(days(context, 5))).toBe('sign');
		expect(await may(days(context, 9))).toBe('sign');
		expect(await may(days(context, 10))).toBe('discuss');
		await giveMandate(context, sun, { ...given, may: 'commit', from: null, to: null });
		expect(await may(days(context, 5))).toBe('commit');
		const [, member] = await listMembers(context, sun.id);
		expect(member).toMatchObject({ may: 'commit', from: '2026-11-16', to: null });
		expect(speaksFor(await lucie.actor(), sun.id, 'sign')).toBe(false);
		await expect(giveMandate(context, sun, { ...given, from: '2026-12-02', to: '2026-12-01' })).rejects.toMatchObject({
			code: 'organisations.mandate-ends-early',
			field: 'to'
		});
		await expect(giveMandate(context, sun, { ...given, membershipId: await ownMembership(context) })).rejects.toMatchObject({
			code: 'organisations.manager-may-all'
		});
		const lucieActs = { ...context, actor: await lucie.actor() };
		await expect(giveMandate(lucieActs, sun, given)).rejects.toThrow(Forbidden);
		await expect(giveMandate(seenBy(context, 'odile'), { ...sun, id: world.structures.odile }, given)).rejects.toThrow(NotFound);
		await endMembership(context, sun.id, lucie);
		expect(await may(context)).toBeUndefined();
	});
});

test('an organisation with members keeps a manager: shared, handed over, never dropped', async () => {
	await as('nadia')(async (context) => {
		const own = await ownMembership(context);
		const lucie = await joined(context);
		const lucieActs = async () => ({ ...context, actor: await lucie.actor() });
		await expect(endManagement(context, sun.id, { membershipId: own })).rejects.toMatchObject({
			code: 'organisations.last-manager'
		});
		await expect(endManagement(context, sun.id, lucie)).rejects.toMatchObject({ code: 'organisations.not-a-manager' });
		await expect(endMembership(context, sun.id, { membershipId: own })).rejects.toMatchObject({
			code: 'organisations.last-manager'
		});
		await expect(shareManagement(await lucieActs(), sun.id, lucie)).rejects.toThrow(Forbidden);
		await expect(endMembership(await lucieActs(), sun.id, { membershipId: own })).rejects.toThrow(Forbidden);
		await expect(shareManagement(seenBy(context, 'odile'), sun.id, lucie)).rejects.toThrow(Forbidden);
		await expect(shareManagement(context, world.structures.odile, lucie)).rejects.toThrow(NotFound);
		await shareManagement(context, sun.id, lucie);
		await expect(shareManagement(context, sun.id, lucie)).rejects.toMatchObject({ code: 'organisations.already-manager' });
		const told = async (personId: string) =>
			(await context.db.selectFrom('notices').select('text').where('personId', '=', personId).orderBy('id').execute()).map(
				({ text }) => text
			);
		const before = await told(world.actors.nadia.id);
		expect((await told(lucie.personId)).at(-1)).toContain('Vous gérez maintenant L’Atelier du Soleil');
		// Whoever loses a charge learns it, and from whom.
		await endManagement(await lucieActs(), sun.id, { membershipId: own });
		await shareManagement(await lucieActs(), sun.id, { membershipId: own });
		await endMembership(await lucieActs(), sun.id, { membershipId: own });
		expect((await listMembers(context, sun.id)).map(({ name, manager }) => [name, manager])).toEqual([['Lucie Faure', true]]);
		const since = (await told(world.actors.nadia.id)).slice(before.length);
		expect(since.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
			'Vous ne gérez plus L’Atelier du Soleil : Lucie Faure l’a noté. Vous en faites toujours partie.',
			'Vous gérez maintenant L’Atelier du Soleil : Lucie Faure vous l’a confié.',
			'Vous ne faites plus partie de L’Atelier du Soleil : Lucie Faure l’a noté. Ce que vous avez écrit reste.'
		]);
		// The last of all may leave: an organisation without anybody is one that its hub looks after.
		await endMembership(await lucieActs(), sun.id, lucie);
		expect(await listMembers(context, sun.id)).toEqual([]);
	});
});

test('two managers who leave at the same moment do not leave the organisation alone', async () => {
	const garden = { id: world.structures.bruno, name: 'Les Jardins du Canal' };
	await keep('bruno')((context) =>
		invite(context, garden, { name: 'Rose Nadal', email: 'rose@example.org', manager: true, may: 'sign' })
	);
	const token = await keep('bruno')(lastToken);
	await keep(stranger)((context) => acceptInvitation(context, token));
	await keep('bruno')((context) =>
		invite(context, garden, { name: 'Paul Vidal', email: 'paul@example.org', manager: false, may: 'discuss' })
	);
	const other = await keep('bruno')(lastToken);
	await keep(stranger)((context) => acceptInvitation(context, other));
	const members = await keep('bruno')((context) => listMembers(context, garden.id));
	const leaving = members.filter(({ manager }) => manager);
	expect(leaving).toHaveLength(2);
	const actors = await Promise.all(leaving.map(({ personId }) => actorFor(db, personId, later)));
	const left = await Promise.allSettled(
		leaving.map((one, n) => keep(actors[n]!)((context) => endMembership(context, garden.id, one)))
	);
	expect(left.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	expect((await keep('nadia')((context) => listMembers(context, garden.id))).filter(({ manager }) => manager)).toHaveLength(1);
});

test('one says what one does in the organisation, or a manager says it', async () => {
	await as('nadia')(async (context) => {
		const lucie = await joined(context);
		const titled = { membershipId: lucie.membershipId, title: 'Trésorière' };
		await giveTitle({ ...context, actor: await lucie.actor() }, sun.id, titled);
		await giveTitle(context, sun.id, { ...titled, title: 'Présidente' });
		expect((await listMembers(context, sun.id))[1]).toMatchObject({ title: 'Présidente' });
		await expect(giveTitle(seenBy(context, 'odile'), sun.id, titled)).rejects.toThrow(Forbidden);
		await expect(
			giveTitle({ ...context, actor: await lucie.actor() }, sun.id, { membershipId: await ownMembership(context), title: 'x' })
		).rejects.toThrow(Forbidden);
	});
});

test('whom nobody manages gets its first manager from an administrator or from its own hub', async () => {
	await as('agathe')(async (context) => {
		const lonely = await addOrganisation(allow(context, true), context, {
			name: 'La Chorale',
			kind: 'association',
			commune: null
		});
		const first = { name: 'Ana Diaz', email: 'ana@example.org' };
		for (const name of ['nadia', 'claire', 'yann'] as Name[])
			await expect(inviteFirstManager(seenBy(context, name), lonely, first), name).rejects.toThrow(Forbidden);
		await inviteFirstManager(context, lonely, first);
		await allow(context, true)
			.insertInto('accompaniments')
			.values({
				id: lonely.id,
				hubId: world.structures.claire,
				organisationId: lonely.id,
				posture: 'accompanies',
				proposedAt: context.now,
				proposedByHub: true,
				acceptedAt: context.now
			})
			.execute();
		const claire = seenBy(context, 'claire');
		await inviteFirstManager(claire, lonely, { ...first, email: 'ana2@example.org' });
		await inviteFirstManager(claire, lonely, { ...first, email: 'ana3@example.org' });
		await expect(inviteFirstManager(claire, lonely, first)).rejects.toMatchObject({
			code: 'organisations.first-already-invited'
		});
		const { personId } = await acceptInvitation({ ...context, actor: stranger }, await lastToken(context));
		expect((await personNow(context, personId)).belongings[0]).toMatchObject({ manager: true, may: 'sign' });
		await expect(inviteFirstManager(claire, lonely, first)).rejects.toThrow(Forbidden);
		await expect(inviteFirstManager(context, sun, first)).rejects.toThrow(Forbidden);
	});
});

test('an erasure by right leaves the chains whole, the work in place and no name', async () => {
	const chains = async () => {
		const verdicts = [];
		for await (const verdict of verifyChains(db)) verdicts.push(verdict);
		return verdicts;
	};
	const token = await keep('samir')(async (context) => {
		await invite(
			context,
			{ id: world.structures.samir, name: 'Radio Sorbier' },
			{ name: 'Zoé « Zaza » Martin', email: 'zoe@example.org', manager: true, may: 'sign' }
		);
		return lastToken(context);
	});
	const { personId } = await keep(stranger)((context) => acceptInvitation(context, token));
	const zoe = await actorFor(db, personId, later);
	expect(await as(zoe)(listLeftAlone)).toEqual([]);
	expect(await as(zoe)(listOwnMemberships)).toMatchObject([{ organisation: 'Radio Sorbier', managed: [{ until: null }] }]);
	await keep(zoe)(eraseMyself);
	expect(await db.selectFrom('persons').selectAll().where('id', '=', personId).executeTakeFirstOrThrow()).toMatchObject({
		name: 'Personne effacée',
		email: null,
		phone: null,
		passwordHash: null,
		erasedAt: later
	});
	for (const { table, column } of [
		{ table: 'payloads', column: 'content' },
		{ table: 'invitations', column: 'name' },
		{ table: 'invitations', column: 'email' },
		{ table: 'mails', column: 'text' },
		{ table: 'mails', column: 'toEmail' }
	] as const) {
		const rows = await db
			.selectFrom(table)
			.select(column as never)
			.execute();
		expect(JSON.stringify(rows), `${table}.${column}`).not.toMatch(/zoé|zoe@/i);
	}
	expect(await db.selectFrom('sessions').select('personId').where('personId', '=', personId).execute()).toEqual([]);
	const members = await as('samir')((context) => listMembers(context, world.structures.samir));
	expect(members.map(({ name }) => name)).toEqual(['Samir Haddad']);
	const verdicts = await chains();
	expect(verdicts.every(({ state }) => state === 'whole')).toBe(true);
	expect(verdicts.find(({ chain }) => chain === world.structures.samir)).toMatchObject({ state: 'whole', erased: 2 });
	// The last manager may go too: nobody is refused a right, and the page said it before.
	expect(await as('samir')(listLeftAlone)).toEqual(['Radio Sorbier']);
	await expect(as(stranger)(eraseMyself)).rejects.toThrow(NotFound);
});
