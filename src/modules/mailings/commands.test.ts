import { expect, test } from 'vitest';
import { stranger, type LinkBearer } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { mergeOrganisations } from '#modules/identity/merging/commands.server.ts';
import { changeProfile } from '#modules/organisations/commands.server.ts';
import { sayStillTrue, writePostalAddress } from '#modules/organisations/commands/confirming.server.ts';
import { profileForm } from '#modules/organisations/forms.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { factsOf, findOwnAddress } from '#modules/organisations/queries/facts.server.ts';
import { keepPartner } from '#modules/sheets/commands.server.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { answerFacts, answerInvitation, remindMailing, sendMailing, wantNoMore } from './commands.server.ts';
import { labels, letters, toComplete } from './documents.server.ts';
import {
	envelopesOf,
	findLetterOfLink,
	findMailing,
	findSender,
	listMailings,
	listMailingsTo,
	listReachable
} from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const { structures } = world;
const address = (name: Name) => world.actors[name].belongings[0]!.path.replace('/structures/', '');
const written = { title: 'Bonne année', text: 'Nos vœux.\n\nÀ bientôt.', heldOn: null, place: null, paper: false };
const nothing = { words: '', kind: null, theme: null, state: null };
const month = 31 * 86_400_000;

async function send(context: Context, said: Partial<Parameters<typeof sendMailing>[2]> = {}) {
	const id = newId();
	const sent = await sendMailing(context, address('nadia'), {
		...written,
		id,
		kind: 'greeting',
		to: [structures.odile],
		...said
	});
	return { ...sent, id, code: sent.path.slice(sent.path.lastIndexOf('/') + 1) };
}
async function bearer(context: Context, mailing: string, name: 'odile' | 'samir' = 'odile'): Promise<Context> {
	const row = await context.db
		.selectFrom('mailingRecipients')
		.select('id')
		.where('mailingId', '=', mailing)
		.where('organisationId', '=', structures[name])
		.executeTakeFirstOrThrow();
	const link: LinkBearer = {
		is: 'link',
		id: newId(),
		may: 'answer',
		thing: row.id,
		invitee: structures[name],
		organisationId: structures[name]
	};
	return { ...context, actor: link };
}
const mails = async (context: Context) =>
	(await context.db.selectFrom('mails').select('toEmail').where('kind', '=', 'mailing').execute()).map(({ toEmail }) => toEmail);

test('one mail for each organisation, once; those without an address have a letter on paper', async () => {
	await as('nadia')(async (context) => {
		await keepPartner(context, { organisation: address('nadia'), partner: address('samir') });
		const one = await send(context, { to: [structures.odile, structures.odile, structures.samir, structures.nadia] });
		expect(one).toMatchObject({ mailed: 2, paper: 0, left: 0 });
		expect(await send(context, { id: one.id })).toMatchObject({ mailed: 0, path: one.path });
		expect((await mails(context)).toSorted()).toEqual(['odile@example.org', 'samir@example.org']);
		expect(await send(context, { title: 'À la main', paper: true })).toMatchObject({ mailed: 0, paper: 1 });
		// The same letter, to a list that holds some of the same: who had it has it.
		await expect(send(context, { title: 'BONNE ANNÉE' })).rejects.toMatchObject({ code: 'mailings.all-left-out' });
		const later = { ...context, now: new Date(context.now.getTime() + month) };
		expect(await send(later)).toMatchObject({ mailed: 1 });
		expect(await listMailingsTo(context, structures.nadia, structures.odile)).toHaveLength(3);
		await expect(send(context, { to: [structures.bruno] })).rejects.toThrow(NotFound);
		await expect(send(context, { to: [] })).rejects.toMatchObject({ code: 'mailings.nobody', field: 'to' });
	});
});

test('what somebody wants no more does not come: from one sender, or from anybody; and it is taken back', async () => {
	await as('nadia')(async (context) => {
		const { id } = await send(context);
		const odile = await bearer(context, id);
		await wantNoMore(odile, { of: 'sender' });
		await wantNoMore(odile, { of: 'sender' });
		expect((await findLetterOfLink(odile)).noMore).toBe('sender');
		await expect(send(context)).rejects.toMatchObject({ code: 'mailings.all-left-out' });
		expect((await listReachable(context, structures.nadia, nothing)).organisations).toMatchObject([{ refused: true }]);
		await wantNoMore(odile, { of: 'all' });
		await expect(send(context)).rejects.toMatchObject({ code: 'mailings.all-left-out' });
		await wantNoMore(odile, { of: 'none' });
		expect(await send(context, { title: 'Une autre lettre' })).toMatchObject({ mailed: 1 });
	});
});

test('by its link an organisation confirms, or corrects what is public; neither name nor e-mail', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await send(context, { kind: 'refresh' });
		const odile = await bearer(context, id);
		await answerFacts(odile, null, { remark: null });
		expect((await findMailing(context, structures.nadia, code)).recipients).toMatchObject([{ answer: 'confirmed' }]);
		const facts = {
			purpose: 'Jouer dehors.',
			commune: 'Montreuil (93)',
			phone: '01 02 03 04 05',
			website: null,
			channels: ['phone']
		};
		const before = await factsOf(context.db, structures.odile);
		await answerFacts(odile, { ...facts, street: '3 rue Neuve', postcode: '93100' }, { remark: 'Nouvelle adresse.' });
		expect(await factsOf(context.db, structures.odile)).toMatchObject({
			phone: '01 02 03 04 05',
			name: before.name,
			email: before.email
		});
		expect(JSON.stringify(await findLetterOfLink(odile)), 'a street is on no page').not.toContain('rue Neuve');
		expect((await findMailing(context, structures.nadia, code)).recipients).toMatchObject([
			{ answer: 'corrected', remark: 'Nouvelle adresse.' }
		]);
		await expect(send(context, { kind: 'refresh' }), 'not twice within a month').rejects.toMatchObject({
			code: 'mailings.all-left-out'
		});
		await expect(answerInvitation(odile, { answer: 'coming', remark: null })).rejects.toMatchObject({
			code: 'mailings.nothing-to-answer'
		});
	});
});

test('a reminder goes once, a month later, to those who have not answered', async () => {
	await as('nadia')(async (context) => {
		await keepPartner(context, { organisation: address('nadia'), partner: address('samir') });
		const { id, code } = await send(context, { kind: 'invitation', to: [structures.odile, structures.samir] });
		await answerInvitation(await bearer(context, id), { answer: 'coming', remark: null });
		await expect(remindMailing(context, address('nadia'), code)).rejects.toMatchObject({ code: 'mailings.nobody-to-remind' });
		const later = { ...context, now: new Date(context.now.getTime() + month) };
		expect(await remindMailing(later, address('nadia'), code)).toBe(1);
		expect((await mails(context)).filter((to) => to === 'samir@example.org')).toHaveLength(2);
		const muchLater = { ...context, now: new Date(context.now.getTime() + 3 * month) };
		await expect(remindMailing(muchLater, address('nadia'), code)).rejects.toMatchObject({ code: 'mailings.nobody-to-remind' });
	});
});

test('a street is printed for those who work together or accompany, and for nobody else', async () => {
	await as('nadia')(async (context) => {
		await keepPartner(context, { organisation: address('nadia'), partner: address('samir') });
		const { id } = await send(context, { kind: 'refresh' });
		const facts = { purpose: null, commune: null, phone: null, website: null, channels: [] };
		await answerFacts(await bearer(context, id), { ...facts, street: '3 rue Neuve', postcode: '93100' }, { remark: null });
		const lines = async (name: Name) => (await envelopesOf(seenBy(context, name), [structures.odile])).get(structures.odile)!;
		expect(await lines('nadia')).toMatchObject({ complete: true, lines: ['Compagnie des Tréteaux', '3 rue Neuve', '93100'] });
		expect((await lines('claire')).complete).toBe(true);
		for (const name of ['samir', 'bruno', 'yann', 'agathe'] as const)
			expect((await lines(name)).lines, name).toEqual(['Compagnie des Tréteaux', '93100']);
	});
});

test('letters and labels are printed', async () => {
	await as('nadia')(async (context) => {
		const { code } = await send(context, { paper: true });
		const asked = await send(context, { paper: true, kind: 'refresh', title: 'Toujours juste ?' });
		const sender = await findSender(context, address('nadia'));
		const mailing = await findMailing(context, structures.nadia, code);
		for (const pdf of [
			await letters(context, sender, mailing, { all: false }),
			await letters(context, sender, await findMailing(context, structures.nadia, asked.code), { all: false }),
			await labels(context, mailing, { format: '70x37', start: 24, all: true }),
			await labels(context, mailing, { format: '99x38', start: 1, all: true })
		])
			expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
		const mailed = await send(context, { title: 'Par courriel' });
		const none = await findMailing(context, structures.nadia, mailed.code);
		await expect(labels(context, none, { format: '70x37', start: 1, all: false })).rejects.toThrow(NotFound);
	});
});

test('a stranger reads no letter, and answers none', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await send(context, { kind: 'invitation' });
		for (const name of ['odile', 'samir', 'bruno', 'claire', 'yann', 'agathe'] as const) {
			const other = seenBy(context, name);
			await expect(findSender(other, address('nadia')), name).rejects.toThrow(NotFound);
			await expect(findMailing(other, structures.nadia, code), name).rejects.toThrow(NotFound);
			expect((await listMailings(other, structures.nadia, { page: 1 })).mailings, name).toEqual([]);
			await expect(answerInvitation(other, { answer: 'coming', remark: null }), name).rejects.toThrow(NotFound);
		}
		const odile = await bearer(context, id);
		const wrong = { ...odile, actor: { ...odile.actor, organisationId: structures.samir } as LinkBearer };
		await expect(answerInvitation(wrong, { answer: 'coming', remark: null })).rejects.toThrow(Forbidden);
		await expect(findLetterOfLink({ ...context, actor: stranger })).rejects.toThrow(NotFound);
	});
});

test('a card that its manager saves, or finds right, answers this year’s question and stops its reminder', async () => {
	await as('nadia')(async (context) => {
		await keepPartner(context, { organisation: address('nadia'), partner: address('samir') });
		const { code } = await send(context, { kind: 'refresh', to: [structures.odile, structures.samir] });
		const after = (days: number, name: Name = 'nadia') => ({
			...seenBy(context, name),
			now: new Date(context.now.getTime() + days * 86_400_000)
		});
		await changeProfile(
			after(2, 'odile'),
			structures.odile,
			profileForm.parse({ name: 'Compagnie des Tréteaux', kind: 'association', phone: '01 02 03 04 05' })
		);
		await expect(sayStillTrue(after(3, 'nadia'), structures.samir)).rejects.toThrow(Forbidden);
		await sayStillTrue(after(3, 'samir'), structures.samir);
		await sayStillTrue(after(3, 'samir'), structures.samir);
		const { recipients } = await findMailing(context, structures.nadia, code);
		expect(recipients.map(({ answer, answeredAt }) => [answer, answeredAt])).toEqual([
			['on_their_page', after(2).now],
			['on_their_page', after(3).now]
		]);
		expect((await listMailings(context, structures.nadia, { page: 1 })).mailings).toMatchObject([{ sent: 2, answered: 2 }]);
		await expect(remindMailing(after(40), address('nadia'), code)).rejects.toMatchObject({ code: 'mailings.nobody-to-remind' });
		// Confirmed in the year: the question waits for the next one.
		await expect(send(after(200), { kind: 'refresh' })).rejects.toMatchObject({ code: 'mailings.all-left-out' });
		expect((await listReachable(after(200), structures.nadia, { ...nothing, state: 'to_confirm' })).organisations).toEqual([]);
		expect(await send(after(340), { kind: 'refresh' })).toMatchObject({ mailed: 1 });
	});
});

test('the list is narrowed by kind, word and where they stand', async () => {
	await as('nadia')(async (context) => {
		await keepPartner(context, { organisation: address('nadia'), partner: address('samir') });
		const names = async (asked: Partial<Parameters<typeof listReachable>[2]>) =>
			(await listReachable(context, structures.nadia, { ...nothing, ...asked })).organisations.map(({ name }) => name);
		expect(await names({})).toEqual(['Compagnie des Tréteaux', 'Radio Sorbier']);
		expect(await names({ words: 'radio' })).toEqual(['Radio Sorbier']);
		expect(await names({ kind: 'company' })).toEqual([]);
		expect(await names({ state: 'by_mail' })).toHaveLength(2);
		expect(await names({ state: 'on_paper' })).toEqual([]);
		await sayStillTrue(seenBy(context, 'samir'), structures.samir);
		expect(await names({ state: 'to_confirm' })).toEqual(['Compagnie des Tréteaux']);
		expect(await names({ state: 'not_written' })).toHaveLength(2);
		await sendMailing(context, address('nadia'), { ...written, id: newId(), kind: 'greeting', to: [structures.odile] });
		expect(await names({ state: 'not_written' })).toEqual(['Radio Sorbier']);
		const write = allow(context, true);
		await write.updateTable('persons').set({ email: null }).where('name', '=', 'Samir Haddad').execute();
		expect([await names({ state: 'by_mail' }), await names({ state: 'on_paper' })]).toEqual([
			['Compagnie des Tréteaux'],
			['Radio Sorbier']
		]);
	});
});

test('a street is written by who manages, and read on no page but theirs', async () => {
	await as('odile')(async (context) => {
		const street = { street: '3 rue Neuve', postcode: '93100' };
		await expect(writePostalAddress(seenBy(context, 'nadia'), structures.odile, street)).rejects.toThrow(Forbidden);
		await writePostalAddress(context, structures.odile, street);
		expect(await findOwnAddress(context, structures.odile)).toMatchObject(street);
		for (const name of ['nadia', 'samir', 'claire', 'yann', 'agathe'] as const) {
			expect(await findOwnAddress(seenBy(context, name), structures.odile), name).toBeNull();
			expect(JSON.stringify(await findOrganisation(seenBy(context, name), address('odile'))), name).not.toContain('rue Neuve');
		}
		const lines = async (name: Name) =>
			(await envelopesOf(seenBy(context, name), [structures.odile])).get(structures.odile)!.lines;
		expect(await lines('nadia')).toContain('3 rue Neuve');
		expect(await lines('samir')).not.toContain('3 rue Neuve');
	});
});

test('two that became one are one recipient: the link sent to either answers for it, one letter is printed', async () => {
	await as('nadia')(async (context) => {
		for (const name of ['samir', 'bruno'] as const)
			await keepPartner(context, { organisation: address('nadia'), partner: address(name) });
		const { path } = await sendMailing(context, address('nadia'), {
			id: newId(),
			kind: 'invitation',
			title: 'Portes ouvertes',
			text: 'Venez.',
			heldOn: null,
			place: null,
			paper: false,
			to: [structures.samir, structures.bruno]
		});
		const code = path.slice(path.lastIndexOf('/') + 1);
		const { id: thing } = (await findMailing(context, structures.nadia, code)).recipients.find(
			({ organisationId }) => organisationId === structures.samir
		)!;
		await mergeOrganisations(seenBy(context, 'agathe'), {
			keptId: structures.bruno,
			absorbedId: structures.samir,
			reason: 'C’est la même.',
			agreed: true
		});
		const { bruno: organisationId } = structures;
		const link: LinkBearer = { is: 'link', id: newId(), may: 'answer', thing, invitee: organisationId, organisationId };
		expect((await findLetterOfLink({ ...context, actor: link })).facts.name).toBe('Les Jardins du Canal');
		await answerInvitation({ ...context, actor: link }, { answer: 'coming', remark: null });
		expect((await findMailing(context, structures.nadia, code)).recipients).toMatchObject([
			{ name: 'Les Jardins du Canal', organisationId, answer: 'coming' }
		]);
	});
});

test('what goes abroad says its country; what a pen must complete is said', async () => {
	await as('nadia')(async (context) => {
		const write = allow(context, true);
		const there = { communeCode: null, communeName: 'Lausanne (Suisse)', postcode: '1003' };
		await write.updateTable('organisations').set(there).where('id', '=', structures.odile).execute();
		const lines = async () => (await envelopesOf(context, [structures.odile])).get(structures.odile)!.lines;
		expect((await lines()).slice(-2)).toEqual(['1003 LAUSANNE', 'SUISSE']);
		await write
			.updateTable('organisations')
			.set({ communeName: 'Ixelles', postcode: '1050' })
			.where('id', '=', structures.odile)
			.execute();
		expect((await lines()).at(-1)).toBe('1050 IXELLES');
		await write
			.insertInto('organisationIdentifiers')
			.values({ organisationId: structures.odile, kind: 'bce', value: '0206492907', addedAt: context.now })
			.execute();
		expect((await lines()).at(-1)).toBe('BELGIQUE');
		const { path } = await sendMailing(context, address('nadia'), {
			id: newId(),
			kind: 'greeting',
			title: 'Vœux',
			text: 'Belle année.',
			heldOn: null,
			place: null,
			paper: true,
			to: [structures.odile]
		});
		const mailing = await findMailing(context, structures.nadia, path.slice(path.lastIndexOf('/') + 1));
		expect(await toComplete(context, mailing)).toEqual(['Compagnie des Tréteaux']);
	});
});
