import { expect, test } from 'vitest';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { reachOf } from '#modules/cooperations/policy.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails, type Audience } from '#modules/lines/rules.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../tests/world.ts';
import { tell } from './commands.server.ts';
import { clockDisagrees, listFacts } from './queries.server.ts';
import { noFilters, sentenceOf, type Filters } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const cooperation = world.cooperation.id;

const write = (context: Context, text: string, audience: Audience | null = null) =>
	writeLine(context, cooperation, { id: newId(), kind: 'information', text, audience, actingFor: null, ...noDetails });

/** The journal as somebody reads it. */
async function read(context: Context, filters: Partial<Filters> = {}): Promise<string[]> {
	const found = await findCooperationById(context, cooperation);
	const { facts } = await listFacts(context, cooperation, reachOf(context.actor, found), { ...noFilters, ...filters });
	return facts.map(sentenceOf);
}

test('each role reads its own part of the journal, and strangers none', async () => {
	await as('nadia')(async (context) => {
		await write(context, 'à la maison', 'organisation');
		await write(context, 'entre partenaires', 'partners');
		await write(context, 'pour Claire aussi', 'accompagnateur');
		await write(context, 'pour tous', 'everyone');
		const texts = async (name: Parameters<typeof seenBy>[1]) =>
			(await read(seenBy(context, name))).flatMap((one) => /information\u00a0: «\u00a0(.+)\u00a0»/.exec(one)?.[1] ?? []);
		for (const partner of ['nadia', 'odile'] as const)
			expect(await texts(partner)).toEqual(['pour tous', 'pour Claire aussi', 'entre partenaires']);
		expect(await texts('claire')).toEqual(['pour tous', 'pour Claire aussi']);
		expect(await texts('helene')).toEqual(['pour tous']);
		expect(await read(seenBy(context, 'helene'))).toContainEqual(expect.stringContaining('invite Ville de Valsorbier'));
		expect((await read(seenBy(context, 'claire'))).join()).toContain('Compagnie des Tréteaux accepte');
		for (const stranger of ['samir', 'bruno', 'yann', 'agathe'] as const)
			await expect(read(seenBy(context, stranger)), stranger).rejects.toThrow(NotFound);
		const home = await listFacts(context, world.structures.nadia, 'everything', { ...noFilters, kind: 'lines' });
		expect(home.facts.map(sentenceOf).join()).toContain('à la maison');
	});
});

test('the hub that accompanies reads when people meet and what is signed, and no line or article that is not for it', async () => {
	await as('nadia')(async (context) => {
		const fact = (verb: string, ids: Record<string, string | null> = {}) =>
			tell(allow(context, true), context, {
				chain: { cooperation },
				verb,
				ids: { organisation: world.structures.nadia, ...ids },
				says: { organisation: 'L’Atelier', title: verb, n: 1, signatory: 'Nadia', house: 'Maison', text: verb, reason: 'r' }
			});
		const forBoth = [
			'meeting-convened',
			'meeting-changed',
			'meeting-cancelled',
			'minutes-circulated',
			'minutes-adopted',
			'poll-opened',
			'poll-closed',
			'poll-cancelled',
			'poll-reminded',
			'agreement-written',
			'agreement-frozen',
			'agreement-document-kept',
			'agreement-signature-said',
			'agreement-signed',
			'agreement-signed-by-house'
		];
		const forPartners = ['agreement-clause-edited', 'agreement-clause-added', 'call-noted'];
		for (const verb of [...forBoth, ...forPartners]) await fact(verb);
		await fact('line-written', { audience: 'partners' });
		const found = await findCooperationById(context, cooperation);
		const verbsOf = async (name: Parameters<typeof seenBy>[1]) =>
			(
				await listFacts(
					context,
					cooperation,
					reachOf(seenBy(context, name).actor, { ...found, accompanied: name === 'claire' }),
					noFilters
				)
			).facts.map(({ verb }) => verb);
		const claire = await verbsOf('claire');
		expect(claire).toEqual(expect.arrayContaining(forBoth));
		for (const verb of [...forPartners, 'line-written']) expect(claire).not.toContain(verb);
		expect(await verbsOf('odile')).toEqual(expect.arrayContaining([...forBoth, ...forPartners, 'line-written']));
		const helene = await verbsOf('helene');
		for (const verb of [...forBoth, ...forPartners]) expect(helene).not.toContain(verb);
	});
});

test('who left reads the journal up to that day, and nothing after', async () => {
	await as('nadia')(async (context) => {
		const odile = seenBy(context, 'odile');
		await write(context, 'avant');
		const { partners } = await findCooperationById(odile, cooperation);
		const partnerId = partners.find(({ organisationId }) => organisationId === world.structures.odile)!.id;
		await leaveCooperation(odile, cooperation, { partnerId, reason: 'Trop de projets.' });
		await write({ ...context, now: new Date(context.now.getTime() + 60_000) }, 'après');
		const told = (await read(odile)).join('\n');
		expect(told).toContain('avant');
		expect(told).toContain('Trop de projets.');
		expect(told).not.toContain('après');
		expect((await read(context)).join('\n')).toContain('après');
	});
});

test('facts are found by kind, by structure and by day, page by page', async () => {
	await as('odile')(async (context) => {
		for (const text of ['un', 'deux', 'trois']) await write(context, text);
		expect(await read(context, { kind: 'lines' })).toHaveLength(3);
		expect((await read(context, { kind: 'project' })).join()).toContain('propose une idée');
		expect(await read(context, { organisation: world.structures.helene })).toHaveLength(1);
		expect(await read(context, { to: new Date('2026-11-10') })).not.toHaveLength(0);
		expect(await read(context, { from: new Date('2026-11-10') })).toHaveLength(3);
		const found = await findCooperationById(context, cooperation);
		const reach = reachOf(context.actor, found);
		const first = await listFacts(context, cooperation, reach, noFilters, { size: 2 });
		const second = await listFacts(context, cooperation, reach, noFilters, { size: 2, page: 2 });
		expect([first.more, first.facts.length, second.facts[0]!.n]).toEqual([true, 2, first.facts[1]!.n - 1]);
	});
});

test('what was erased says so; an older fact without a word is still told', () => {
	expect(sentenceOf({ verb: 'line-written', ids: {}, says: null })).toContain('effacé');
	expect(sentenceOf({ verb: 'task-handed', ids: {}, says: { organisation: 'Radio', text: 'Son' } })).toContain(
		'«\u00a0Son\u00a0»'
	);
	expect(sentenceOf({ verb: 'moon-walked', ids: {}, says: {} })).toContain('moon-walked');
});

test('a clock that was set back is seen by what was written last; the database’s own clock counts too', async () => {
	const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
	const then = inMinutes(60);
	await as(
		'nadia',
		then
	)(async (context) => {
		await tell(allow(context, true), context, { chain: { cooperation }, verb: 'cooperation-named', says: {} });
		expect(await clockDisagrees({ ...context, now: inMinutes(0) })).toEqual({ latest: then, database: null });
		expect(await clockDisagrees({ ...context, now: inMinutes(59) })).toEqual({ latest: null, database: expect.any(Date) });
		expect(await clockDisagrees({ ...context, now: inMinutes(-59) })).toEqual({ latest: then, database: expect.any(Date) });
	});
});
