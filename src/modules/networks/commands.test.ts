import { expect, test } from 'vitest';
import { answerAccompaniment, proposeToOrganisation } from '#modules/accompaniment/commands.server.ts';
import { listAccompaniments } from '#modules/accompaniment/queries.server.ts';
import { closeHouse } from '#modules/accompaniment/closing/commands.server.ts';
import { findHouse } from '#modules/hubs/houses/queries.server.ts';
import { stranger } from '#platform/actor.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../tests/world.ts';
import { answerNetwork, declareNetwork, endNetwork, leaveNetwork, proposeHouse } from './commands.server.ts';
import { listNetworksLedBy, listNetworks, listNetworksOf, readAcross } from './queries.server.ts';

const { db, world, as, keep, seenBy } = await testWorld();
const { structures } = world;
const network = newId();
// Hélène's town animates the network.
const input = { id: network, name: 'Maisons de la vallée', organisationId: structures.helene };
await keep('agathe')((context) => declareNetwork(context, input));
await keep('agathe')((context) => declareNetwork(context, input));
await keep('agathe')((context) => proposeHouse(context, { networkId: network, hubId: structures.claire }));
await keep('agathe')((context) => proposeHouse(context, { networkId: network, hubId: structures.yann }));
const places = await db.selectFrom('networkHouses').select(['id', 'hubId']).execute();
const claire = places.find(({ hubId }) => hubId === structures.claire)!;
const yann = places.find(({ hubId }) => hubId === structures.yann)!;
const { code } = await db.selectFrom('networks').select('code').executeTakeFirstOrThrow();
const address = `vallee-${code}`;

test('a house shows nothing before it accepts, by who manages it and by nobody else', () =>
	as('helene')(async (context) => {
		expect(await readAcross(context, address)).toMatchObject({ all: null, houses: [], asked: { length: 2 } });
		for (const name of ['agathe', 'helene', 'yann', 'nadia', 'samir'] as const)
			await expect(answerNetwork(seenBy(context, name), claire, true), name).rejects.toThrow(NotFound);
		await answerNetwork(seenBy(context, 'claire'), claire, true);
		await expect(answerNetwork(seenBy(context, 'claire'), claire, false)).rejects.toMatchObject({ code: 'networks.answered' });
		const read = await readAcross(context, address);
		expect(read).toMatchObject({
			all: { cooperations: 1, organisations: 0 },
			houses: [{ name: 'Maison des associations de Valsorbier', cooperations: 1 }],
			asked: ['Maison des associations de Port-Louet']
		});
	}));

test('counts alone leave: neither the name of what is not public, nor its partners', () =>
	as('helene')(async (context) => {
		await proposeToOrganisation(
			seenBy(context, 'claire'),
			{ id: structures.bruno, path: '/structures/bruno' },
			{ hubId: structures.claire }
		);
		const { relations } = await listAccompaniments(seenBy(context, 'bruno'), { organisationId: structures.bruno });
		await answerAccompaniment(seenBy(context, 'bruno'), { id: relations[0]!.id }, { accepted: true });
		await answerNetwork(seenBy(context, 'claire'), claire, true);
		expect(await listNetworksLedBy(context, structures.helene)).toMatchObject([{ name: 'Maisons de la vallée' }]);
		const read = await readAcross(context, address);
		expect(read.all).toMatchObject({ cooperations: 1, organisations: 1 });
		expect(read.all!.stages.reduce((sum, { count }) => sum + count, 0)).toBe(1);
		const said = JSON.stringify(read);
		for (const secret of ['Avril', 'Tréteaux', 'Soleil', 'Jardins', 'Nadia', world.cooperation.id, structures.bruno])
			expect(said).not.toContain(secret);
	}));

test('a stranger, an administrator and the houses themselves read nothing across', () =>
	as('claire')(async (context) => {
		await answerNetwork(context, claire, true);
		for (const name of ['agathe', 'claire', 'yann', 'nadia', 'samir', 'odile', 'bruno'] as const) {
			await expect(readAcross(seenBy(context, name), address), name).rejects.toThrow(NotFound);
			expect(await listNetworksLedBy(seenBy(context, name), structures.helene)).toEqual([]);
		}
		await expect(readAcross({ ...context, actor: stranger }, address)).rejects.toThrow(NotFound);
		expect(await listNetworks(context)).toEqual([]);
		// Who reads a house is said on its page to everybody who signed in; who asks, to those who keep it.
		const house = await findHouse(seenBy(context, 'samir'), world.actors.claire.belongings[0]!.path);
		expect(await listNetworksOf(seenBy(context, 'samir'), house)).toMatchObject([{ network: 'Maisons de la vallée' }]);
		const other = await findHouse(seenBy(context, 'samir'), world.actors.yann.belongings[0]!.path);
		expect(await listNetworksOf(seenBy(context, 'samir'), other)).toEqual([]);
		expect(await listNetworksOf(seenBy(context, 'yann'), { ...other, can: { keep: true } })).toHaveLength(1);
	}));

test('a house takes it back, or closes, or the network ends: nothing is read from then on', () =>
	as('claire')(async (context) => {
		const town = seenBy(context, 'helene');
		await answerNetwork(context, claire, true);
		await expect(leaveNetwork(seenBy(context, 'yann'), claire)).rejects.toThrow(NotFound);
		await leaveNetwork(context, claire);
		expect((await readAcross(town, address)).all).toBeNull();
		await answerNetwork(seenBy(context, 'yann'), yann, true);
		expect((await readAcross(town, address)).houses).toHaveLength(1);
		await closeHouse(seenBy(context, 'yann'), structures.yann, { to: null });
		expect((await readAcross(town, address)).houses).toEqual([]);
		await expect(endNetwork(seenBy(context, 'samir'), { networkId: network })).rejects.toThrow(Forbidden);
		await endNetwork(seenBy(context, 'agathe'), { networkId: network });
		await expect(readAcross(town, address)).rejects.toThrow(NotFound);
	}));

test('administrators declare; they and who animates propose; a house is asked once', () =>
	as('agathe')(async (context) => {
		await expect(declareNetwork(seenBy(context, 'claire'), { ...input, id: newId() })).rejects.toThrow(Forbidden);
		await expect(proposeHouse(context, { networkId: network, hubId: structures.claire })).rejects.toMatchObject({
			code: 'networks.already-asked'
		});
		await expect(proposeHouse(context, { networkId: network, hubId: structures.samir })).rejects.toThrow(NotFound);
		await expect(proposeHouse(seenBy(context, 'claire'), { networkId: network, hubId: structures.claire })).rejects.toThrow(
			Forbidden
		);
		expect(await listNetworks(context)).toMatchObject([{ houses: { length: 2 } }]);
	}));

test('a network without an organisation is read by those who look after the instance, once a house accepts, and by nobody else', () =>
	as('agathe')(async (context) => {
		const id = newId();
		await declareNetwork(context, { id, name: 'Le pays', organisationId: null });
		await declareNetwork(context, { id, name: 'Le pays', organisationId: null });
		await proposeHouse(context, { networkId: id, hubId: structures.claire });
		const { code: own } = await context.db.selectFrom('networks').select('code').where('id', '=', id).executeTakeFirstOrThrow();
		expect((await readAcross(context, own)).all).toBeNull();
		const house = await findHouse(seenBy(context, 'claire'), world.actors.claire.belongings[0]!.path);
		const [place] = (await listNetworksOf(seenBy(context, 'claire'), house)).filter(({ network: name }) => name === 'Le pays');
		expect(place).toMatchObject({ organisation: null, organisationPath: null, standing: 'asked' });
		await answerNetwork(seenBy(context, 'claire'), place!, true);
		expect((await readAcross(context, own)).all).toMatchObject({ cooperations: 1 });
		for (const name of ['claire', 'helene', 'yann', 'nadia'] as const)
			await expect(readAcross(seenBy(context, name), own), name).rejects.toThrow(NotFound);
		const told = await context.db.selectFrom('notices').select('text').where('personId', '=', world.actors.agathe.id).execute();
		expect(told.map(({ text }) => text)).toContain(
			'Maison des associations de Valsorbier accepte d’être lue par le réseau Le pays.'
		);
		await leaveNetwork(seenBy(context, 'claire'), place!);
		expect((await readAcross(context, own)).all).toBeNull();
		await endNetwork(context, { networkId: id });
		await expect(readAcross(context, own)).rejects.toThrow(NotFound);
	}));
