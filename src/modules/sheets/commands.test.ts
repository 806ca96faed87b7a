import { expect, test } from 'vitest';
import { beginCooperation } from '#modules/cooperations/commands.server.ts';
import { conveneFirst } from '#modules/meetings/commands.server.ts';
import { stranger } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { chooseChannel, eraseMyNameFromNotes, keepNote, keepPartner, letPartnerGo, removeNote } from './commands.server.ts';
import { findKeeper, findSheet, listHistory, listOwnNotes, listPartners } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const address = (name: Name) => world.actors[name].belongings[0]!.path.replace('/structures/', '');
const between = { organisation: address('nadia'), partner: address('odile') };
const sheet = async (context: Context, where = between) =>
	findSheet(context, await findKeeper(context, where.organisation), where.partner);
const home = { id: world.structures.nadia, path: world.actors.nadia.belongings[0]!.path };
const note = (text = 'Préfère le matin.') => ({ id: newId(), text });

test('a note is read by the people of the organisation that keeps it, and by nobody else', async () => {
	await as('nadia')(async (context) => {
		await keepNote(context, between, note());
		expect(await sheet(context)).toMatchObject({ kept: true, notes: [{ text: 'Préfère le matin.', by: 'Nadia Benali' }] });
		for (const name of ['odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'] as const) {
			const other = seenBy(context, name);
			await expect(findKeeper(other, between.organisation), name).rejects.toThrow(NotFound);
			await expect(keepNote(other, between, note()), name).rejects.toThrow(NotFound);
			const keeper = await findKeeper(context, between.organisation);
			expect((await findSheet(other, keeper, between.partner).catch(() => ({ notes: [] }))).notes, name).toEqual([]);
			expect((await listPartners(other, keeper.id, { words: '', page: 1 })).count, name).toBe(0);
			expect(await listHistory(other, keeper, world.structures.odile), name).toEqual([]);
		}
		// What is kept about Odile's structure does not show on the sheets that it keeps itself.
		const back = await sheet(seenBy(context, 'odile'), { organisation: address('odile'), partner: address('nadia') });
		expect(back).toMatchObject({ kept: false, notes: [] });
		await expect(findKeeper({ ...context, actor: stranger }, between.organisation)).rejects.toThrow(NotFound);
	});
});

test('partners are those one works with, and those one keeps', async () => {
	await as('nadia')(async (context) => {
		const names = async () =>
			(await listPartners(context, world.structures.nadia, { words: '', page: 1 })).partners.map(({ name }) => name);
		expect(await names()).toEqual(['Compagnie des Tréteaux']);
		const radio = { organisation: between.organisation, partner: address('samir') };
		await keepPartner(context, radio);
		await keepPartner(context, radio);
		expect(await names()).toEqual(['Compagnie des Tréteaux', 'Radio Sorbier']);
		expect((await listPartners(context, world.structures.nadia, { words: 'radio', page: 7 })).page).toBe(1);
		await letPartnerGo(context, radio);
		expect(await names()).toEqual(['Compagnie des Tréteaux']);
		await expect(keepPartner(context, { ...between, partner: between.organisation })).rejects.toThrow(NotFound);
	});
});

test('the history puts itself together, and stops at what one may see', async () => {
	await as('nadia')(async (context) => {
		const told = async (about: 'odile' | 'helene' | 'samir') =>
			(await listHistory(context, home, world.structures[about])).map(({ what, text }) => [what, text]);
		expect(await told('odile')).toEqual([['together', 'Avril enchanté']]);
		expect(await told('helene')).toEqual([['invited', 'Avril enchanté']]);
		expect(await told('samir')).toEqual([]);
		const day = '2026-11-20';
		await conveneFirst(context, world.cooperation.id, { id: newId(), day, time: '18:30', actingFor: null });
		const later = { ...context, now: new Date('2026-11-30T09:00:00Z') };
		const meetings = (await listHistory(later, home, world.structures.odile)).filter(({ what }) => what === 'meeting');
		expect(meetings).toHaveLength(1);
		// A cooperation of two others stays theirs.
		await beginCooperation(seenBy(context, 'odile'), {
			id: newId(),
			what: 'Un bal. Danser.',
			withWhom: 'Radio Sorbier',
			actingFor: null
		});
		expect(await told('samir')).toEqual([]);
	});
});

test('sent twice, one note; its words can be taken away, by its keeper only', async () => {
	await as('nadia')(async (context) => {
		const one = note();
		await keepNote(context, between, one);
		await keepNote(context, between, one);
		expect((await sheet(context)).notes).toHaveLength(1);
		await expect(keepNote(context, { ...between, partner: address('samir') }, one)).rejects.toMatchObject({
			code: 'forms.id-unreal'
		});
		const odile = seenBy(context, 'odile');
		const theirs = { organisation: address('odile'), partner: address('nadia') };
		await expect(removeNote(odile, theirs, one)).rejects.toThrow(NotFound);
		await removeNote(context, between, one);
		expect((await sheet(context)).notes).toMatchObject([{ text: '', removedAt: context.now }]);
		await chooseChannel(context, between, { channel: 'phone' });
		expect((await sheet(context)).channel).toBe('phone');
	});
});

test('whoever is erased leaves the notes of others, and takes their own with them', async () => {
	await as('nadia')(async (context) => {
		await keepNote(context, between, note('Appeler Odile Marchand le soir.'));
		expect(await listOwnNotes(context)).toMatchObject({ notesWritten: [{ text: 'Appeler Odile Marchand le soir.' }] });
		expect(await listOwnNotes(seenBy(context, 'odile'))).toMatchObject({ notesWritten: [] });
		await eraseMyNameFromNotes(seenBy(context, 'odile'));
		expect((await sheet(context)).notes[0]!.text).not.toContain('Marchand');
	});
});
