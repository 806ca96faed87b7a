import { expect, test } from 'vitest';
import { stranger } from '#platform/actor.ts';
import { testWorld } from '../../../tests/world.ts';
import { discardDraft, eraseMyDrafts, forgetSent, keepDraft, saveLost } from './commands.server.ts';
import { listDrafts, listOwnDrafts } from './queries.server.ts';
import { largest, pageOf, wordsOf } from './rules.ts';

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

test('a page finds what was kept on it, and nothing of another', async () => {
	await as('nadia')(async (context) => {
		await keepDraft(context, typed);
		await keepDraft(context, { address: '/maison/appel?organisation=y', fields: { said: 'Oui.' } });
		expect(await listDrafts(context, null, '/cooperations/x')).toMatchObject([{ address: typed.address }]);
		expect(await listDrafts(context, null, '/maison/appel')).toHaveLength(1);
		expect(await listDrafts(context, null, '/cooperations')).toEqual([]);
	});
});

test('of a form, what was written is shown; its page is where it is sent, without the name of the form', () => {
	const id = '01890a5d-ac96-774b-bcce-b302099a8057';
	expect(
		wordsOf([
			['id', [id]],
			['kind', ['information']],
			['text', ['La salle est libre.']]
		])
	).toEqual(['La salle est libre.']);
	expect(wordsOf([['text', ['oui']]])).toEqual(['oui']);
	expect(pageOf('/cooperations/x?/writeLine')).toBe('/cooperations/x');
	expect(pageOf('/maison/appel?organisation=y')).toBe('/maison/appel?organisation=y');
	expect(pageOf('/structures?q=a&/save')).toBe('/structures?q=a');
});
