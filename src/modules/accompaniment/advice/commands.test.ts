import { expect, test } from 'vitest';
import { endCooperation } from '#modules/cooperations/commands/ending.server.ts';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { listFacts } from '#modules/journal/queries.server.ts';
import { noFilters } from '#modules/journal/rules.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { endAccompaniment } from '../commands.server.ts';
import { listAccompaniments } from '../queries.server.ts';
import { findPortfolio } from '../portfolio/queries.server.ts';
import { listOwnAdvice } from '../queries/mine.server.ts';
import { advise, answerAdvice } from './commands.server.ts';
import { adviseForm, answerAdviceForm } from './forms.ts';
import { countUnread, listAdvice, listAdviceForMe } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const meet = (over: Partial<Parameters<typeof advise>[2]> = {}) => ({
	id: newId(),
	precept: 'meetings' as const,
	text: 'Fixez une rencontre.',
	organisationId: null,
	...over
});
const says = (adviceId: string, who: 'nadia' | 'odile', state: 'read' | 'doing' | 'declined', reason: string | null = null) => ({
	adviceId,
	organisationId: world.structures[who],
	state,
	reason
});
const seen = async (context: Context) => (await listAdvice(context, await findCooperationById(context, cooperation))).advice;

test('advice reaches the partners, who answer in one click; whoever sent it sees what is unread', async () => {
	await as('claire')(async (context) => {
		const sent = meet();
		await advise(context, cooperation, sent);
		await advise(context, cooperation, sent);
		expect((await countUnread(context)).get(cooperation)).toEqual({ count: 1, since: context.now });
		const nadia = seenBy(context, 'nadia');
		expect(await listAdviceForMe(nadia)).toMatchObject([
			{ id: sent.id, text: 'Fixez une rencontre.', organisationId: world.structures.nadia, path: world.cooperation.path }
		]);
		await answerAdvice(nadia, cooperation, says(sent.id, 'nadia', 'doing'));
		expect(await listAdviceForMe(nadia)).toEqual([]);
		// Odile's has not said anything: still unread.
		expect((await findPortfolio(context)).entries[0]!.unread).toMatchObject({ count: 1 });
		await answerAdvice(seenBy(context, 'odile'), cooperation, says(sent.id, 'odile', 'declined', 'Nous jouons en mars.'));
		expect((await findPortfolio(context)).entries[0]!.unread).toBeNull();
		const [mine] = await seen(context);
		expect(mine!.readers.map(({ state, reason, mine: own }) => [state, reason, own])).toEqual([
			['doing', null, false],
			['declined', 'Nous jouons en mars.', false]
		]);
		// A partner reads what it made of it, not what the others did.
		expect((await seen(nadia))[0]!.readers.map(({ organisationId }) => organisationId)).toEqual([world.structures.nadia]);
		const notices = await context.db
			.selectFrom('notices')
			.select(['personId', 'text'])
			.where('kind', '=', 'accompaniment')
			.execute();
		const to = (name: 'nadia' | 'odile' | 'claire') => notices.filter(({ personId }) => personId === world.actors[name].id);
		expect(to('nadia').filter(({ text }) => text.includes('Fixez une rencontre'))).toHaveLength(1);
		expect(to('claire').filter(({ text }) => text.includes('On le fait'))).toHaveLength(1);
		expect((await listOwnAdvice(context)).sent).toHaveLength(1);
		expect((await listOwnAdvice(nadia)).answered).toMatchObject([{ state: 'doing' }]);
		const verbs = (await listFacts(context, cooperation, 'everything', noFilters)).facts.map(({ verb }) => verb);
		expect(verbs.filter((verb) => verb === 'accompaniment-advice-sent')).toHaveLength(1);
		expect(verbs.filter((verb) => verb === 'accompaniment-advice-answered')).toHaveLength(2);
	});
});

test('a click made twice says it once; the last word counts, and a reason goes with a refusal only', async () => {
	await as('claire')(async (context) => {
		const sent = meet();
		await advise(context, cooperation, sent);
		const nadia = seenBy(context, 'nadia');
		await answerAdvice(nadia, cooperation, says(sent.id, 'nadia', 'read'));
		await answerAdvice(nadia, cooperation, says(sent.id, 'nadia', 'read'));
		await answerAdvice(nadia, cooperation, says(sent.id, 'nadia', 'declined', 'Pas cette année.'));
		await answerAdvice(nadia, cooperation, says(sent.id, 'nadia', 'doing', 'Pas cette année.'));
		expect((await seen(nadia))[0]!.readers).toMatchObject([{ state: 'doing', reason: null }]);
		const { facts } = await listFacts(context, cooperation, 'everything', noFilters);
		expect(facts.filter(({ verb }) => verb === 'accompaniment-advice-answered')).toHaveLength(3);
	});
});

test('advice to one partner is nobody else’s, the journal of the cooperation included', async () => {
	await as('claire')(async (context) => {
		const sent = meet({ organisationId: world.structures.nadia });
		await advise(context, cooperation, sent);
		const odile = seenBy(context, 'odile');
		expect(await listAdviceForMe(odile)).toEqual([]);
		expect(await seen(odile)).toEqual([]);
		await expect(answerAdvice(odile, cooperation, says(sent.id, 'odile', 'read'))).rejects.toThrow(NotFound);
		await expect(answerAdvice(odile, cooperation, says(sent.id, 'nadia', 'read'))).rejects.toThrow(NotFound);
		const { facts } = await listFacts(context, cooperation, 'everything', noFilters);
		expect(facts.some(({ verb }) => verb.startsWith('accompaniment-advice'))).toBe(false);
		await expect(advise(context, cooperation, meet({ organisationId: world.structures.helene }))).rejects.toMatchObject({
			code: 'accompaniment.advice-not-a-partner'
		});
	});
});

test('STRANGER TEST: who is not inside finds no advice, gives none and answers none', async () => {
	await as('claire')(async (context) => {
		const sent = meet();
		await advise(context, cooperation, sent);
		for (const name of ['samir', 'bruno', 'yann', 'agathe'] as const) {
			const stranger = seenBy(context, name);
			await expect(advise(stranger, cooperation, meet()), name).rejects.toThrow(NotFound);
			await expect(answerAdvice(stranger, cooperation, says(sent.id, 'nadia', 'read')), name).rejects.toThrow(NotFound);
			expect(await listAdviceForMe(stranger), name).toEqual([]);
			expect((await countUnread(stranger)).size, name).toBe(0);
		}
		const helene = seenBy(context, 'helene');
		expect(await seen(helene)).toEqual([]);
		await expect(answerAdvice(helene, cooperation, says(sent.id, 'nadia', 'read'))).rejects.toThrow(NotFound);
		await expect(advise(seenBy(context, 'nadia'), cooperation, meet())).rejects.toThrow(Forbidden);
		await expect(answerAdvice(context, cooperation, says(sent.id, 'nadia', 'read'))).rejects.toThrow(Forbidden);
		await expect(answerAdvice(seenBy(context, 'nadia'), cooperation, says(sent.id, 'odile', 'read'))).rejects.toThrow(Forbidden);
		await expect(advise(context, cooperation, { ...meet(), id: sent.id })).resolves.toBeUndefined();
	});
});

test('a partner that left is asked nothing; a hub that accompanies no more hears nothing', async () => {
	await as('claire')(async (context) => {
		const sent = meet();
		await advise(context, cooperation, sent);
		const nadia = seenBy(context, 'nadia');
		const odile = seenBy(context, 'odile');
		await answerAdvice(nadia, cooperation, says(sent.id, 'nadia', 'read'));
		const { accepted } = await findCooperationById(context, cooperation);
		const partner = accepted.find(({ organisationId }) => organisationId === world.structures.odile)!;
		await leaveCooperation(odile, cooperation, { partnerId: partner.id, reason: 'Plus le temps.' });
		await expect(answerAdvice(odile, cooperation, says(sent.id, 'odile', 'read'))).rejects.toThrow(NotFound);
		expect((await countUnread(context)).size).toBe(0);
		const [relation] = (await listAccompaniments(nadia, { cooperationId: cooperation })).relations;
		await endAccompaniment(nadia, { id: relation!.id });
		expect(await countUnread(context)).toEqual(new Map());
		expect((await findPortfolio(context)).entries).toEqual([]);
		await expect(advise(context, cooperation, meet())).rejects.toThrow(NotFound);
		await expect(answerAdvice(nadia, cooperation, says(sent.id, 'nadia', 'doing'))).rejects.toMatchObject({
			code: 'accompaniment.advice-unheard'
		});
		// It stays readable, without buttons.
		expect((await seen(nadia))[0]).toMatchObject({ heard: false, readers: [{ state: 'read', mine: false }] });
	});
});

test('what has ended is advised no more, nor is its advice answered', async () => {
	await as('claire')(async (context) => {
		const sent = meet();
		await advise(context, cooperation, sent);
		const nadia = seenBy(context, 'nadia');
		await endCooperation(nadia, cooperation, { reason: 'Le projet est fini.', actingFor: null });
		await expect(advise(context, cooperation, meet())).rejects.toMatchObject({ code: 'cooperations.ended' });
		await expect(answerAdvice(nadia, cooperation, says(sent.id, 'nadia', 'read'))).rejects.toMatchObject({
			code: 'cooperations.ended'
		});
		expect(await listAdviceForMe(nadia)).toEqual([]);
	});
});

test('empty, huge and forged forms are refused in words', () => {
	const typed = { id: newId(), precept: 'meetings', text: 'Un mot.' };
	expect(adviseForm.safeParse(typed).success).toBe(true);
	for (const [field, value] of [
		['text', '   '],
		['text', 'x'.repeat(1001)],
		['precept', 'command'],
		['organisationId', 'everyone'],
		['id', '1']
	] as const)
		expect(adviseForm.safeParse({ ...typed, [field]: value }).error?.issues[0]?.path).toEqual([field]);
	const answer = { adviceId: newId(), organisationId: newId(), state: 'obeyed' };
	expect(answerAdviceForm.safeParse(answer).error?.issues[0]?.path).toEqual(['state']);
});
