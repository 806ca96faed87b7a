import { expect, test } from 'vitest';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { findCooperationById } from '../queries.server.ts';
import { findStage } from '../stages/queries.server.ts';
import { keepReading } from './commands.server.ts';
import { listReadings } from './queries.server.ts';
import { answersAs, questionIds, unknown, type Answers } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const reading = (answers: Answers, over: { after?: string | null } = {}) => ({
	id: newId(),
	answers: answersAs(Object.fromEntries(questionIds.map((question) => [question, answers[question] ?? unknown]))),
	after: null,
	actingFor: null,
	...over
});
const seen = async (context: Parameters<typeof listReadings>[0]) =>
	listReadings(context, await findCooperationById(context, cooperation));

test('two who qualify at once: both readings are kept, and the later one says so', async () => {
	await as('nadia')(async (context) => {
		const first = reading({ what: 'action', who: 'associations' });
		expect(await keepReading(context, cooperation, first)).toEqual({ meanwhile: false });
		const later = { ...seenBy(context, 'odile'), now: new Date(context.now.getTime() + 1000) };
		const second = reading({ what: 'means' });
		expect(await keepReading(later, cooperation, second)).toEqual({ meanwhile: true });
		// Sent again, it says the same and writes nothing.
		expect(await keepReading(later, cooperation, second)).toEqual({ meanwhile: true });
		expect((await seen(context)).map(({ forms, meanwhile, saidBy }) => [forms, meanwhile, saidBy])).toEqual([
			[['pooling'], first.id, 'Odile Marchand, Compagnie des Tréteaux'],
			[['cooperation'], null, 'Nadia Benali, L’Atelier du Soleil']
		]);
		const third = { ...context, now: new Date(context.now.getTime() + 2000) };
		expect(await keepReading(third, cooperation, reading({}, { after: second.id }))).toEqual({ meanwhile: false });
		expect((await seen(context))[0]!.forms).toEqual([]);
	});
});

test('a reading changes what is usual: a reflection has two years', async () => {
	await as('nadia')(async (context) => {
		await keepReading(context, cooperation, reading({ what: 'thinking' }));
		expect((await findStage(context, cooperation)).kind).toBe('reflection');
	});
});

test('unfinished, forged or late: nothing is written', async () => {
	await as('nadia')(async (context) => {
		const whole = reading({ what: 'action' });
		await expect(keepReading(context, cooperation, { ...whole, answers: 'action' })).rejects.toMatchObject({
			code: 'cooperations.form-unfinished'
		});
		await expect(keepReading(seenBy(context, 'claire'), cooperation, whole)).rejects.toThrow(Forbidden);
		await expect(keepReading(seenBy(context, 'bruno'), cooperation, whole)).rejects.toThrow(NotFound);
		const odile = seenBy(context, 'odile');
		const { accepted } = await findCooperationById(odile, cooperation);
		const partner = accepted.find(({ organisationId }) => organisationId === world.structures.odile)!;
		await leaveCooperation(odile, cooperation, { partnerId: partner.id, reason: 'Plus le temps.' });
		await expect(keepReading(odile, cooperation, whole)).rejects.toThrow(Forbidden);
		await expect(seen(odile)).rejects.toThrow(NotFound);
		expect(await seen(context)).toEqual([]);
	});
});

test('who accompanies reads the form, not the answers', async () => {
	await as('nadia')(async (context) => {
		await keepReading(context, cooperation, reading({ what: 'means' }));
		expect((await seen(seenBy(context, 'claire')))[0]).toMatchObject({ forms: ['pooling'], answers: null });
	});
});
