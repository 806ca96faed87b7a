import { expect, test } from 'vitest';
import { stranger } from '#platform/actor.ts';
import { testWorld } from '../../../tests/world.ts';
import { discardDraft, eraseMyDrafts, forgetSent, keepDraft, saveLost } from './commands.server.ts';
import { listDrafts, listOwnDrafts } from './queries.server.ts';
import { largest } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const typed = { address: '/cooperations/x?/writeLine', fields: { text: 'La salle est libre.', who: ['a', 'b'] } };

test('what is kept for later is one’s own, once for each form, and goes when it is sent', async () => {
	await as('nadia')(async (context) => {
		await keepDraft(context, { ...typed, fields: { text: 'La salle.' } });
		expect(await keepDraft(context, typed)).toBe(true);
		expect((await listDrafts(context, null)).map(({ fields }) => fields)).toEqual([
			[
				['text', ['La salle est libre.']],
				['who', ['a', 'b']]
			]
		]);
		expect(await listDrafts(seenBy(context, 'odile'), null)).toEqual([]);
		await forgetSent(context, typed.address, null);
		expect(await listDrafts(context, null)).toEqual([]);
	});
});

test('what was typed when the session had ended is found by the browser that kept it, once signed in', async () => {
	await as(stranger)(async (context) => {
		const token = (await saveLost(context, typed, null))!;
		expect(await listDrafts(context, token)).toEqual([]);
		const nadia = seenBy(context, 'nadia');
		expect(await listDrafts(nadia, 'another')).toEqual([]);
		const [draft] = await listDrafts(nadia, token);
		expect(draft).toMatchObject({ address: typed.address });
		await discardDraft(nadia, { id: draft!.id }, null);
		expect(await listDrafts(nadia, token)).toHaveLength(1);
		await discardDraft(nadia, { id: draft!.id }, token);
		expect(await listDrafts(nadia, token)).toEqual([]);
	});
});

test('on a shared computer, only the one whose session it was finds it', async () => {
	await as(stranger)(async (context) => {
		const token = (await saveLost(context, typed, world.actors.nadia.id))!;
		expect(await listDrafts(seenBy(context, 'odile'), token)).toEqual([]);
		expect(await listDrafts(seenBy(context, 'nadia'), null)).toHaveLength(1);
		expect(await listOwnDrafts(seenBy(context, 'nadia'))).toHaveLength(1);
		await eraseMyDrafts(seenBy(context, 'nadia'));
		expect(await listDrafts(seenBy(context, 'nadia'), token)).toEqual([]);
	});
});

test('what is too long, or empty, is not kept', async () => {
	await as('nadia')(async (context) => {
		expect(await keepDraft(context, { ...typed, fields: { text: 'x'.repeat(largest) } })).toBe(false);
		expect(await saveLost(context, { ...typed, fields: {} }, null)).toBeNull();
	});
});
