import { expect, test } from 'vitest';
import { addresseeKinds, views, type AddresseeKind } from '#content/arguments/argument.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails, type Audience, type Kind } from '#modules/lines/rules.ts';
import type { Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { makePitch, rewordOpening } from './commands.server.ts';
import { onPaper, pitchOnPaper } from './documents.server.ts';
import { pitchForm } from './forms.ts';
import { findMaterial, findPitch, listPitches } from './queries.server.ts';
import { argumentsFor, holdsOnOnePage, namesThatFit, room, wordsIn } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const mine = world.structures.nadia;
const here = (context: Context) => findCooperation(context, world.cooperation.path);
const gains = (kind: AddresseeKind) =>
	argumentsFor(kind)
		.filter(({ usual }) => usual)
		.map(({ id }) => id);
const made = (over: Record<string, unknown> = {}) =>
	pitchForm.parse({
		id: newId(),
		kind: 'town',
		addressee: 'la mairie de Valsorbier',
		opening: 'Voici ce que la commune y gagne.',
		gains: gains('town'),
		...over
	});
const codeOf = (promise: Promise<unknown>) =>
	promise.then(
		() => 'done',
		(problem: unknown) => (problem instanceof Refused ? problem.code : (problem as Error).constructor.name)
	);
async function line(context: Context, audience: Audience, text: string, kind: Kind = 'need'): Promise<string> {
	const id = newId();
	await writeLine(context, cooperation, { ...noDetails, id, kind, text, audience, actingFor: null });
	return id;
}

test('every addressee has arguments from the four points of view, and no more ticked than the page holds', () => {
	for (const kind of addresseeKinds) {
		const all = argumentsFor(kind);
		expect([...new Set(all.map(({ view }) => view))].toSorted(), kind).toEqual([...views].toSorted());
		expect(all.filter(({ usual }) => usual).length, kind).toBeLessThanOrEqual(room.gains);
		for (const { text } of all) expect(wordsIn(text), text).toBeLessThanOrEqual(26);
	}
});

test('only one’s own lines and those for everyone can leave, whoever sends what', async () => {
	await as('nadia')(async (context) => {
		const odile = seenBy(context, 'odile');
		const ours = await line(context, 'organisation', 'Une salle, pour nous.');
		const partners = await line(odile, 'partners', 'Un secret de la zibelouse.');
		const open = await line(odile, 'everyone', 'Un lieu pour jouer.');
		const material = await findMaterial(context, await here(context), mine);
		expect(material.asked.map(({ root }) => root).toSorted()).toEqual([ours, open].toSorted());
		expect(material.asked.find(({ root }) => root === ours)).toMatchObject({ mine: true, usual: false });
		expect(material.kept).toBe(1);
		expect(await codeOf(makePitch(context, cooperation, made({ asked: [partners] })))).toBe('pitches.not-showable');
		const { path } = await makePitch(context, cooperation, made({ asked: [ours, open] }));
		const pitch = await findPitch(context, cooperation, path.slice(path.lastIndexOf('/') + 1));
		expect(pitch.content.asked).toEqual(['Une salle, pour nous.', 'Un lieu pour jouer.']);
		expect(JSON.stringify(pitch)).not.toContain('zibelouse');
	});
});

test('a page is its organisation’s: partners, hub, administrator and strangers find none', async () => {
	await as('nadia')(async (context) => {
		const input = made();
		const { path } = await makePitch(context, cooperation, input);
		expect((await makePitch(context, cooperation, input)).path).toBe(path);
		const all: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];
		for (const name of all) {
			const other = seenBy(context, name);
			const own = name === 'nadia';
			expect((await listPitches(other, cooperation, mine)).length, name).toBe(own ? 1 : 0);
			expect(await codeOf(findPitch(other, cooperation, input.id)), name).toBe(own ? 'done' : 'NotFound');
			if (own) continue;
			expect(['NotFound', 'Forbidden'], name).toContain(
				await codeOf(rewordOpening(other, cooperation, input.id, { opening: 'Non.', read: input.opening }))
			);
			const forged = await codeOf(makePitch(other, cooperation, made({ actingFor: mine })));
			expect(['NotFound', 'Forbidden', 'organisations.not-yours'], name).toContain(forged);
		}
		expect(await codeOf(makePitch(seenBy(context, 'odile'), cooperation, made({ id: input.id })))).toBe('NotFound');
	});
});

test('an invited organisation makes a page for its own board, of what its invitation shows', async () => {
	await as('helene')(async (context) => {
		const material = await findMaterial(context, await here(context), world.structures.helene);
		expect(material).toMatchObject({ sessions: null });
		expect(await codeOf(makePitch(context, cooperation, made({ kind: 'board', gains: gains('board') })))).toBe('done');
	});
});

test('the first sentence is reworded; what a colleague wrote in between is shown', async () => {
	await as('nadia')(async (context) => {
		const input = made();
		await makePitch(context, cooperation, input);
		await rewordOpening(context, cooperation, input.id, { opening: 'Autrement.', read: input.opening });
		expect(await codeOf(rewordOpening(context, cooperation, input.id, { opening: 'Encore.', read: input.opening }))).toBe(
			'pitches.opening-changed'
		);
		expect((await findPitch(context, cooperation, input.id)).opening).toBe('Autrement.');
	});
});

test('what does not hold on a page is refused with what to take out', () => {
	const page = { opening: 'Oui.', gains: [{ id: 'a', text: 'Du neuf.' }], asked: [], proven: [] };
	const many = (n: number, words: number) => Array.from({ length: n }, (_, i) => ({ root: `${i}`, text: 'mot '.repeat(words) }));
	expect(holdsOnOnePage(page)).toBeUndefined();
	for (const [over, code] of [
		[{ opening: 'mot '.repeat(room.opening + 1) }, 'opening-too-long'],
		[{ opening: 'm'.repeat(2000) }, 'opening-too-long'],
		[{ gains: [] }, 'no-gain'],
		[{ gains: Array.from({ length: room.gains + 1 }, () => ({ id: 'a', text: 'x' })) }, 'too-many-gains'],
		[{ asked: many(room.asked + 1, 1) }, 'too-many-asked'],
		[{ proven: many(room.proven + 1, 1) }, 'too-many-proven'],
		[{ asked: many(6, 40) }, 'too-long']
	] as const)
		expect(() => holdsOnOnePage({ ...page, ...over } as typeof page), code).toThrow(`pitches.${code}`);
});

test('the fullest page is one page, tagged', { timeout: 120_000 }, async () => {
	await as('nadia')(async (context) => {
		const input = made();
		await makePitch(context, cooperation, input);
		const pitch = await findPitch(context, cooperation, input.id);
		const full = {
			...pitch,
			addressee: 'l’établissement public de coopération intercommunale du Valsorbier',
			opening: 'coopération '.repeat(room.opening),
			content: {
				partners: namesThatFit(Array.from({ length: 60 }, () => 'Association des habitants du quartier de la Butte')).join(', '),
				facts: [
					['Où nous en sommes', 'Préparation'],
					['Où', 'Montpellier'],
					['Depuis', 'lundi 2 novembre 2026']
				] as [string, string][],
				sentence: 'Nous voulons jouer ensemble dehors. '.repeat(14),
				gains: argumentsFor('town')
					.slice(0, room.gains)
					.map(({ text }) => text),
				asked: Array.from({ length: room.asked }, () => 'association '.repeat(16)),
				proven: ['12 séances tenues', ...Array.from({ length: room.proven }, () => 'indicateur '.repeat(18))]
			}
		};
		const shown = await here(context);
		const print = (size: number) =>
			typeset('src/modules/pitches/pitch.typ', { ...onPaper(shown, full, 'L’Atelier du Soleil'), size }, { date: context.now });
		expect((await print(8)).pages).toBe(1);
		const usual = await typeset(
			'src/modules/pitches/pitch.typ',
			{ ...onPaper(shown, pitch, 'L’Atelier du Soleil'), size: 10.5 },
			{ date: context.now }
		);
		expect(usual.pages).toBe(1);
		const pdf = Buffer.from(await pitchOnPaper(shown, full, 'L’Atelier du Soleil')).toString('latin1');
		expect(pdf).toContain('/MarkInfo');
	});
});
