import { expect, test } from 'vitest';
import { stranger, type LinkBearer } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { acceptPartnership } from '#modules/cooperations/commands/partners.server.ts';
import { mergeOrganisations } from '#modules/identity/merging/commands.server.ts';
import { eraseMyself } from '#modules/organisations/erasure/commands.server.ts';
import { findKeeper, listHistory } from '#modules/sheets/queries.server.ts';
import { answerIntroduction, introduce, sayOutcome } from './commands.server.ts';
import { askOutcomes, remindIntroduced } from './commands/following.server.ts';
import { becomeCooperation } from './commands/together.server.ts';
import {
	findIntroduction,
	findIntroductionOfLink,
	listIntroductions,
	listIntroductionsForMe,
	listIntroductionsWith
} from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const { structures } = world;
const address = (name: Name) => world.actors[name].belongings[0]!.path.replace('/structures/', '');
const week = 7 * 86_400_000;
const system = { is: 'system', name: 'test' } as const;

async function made(context: Context, organisations = [structures.samir, structures.bruno]) {
	const id = newId();
	const { path } = await introduce(context, address('nadia'), { id, reason: 'Une radio, un jardin.', organisations });
	return { id, code: path.slice(path.lastIndexOf('/') + 1) };
}
const mails = (context: Context) =>
	context.db
		.selectFrom('mails')
		.select(['toEmail', 'subject', 'text'])
		.where('kind', '=', 'introduction')
		.orderBy('id')
		.execute();

test('each accepts before any address is given; then both learn how to reach the other', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await made(context);
		const [samir, bruno] = [seenBy(context, 'samir'), seenBy(context, 'bruno')];
		expect((await listIntroductionsForMe(samir)).map(({ id: one }) => one)).toEqual([id]);
		await answerIntroduction(samir, id, structures.samir, { answer: 'yes' });
		expect(await findIntroduction(samir, structures.samir, code)).toMatchObject({ contacts: [], givenAt: null });
		const before = await mails(context);
		expect(before).toHaveLength(2);
		expect(before.map(({ text }) => text).join()).not.toContain('@example.org');
		expect((await findIntroduction(bruno, structures.bruno, code)).others).toMatchObject([{ answer: 'awaited' }]);
		expect((await findIntroduction(bruno, structures.bruno, code)).wouldGive).toMatchObject({
			person: 'Bruno Lacaze',
			email: 'bruno@example.org'
		});
		await answerIntroduction(bruno, id, structures.bruno, { answer: 'yes' });
		await answerIntroduction(bruno, id, structures.bruno, { answer: 'yes' });
		const after = (await mails(context)).slice(2);
		expect(after.map(({ toEmail, text }) => [toEmail, /bruno@|samir@/.exec(text)?.[0]])).toEqual([
			['samir@example.org', 'bruno@'],
			['bruno@example.org', 'samir@']
		]);
		expect((await findIntroduction(samir, structures.samir, code)).contacts).toMatchObject([
			{ name: 'Les Jardins du Canal', email: 'bruno@example.org', person: 'Bruno Lacaze' }
		]);
		await expect(answerIntroduction(bruno, id, structures.bruno, { answer: 'not_now' })).rejects.toMatchObject({
			code: 'introductions.already-given'
		});
	});
});

test('a refusal is silent: whoever said yes sees the same as before any answer', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await made(context);
		const [samir, bruno] = [seenBy(context, 'samir'), seenBy(context, 'bruno')];
		await answerIntroduction(samir, id, structures.samir, { answer: 'yes' });
		const seen = await findIntroduction(samir, structures.samir, code);
		await answerIntroduction(bruno, id, structures.bruno, { answer: 'not_now' });
		expect(await findIntroduction(samir, structures.samir, code)).toEqual(seen);
		expect(await mails(context)).toHaveLength(2);
		expect(await findIntroduction(context, structures.nadia, code)).toMatchObject({ standing: 'refused' });
		await expect(sayOutcome(samir, id, structures.samir, { outcome: 'met' })).rejects.toMatchObject({
			code: 'introductions.not-met-yet'
		});
		await answerIntroduction(bruno, id, structures.bruno, { answer: 'yes' });
		expect(await findIntroduction(context, structures.nadia, code)).toMatchObject({ standing: 'given' });
	});
});

test('of three, two may meet while the third waits', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await made(context, [structures.samir, structures.bruno, structures.odile]);
		for (const name of ['samir', 'bruno'] as const)
			await answerIntroduction(seenBy(context, name), id, structures[name], { answer: 'yes' });
		expect((await findIntroduction(seenBy(context, 'samir'), structures.samir, code)).contacts).toHaveLength(1);
		expect((await mails(context)).slice(3)).toHaveLength(2);
		await answerIntroduction(seenBy(context, 'odile'), id, structures.odile, { answer: 'yes' });
		expect((await mails(context)).slice(5)).toHaveLength(3);
		expect((await findIntroduction(seenBy(context, 'odile'), structures.odile, code)).contacts).toHaveLength(2);
	});
});

test('by the link of its mail, an organisation answers for itself and for nobody else', async () => {
	await as('nadia')(async (context) => {
		const { id } = await made(context);
		const place = await context.db
			.selectFrom('introduced')
			.select('id')
			.where('introductionId', '=', id)
			.where('organisationId', '=', structures.samir)
			.executeTakeFirstOrThrow();
		const link: LinkBearer = {
			is: 'link',
			id: newId(),
			may: 'answer',
			thing: place.id,
			invitee: structures.samir,
			organisationId: structures.samir
		};
		const bearer = { ...context, actor: link };
		expect(await findIntroductionOfLink(bearer)).toMatchObject({ reason: 'Une radio, un jardin.', contacts: [] });
		await expect(answerIntroduction(bearer, id, structures.bruno, { answer: 'yes' })).rejects.toThrow(Forbidden);
		await answerIntroduction(bearer, id, structures.samir, { answer: 'yes' });
		const other = { ...context, actor: { ...link, thing: newId() } };
		await expect(findIntroductionOfLink(other)).rejects.toThrow(NotFound);
	});
});

test('six weeks later, those who met are asked once what came of it; both sheets and the follow-up show it', async () => {
	await as('nadia')(async (context) => {
		const { id } = await made(context);
		for (const name of ['samir', 'bruno'] as const)
			await answerIntroduction(seenBy(context, name), id, structures[name], { answer: 'yes' });
		const after = (weeks: number): Context => ({
			...context,
			now: new Date(context.now.getTime() + weeks * week),
			actor: { is: 'system', name: 'test' }
		});
		expect(await askOutcomes(after(5))).toBe(0);
		expect(await askOutcomes(after(6))).toBe(1);
		expect(await askOutcomes(after(7))).toBe(0);
		expect((await mails(context)).slice(4)).toHaveLength(2);
		expect(await listIntroductionsForMe(seenBy(context, 'bruno'))).toHaveLength(1);
		await sayOutcome(seenBy(context, 'bruno'), id, structures.bruno, { outcome: 'together' });
		expect(await listIntroductionsForMe(seenBy(context, 'bruno'))).toEqual([]);
		expect((await listIntroductions(context, structures.nadia, { page: 1 })).introductions).toMatchObject([
			{ standing: 'together' }
		]);
		expect(await listIntroductionsWith(seenBy(context, 'bruno'), structures.bruno, structures.samir)).toHaveLength(1);
		expect(await listIntroductionsWith(context, structures.nadia, structures.bruno)).toHaveLength(1);
	});
});

test('a stranger to it finds nothing, and answers for nobody', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await made(context);
		for (const name of ['odile', 'helene', 'claire', 'yann'] as const) {
			const other = seenBy(context, name);
			await expect(findIntroduction(other, structures[name], code), name).rejects.toThrow(NotFound);
			await expect(answerIntroduction(other, id, structures.samir, { answer: 'yes' }), name).rejects.toThrow(Forbidden);
			expect((await listIntroductions(other, structures[name], { page: 1 })).introductions, name).toEqual([]);
			await expect(listIntroductions(other, structures.nadia, { page: 1 }), name).rejects.toThrow(NotFound);
		}
		await expect(listIntroductions(seenBy(context, 'agathe'), structures.nadia, { page: 1 })).rejects.toThrow(NotFound);
		await expect(
			introduce(seenBy(context, 'odile'), address('nadia'), { id: newId(), reason: 'x', organisations: [] })
		).rejects.toThrow(Forbidden);
		expect(await listIntroductionsForMe({ ...context, actor: stranger })).toEqual([]);
	});
});

test('sent twice, made once; not too many in a day', async () => {
	await as('nadia')(async (context) => {
		const input = { id: newId(), reason: 'Le même public.', organisations: [structures.samir, structures.bruno] };
		const first = await introduce(context, address('nadia'), input);
		expect(await introduce(context, address('nadia'), input)).toEqual({ ...first, silent: [] });
		await expect(introduce(seenBy(context, 'odile'), address('odile'), input)).rejects.toMatchObject({ code: 'forms.id-unreal' });
		await expect(
			introduce(context, address('nadia'), { ...input, id: newId(), organisations: [structures.samir, newId()] })
		).rejects.toThrow(NotFound);
		for (let i = 1; i < 20; i++) await introduce(context, address('nadia'), { ...input, id: newId() });
		await expect(introduce(context, address('nadia'), { ...input, id: newId() })).rejects.toMatchObject({
			code: 'introductions.too-many'
		});
	});
});

test('it becomes a cooperation in one gesture: tied, told on both sheets, and nothing more is asked of those who are in it', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await made(context, [structures.samir, structures.bruno, structures.odile]);
		const [samir, bruno] = [seenBy(context, 'samir'), seenBy(context, 'bruno')];
		const begin = { id: newId(), what: 'Une radio au jardin. On y parle fort.' };
		await answerIntroduction(samir, id, structures.samir, { answer: 'yes' });
		await expect(becomeCooperation(samir, id, structures.samir, begin)).rejects.toMatchObject({
			code: 'introductions.not-met-yet'
		});
		await answerIntroduction(bruno, id, structures.bruno, { answer: 'yes' });
		await expect(becomeCooperation(samir, id, structures.bruno, begin)).rejects.toThrow(Forbidden);
		const { path } = await becomeCooperation(samir, id, structures.samir, begin);
		expect(await becomeCooperation(samir, id, structures.samir, begin)).toEqual({ path });
		expect(await becomeCooperation(bruno, id, structures.bruno, { ...begin, id: newId() }), 'both at once: one').toEqual({
			path
		});
		const cooperation = await findCooperationById(samir, begin.id);
		expect(cooperation.partners.map(({ organisationId }) => organisationId)).toEqual([structures.samir, structures.bruno]);
		expect((await findIntroduction(bruno, structures.bruno, code)).cooperation).toMatchObject({
			name: 'Une radio au jardin',
			path
		});
		const seenByMaker = await findIntroduction(context, structures.nadia, code);
		expect(seenByMaker, 'who introduced them learns that it did, and not what').toMatchObject({
			standing: 'together',
			cooperation: null
		});
		const odile = seenBy(context, 'odile');
		expect((await findIntroduction(odile, structures.odile, code)).cooperation, 'nor who said nothing').toBeNull();
		const { id: partnerId } = cooperation.partners[1]!;
		await acceptPartnership(bruno, begin.id, { partnerId });
		const history = await listHistory(bruno, await findKeeper(bruno, address('bruno')), structures.samir);
		expect(history.map(({ what, outcome }) => [what, outcome?.includes('Une radio au jardin') ?? null]).toSorted()).toEqual([
			['introduced_to', true],
			['together', null]
		]);
		const before = (await mails(context)).length;
		const later: Context = { ...context, now: new Date(context.now.getTime() + 6 * week), actor: { is: 'system', name: 'test' } };
		expect(await askOutcomes(later)).toBe(1);
		expect(await mails(context)).toHaveLength(before);
		expect((await findIntroduction(bruno, structures.bruno, code)).mine).toMatchObject({ outcome: 'together' });
		expect(await listIntroductionsForMe(seenBy(later, 'bruno'))).toEqual([]);
	});
});

test('two that were merged since they met are invited once, as the one that was kept', async () => {
	await as('nadia')(async (context) => {
		const { id } = await made(context, [structures.samir, structures.bruno, structures.helene]);
		for (const name of ['samir', 'bruno', 'helene'] as const)
			await answerIntroduction(seenBy(context, name), id, structures[name], { answer: 'yes' });
		await mergeOrganisations(seenBy(context, 'agathe'), {
			keptId: structures.bruno,
			absorbedId: structures.helene,
			reason: 'C’est la même.',
			agreed: true
		});
		const begin = { id: newId(), what: 'Une radio au jardin.' };
		await becomeCooperation(seenBy(context, 'samir'), id, structures.samir, begin);
		const { partners } = await findCooperationById(seenBy(context, 'samir'), begin.id);
		expect(partners.map(({ organisationId }) => organisationId)).toEqual([structures.samir, structures.bruno]);
	});
});

test('whoever says nothing is reminded once, after ten days; nobody is when nothing can come of it', async () => {
	await as('nadia')(async (context) => {
		const one = await made(context);
		const other = await made(context, [structures.odile, structures.helene]);
		await answerIntroduction(seenBy(context, 'samir'), one.id, structures.samir, { answer: 'yes' });
		await answerIntroduction(seenBy(context, 'odile'), other.id, structures.odile, { answer: 'not_now' });
		const on = (days: number): Context => ({
			...context,
			now: new Date(context.now.getTime() + days * 86_400_000),
			actor: { is: 'system', name: 'test' }
		});
		const sent = (await mails(context)).length;
		expect(await remindIntroduced(on(9))).toBe(0);
		await remindIntroduced(on(10));
		expect((await mails(context)).slice(sent).map(({ toEmail }) => toEmail)).toEqual(['bruno@example.org']);
		expect(await remindIntroduced(on(30))).toBe(0);
		await expect(remindIntroduced(context)).rejects.toThrow(Forbidden);
	});
});

const bearerOf = async (context: Context, id: string, organisationId: string): Promise<LinkBearer> => {
	const { id: thing } = await context.db
		.selectFrom('introduced')
		.select('id')
		.where('introductionId', '=', id)
		.where('organisationId', '=', organisationId)
		.executeTakeFirstOrThrow();
	return { is: 'link', id: newId(), may: 'answer', thing, invitee: organisationId, organisationId };
};
const becomeOne = (context: Context) =>
	mergeOrganisations(seenBy(context, 'agathe'), {
		keptId: structures.bruno,
		absorbedId: structures.samir,
		reason: 'C’est la même.',
		agreed: true
	});

test('two that become one have one place: nobody meets itself, and the link sent to either answers', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await made(context, [structures.samir, structures.bruno, structures.helene]);
		const samir = await bearerOf(context, id, structures.samir);
		await becomeOne(context);
		const bruno = seenBy(context, 'bruno');
		expect((await findIntroduction(bruno, structures.bruno, code)).others.map(({ name }) => name)).toEqual([
			'Ville de Valsorbier'
		]);
		const reminded = { ...context, now: new Date(context.now.getTime() + 11 * 86_400_000), actor: system };
		await remindIntroduced(reminded);
		const asked = (await mails(context)).slice(3).map(({ toEmail, subject }) => [toEmail, subject]);
		expect(asked.filter(([to]) => to === 'bruno@example.org')).toEqual([
			['bruno@example.org', 'Rencontrer Ville de Valsorbier ?']
		]);
		expect(asked.map(([, subject]) => subject).join()).not.toContain('Radio Sorbier');
		// the link still bears the place that was Samir's; the organisation that it answers for is the one that was kept
		const link = { ...context, actor: { ...samir, organisationId: structures.bruno } };
		expect((await findIntroductionOfLink(link)).others).toHaveLength(1);
		await answerIntroduction(link, id, structures.bruno, { answer: 'yes' });
		expect(await answerIntroduction(seenBy(context, 'helene'), id, structures.helene, { answer: 'yes' })).toEqual({
			given: true
		});
		expect((await findIntroduction(bruno, structures.bruno, code)).contacts.map(({ name }) => name)).toEqual([
			'Ville de Valsorbier'
		]);
	});
});

test('when all who were to meet are one, nobody is left to meet, and nothing more is asked', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await made(context);
		await answerIntroduction(seenBy(context, 'samir'), id, structures.samir, { answer: 'yes' });
		await answerIntroduction(seenBy(context, 'bruno'), id, structures.bruno, { answer: 'yes' });
		await becomeOne(context);
		const bruno = seenBy(context, 'bruno');
		expect(await findIntroduction(bruno, structures.bruno, code)).toMatchObject({ alone: true, contacts: [], others: [] });
		const before = (await mails(context)).length;
		const inTime = { ...context, now: new Date(context.now.getTime() + 7 * week), actor: system };
		await askOutcomes(inTime);
		expect(await mails(context)).toHaveLength(before);
		expect(await listIntroductionsForMe({ ...bruno, now: inTime.now })).toEqual([]);
	});
});

test('whoever comes late is asked what came of it later than the others', async () => {
	await as('nadia')(async (context) => {
		const { id } = await made(context, [structures.samir, structures.bruno, structures.helene]);
		const on = (who: Name, weeks: number) => ({ ...seenBy(context, who), now: new Date(context.now.getTime() + weeks * week) });
		await answerIntroduction(on('samir', 0), id, structures.samir, { answer: 'yes' });
		await answerIntroduction(on('bruno', 0), id, structures.bruno, { answer: 'yes' });
		await askOutcomes({ ...on('nadia', 7), actor: system });
		await answerIntroduction(on('helene', 8), id, structures.helene, { answer: 'yes' });
		expect(await listIntroductionsForMe(on('samir', 8))).toHaveLength(1);
		expect(await listIntroductionsForMe(on('helene', 8))).toHaveLength(0);
		expect(await listIntroductionsForMe(on('helene', 15))).toHaveLength(1);
	});
});

test('whoever answered and is erased since is named nowhere, and the mails that gave their address are forgotten', async () => {
	await as('nadia')(async (context) => {
		const { id, code } = await made(context);
		const [samir, bruno] = [seenBy(context, 'samir'), seenBy(context, 'bruno')];
		await answerIntroduction(samir, id, structures.samir, { answer: 'yes' });
		await answerIntroduction(bruno, id, structures.bruno, { answer: 'yes' });
		expect((await findIntroduction(bruno, structures.bruno, code)).contacts).toMatchObject([{ person: 'Samir Haddad' }]);
		const write = allow(context, true);
		await write.updateTable('mails').set({ sentAt: context.now }).where('kind', '=', 'introduction').execute();
		await eraseMyself(samir);
		expect((await findIntroduction(bruno, structures.bruno, code)).contacts).toMatchObject([{ person: null, email: null }]);
		expect((await mails(context)).map(({ text }) => text).join()).not.toContain('samir@example.org');
	});
});
