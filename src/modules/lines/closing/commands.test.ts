import { expect, test } from 'vitest';
import { beginCooperation } from '#modules/cooperations/commands.server.ts';
import { acceptPartnership, changeRole } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { stranger } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import type { Name } from '../../../../seeds/world.ts';
import { testWorld } from '../../../../tests/world.ts';
import { writeLine } from '../commands.server.ts';
import { noDetails } from '../rules.ts';
import { answerSharing } from './commands.server.ts';
import { reviewDocument } from './documents.server.ts';
import { findSharing, listLessons, listReview, listSharedReviews } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const { nadia, odile } = world.structures;

const failed = (context: Context, text: string, audience: 'organisation' | null = null) =>
	writeLine(context, cooperation, {
		...noDetails,
		id: newId(),
		kind: 'information',
		topic: 'failed',
		text,
		audience,
		actingFor: null
	});

/** A new cooperation that somebody begins with one other, who accepts. */
async function anew(context: Context, by: Name, other: Name, structure: string) {
	const { id } = await beginCooperation(seenBy(context, by), {
		id: newId(),
		what: 'Recommencer.',
		withWhom: structure,
		actingFor: null
	});
	const { partners } = await findCooperationById(seenBy(context, other), id);
	await acceptPartnership(seenBy(context, other), id, { partnerId: partners.find(({ name }) => name === structure)!.id });
	return id;
}
const lessonsFor = async (context: Context, name: Name, id: string) => {
	const seen = seenBy(context, name);
	return (await listLessons(seen, await findCooperationById(seen, id))).map(({ text, from }) => [text, from]);
};

test('the review is written by each in its own name, read by the partners, and by nobody else', async () => {
	await as('nadia')(async (context) => {
		await failed(context, 'Trop tard le soir.');
		const texts = async (name: Name) => (await listReview(seenBy(context, name), cooperation)).map(({ text }) => text);
		expect(await texts('odile')).toEqual(['Trop tard le soir.']);
		for (const name of ['samir', 'helene', 'claire', 'yann', 'agathe'] as const) expect(await texts(name), name).toEqual([]);
		const lines = await listReview(context, cooperation);
		const paper = {
			cooperation: await findCooperationById(context, cooperation),
			figures: [['Enfants présents.', '60', '48']],
			unforeseen: []
		};
		expect((await reviewDocument(context, { ...paper, lines })).length).toBeGreaterThan(1000);
	});
});

test('it is shared when every carrier said yes, as far as the least open; each may take it back at once', async () => {
	await as('nadia')(async (context) => {
		const answer = (name: Name, organisation: string, openness: 'no' | 'with names' | 'without names') =>
			answerSharing(seenBy(context, name), cooperation, { organisation, openness });
		const shared = async (name: Name = 'nadia') => {
			const seen = seenBy(context, name);
			return (await findSharing(seen, await findCooperationById(seen, cooperation))).shared;
		};
		await answer('nadia', nadia, 'with names');
		expect(await shared()).toBe('no');
		await answer('odile', odile, 'without names');
		await answer('odile', odile, 'without names');
		expect(await shared()).toBe('without names');
		await answer('odile', odile, 'with names');
		expect(await shared()).toBe('with names');
		await answer('nadia', nadia, 'no');
		expect(await shared()).toBe('no');
		await expect(answer('nadia', odile, 'no')).rejects.toThrow(Forbidden);
		await expect(answer('helene', world.structures.helene, 'no')).rejects.toThrow(Forbidden);
		await expect(answer('samir', nadia, 'with names')).rejects.toThrow(NotFound);
		// what they answered is between them
		const invited = seenBy(context, 'helene');
		const { carriers } = await findSharing(invited, await findCooperationById(invited, cooperation));
		expect(carriers.map(({ openness }) => openness)).toEqual([null, null]);
	});
});

test('what failed comes back to the next cooperation of the same partners, and to others only when it was shared', async () => {
	await as('nadia')(async (context) => {
		await failed(context, 'Trop tard le soir.');
		await failed(context, 'Un secret de chez nous.', 'organisation');
		const same = await anew(context, 'nadia', 'odile', 'Compagnie des Tréteaux');
		const { name } = await findCooperationById(context, cooperation);
		expect(await lessonsFor(context, 'odile', same)).toEqual([['Trop tard le soir.', name]]);
		// Samir was no partner then: he reads it in a cooperation with Nadia once it is shared, with the names that were agreed
		const other = await anew(context, 'nadia', 'samir', 'Radio Sorbier');
		expect(await lessonsFor(context, 'samir', other)).toEqual([]);
		await answerSharing(context, cooperation, { organisation: nadia, openness: 'with names' });
		expect(await lessonsFor(context, 'samir', other)).toEqual([]);
		await answerSharing(seenBy(context, 'odile'), cooperation, { organisation: odile, openness: 'without names' });
		expect(await lessonsFor(context, 'samir', other)).toEqual([['Trop tard le soir.', null]]);
		await answerSharing(seenBy(context, 'odile'), cooperation, { organisation: odile, openness: 'with names' });
		expect(await lessonsFor(context, 'samir', other)).toEqual([['Trop tard le soir.', name]]);
		await answerSharing(context, cooperation, { organisation: nadia, openness: 'no' });
		expect(await lessonsFor(context, 'samir', other)).toEqual([]);
	});
});

test('everyone reads a review that every carrier shared, as they said, until one takes it back', async () => {
	await as('nadia')(async (context) => {
		await failed(context, 'Trop tard le soir.');
		await failed(context, 'Un secret de chez nous.', 'organisation');
		const anybody: Context = { ...context, actor: stranger };
		const read = async () => (await listSharedReviews(anybody, { page: 1 })).reviews;
		const agree = (name: Name, organisation: string, openness: 'no' | 'with names' | 'without names') =>
			answerSharing(seenBy(context, name), cooperation, { organisation, openness });
		const { name } = await findCooperationById(context, cooperation);
		expect(await read()).toEqual([]);
		await agree('nadia', nadia, 'with names');
		expect(await read()).toEqual([]);
		await agree('odile', odile, 'without names');
		const text = 'Trop tard le soir.';
		expect(await read()).toEqual([{ name: null, parts: [{ topic: 'failed', lines: [{ text, speaker: null }] }] }]);
		await agree('odile', odile, 'with names');
		expect(await read()).toEqual([{ name, parts: [{ topic: 'failed', lines: [{ text, speaker: 'L’Atelier du Soleil' }] }] }]);
		// one that comes to carry it too is asked first; one that carries nothing agreed to nothing, and is not quoted
		const partnerId = (await findCooperationById(context, cooperation)).partners.find(
			({ organisationId }) => organisationId === world.structures.helene
		)!.id;
		const helene = seenBy(context, 'helene');
		await acceptPartnership(helene, cooperation, { partnerId });
		expect(await read()).toEqual([]);
		await changeRole(helene, cooperation, { partnerId, role: 'public', place: null });
		await failed(helene, 'La mairie n’a pas répondu.');
		expect((await read()).flatMap(({ parts }) => parts.flatMap(({ lines }) => lines))).toEqual([
			{ text, speaker: 'L’Atelier du Soleil' }
		]);
		expect((await listSharedReviews(anybody, { page: 2 })).reviews).toEqual([]);
		await agree('nadia', nadia, 'no');
		expect(await read()).toEqual([]);
	});
});
