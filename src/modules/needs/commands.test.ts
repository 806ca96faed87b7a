import { expect, test } from 'vitest';
import { addArea } from '#modules/hubs/commands.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { proposeToOrganisation, answerAccompaniment } from '#modules/accompaniment/commands.server.ts';
import { listAccompaniments } from '#modules/accompaniment/queries.server.ts';
import { chooseWhatShows } from '#modules/organisations/commands.server.ts';
import { wordsOf, understand } from '#platform/database/text-search.server.ts';
import { stranger, type Actor } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { changeNeed, closeNeed, lookAfter, renewNeed, sayNeed } from './commands.server.ts';
import { changeForm, needsIn, sayForm } from './forms.ts';
import { findNeed, listDue, listNeeds, listNeedsOf, listOwnNeeds, openNeedsOf, searchNeeds } from './queries.server.ts';
import { waysToAnswer } from './queries/answering.server.ts';
import { holdsFor, patience } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const mine = world.structures.nadia;
const all = needsIn(new URL('http://x/besoins'));
const offers = needsIn(new URL('http://x/besoins?sens=offres'));
const typed = { side: 'need', kind: 'equipment', text: 'Quarante chaises pour juin.' };
const said = (over: Record<string, unknown> = {}) => sayForm.parse({ id: newId(), ...typed, ...over });
const later = (context: Context, days: number): Context => ({
	...context,
	now: new Date(context.now.getTime() + days * 86_400_000)
});
const refused = (promise: Promise<unknown>) =>
	promise.then(
		() => 'done',
		(problem: unknown) => (problem instanceof Refused ? problem.code : (problem as Error).constructor.name)
	);
const job = (context: Context): Context => ({ ...context, actor: { is: 'system', name: 'look-after-needs' } as Actor });
const told = (context: Context) => context.db.selectFrom('notices').select(['personId', 'text', 'kind']).execute();

test('one choice and one sentence: said once, in the name and at the place of the organisation', async () => {
	await as('nadia')(async (context) => {
		const input = said({ quantity: '40', unit: 'chaises', way: 'borrow' });
		const path = await sayNeed(context, input);
		expect(await sayNeed(context, input)).toBe(path);
		// a page that is brought back keeps its id: other words are said too
		const brought = await sayNeed(context, { ...input, text: 'Un barnum.' });
		expect(await sayNeed(context, { ...input, text: 'Un barnum.' })).toBe(brought);
		expect(await findNeed(context, brought)).toMatchObject({ text: 'Un barnum.' });
		await closeNeed(context, brought, { how: 'withdrawn' });
		const { needs, count } = await listNeeds(context, all);
		expect(count).toBe(1);
		expect(needs[0]).toMatchObject({
			text: 'Quarante chaises pour juin.',
			way: 'borrow',
			communeCode: '75120',
			mine: true,
			km: 0
		});
		expect((await listNeeds(context, offers)).count).toBe(0);
		expect((await listNeeds(context, { ...all, kind: 'skill' })).count).toBe(0);
		expect((await listNeeds(context, { ...all, words: 'chaise' })).count).toBe(1);
		expect((await listOwnNeeds(context)).map(({ text }) => text).toSorted()).toEqual([
			'Quarante chaises pour juin.',
			'Un barnum.'
		]);
		// what only equipment has goes with it
		const other = await sayNeed(context, said({ kind: 'skill', way: 'rent', text: 'Savoir coudre.' }));
		expect(await findNeed(context, other)).toMatchObject({ way: null });
	});
});

test('who reads it: members of organisations; others what was made public; nobody what has closed, but its own', async () => {
	await as('nadia')(async (context) => {
		const kept = await sayNeed(context, said());
		const shown = await sayNeed(context, said({ text: 'Des voix pour la chorale.', kind: 'volunteers', public: 'on' }));
		const readers: [Name | typeof stranger, string[]][] = [
			['odile', ['chaises', 'voix']],
			['bruno', ['chaises', 'voix']],
			['yann', ['chaises', 'voix']],
			['agathe', ['voix']],
			[stranger, ['voix']]
		];
		for (const [who, read] of readers) {
			const reader = typeof who === 'string' ? seenBy(context, who) : { ...context, actor: who };
			expect((await listNeeds(reader, all)).count).toBe(read.length);
			expect(await refused(findNeed(reader, kept))).toBe(read.includes('chaises') ? 'done' : 'NotFound');
			expect(await findNeed(reader, shown)).toMatchObject({ mayChange: false });
			const asked = await understand(context.db, wordsOf('chaises') as string[], {});
			expect((await searchNeeds(reader, asked)).length).toBe(read.includes('chaises') ? 1 : 0);
		}
		await closeNeed(context, kept, { how: 'met' });
		await closeNeed(context, kept, { how: 'withdrawn' });
		expect(await findNeed(context, kept)).toMatchObject({ closedHow: 'met' });
		expect(await refused(findNeed(seenBy(context, 'odile'), kept))).toBe('NotFound');
		expect((await listNeeds(seenBy(context, 'odile'), all)).count).toBe(1);
		expect(await listNeedsOf(context, mine)).toHaveLength(1);
	});
});

test('nobody speaks for another organisation; its hub does once accepted, and the organisation is told', async () => {
	await as('samir')(async (context) => {
		expect(await refused(sayNeed(context, said({ organisation: mine })))).toBe('Forbidden');
		const path = await sayNeed(seenBy(context, 'nadia'), said());
		for (const who of ['samir', 'odile', 'yann', 'claire', 'agathe'] as const) {
			const other = seenBy(context, who);
			expect(await refused(closeNeed(other, path, { how: 'met' })), who).toMatch(/Forbidden|NotFound/);
			expect(await refused(renewNeed(other, path)), who).toMatch(/Forbidden|NotFound/);
			expect(await refused(changeNeed(other, path, changeForm.parse({ ...typed, read: '0' }))), who).toMatch(
				/Forbidden|NotFound/
			);
		}
		const yann = seenBy(context, 'yann');
		const nadia = seenBy(context, 'nadia');
		const organisation = { id: mine, path: world.actors.nadia.belongings[0]!.path };
		expect(await refused(sayNeed(yann, said({ organisation: mine })))).toBe('Forbidden');
		await proposeToOrganisation(yann, organisation, { hubId: world.structures.yann });
		expect(await refused(sayNeed(yann, said({ organisation: mine })))).toBe('Forbidden');
		const { relations } = await listAccompaniments(nadia, { organisationId: mine });
		await answerAccompaniment(
			nadia,
			{ id: relations.find(({ hubId }) => hubId === world.structures.yann)!.id },
			{ accepted: true }
		);
		const before = (await told(context)).length;
		await sayNeed(yann, said({ organisation: mine, text: 'Un local sec.', kind: 'premises' }));
		const notices = (await told(context)).slice(before);
		expect(notices.filter(({ personId }) => personId === world.actors.nadia.id)).toHaveLength(1);
		expect(notices[0]!.text).toContain('Un local sec.');
	});
});

test('of several communes of one name, the nearest to the organisation is meant; what the form showed is not guessed again', async () => {
	await as('nadia')(async (context) => {
		const at = async (commune: string) => findNeed(context, await sayNeed(context, said({ commune })));
		expect(await at('Saint-Denis')).toMatchObject({ communeCode: '93066' });
		expect(await at('montreuil')).toMatchObject({ communeCode: '93048' });
		expect(await at('Namur')).toMatchObject({ communeCode: null, communeName: 'Namur' });
		const far = await at('Saint-Denis (La Réunion)');
		expect(far.communeCode).toBe('97411');
		const change = (commune: string | null) =>
			changeNeed(
				context,
				far.path,
				changeForm.parse({ ...typed, text: far.text, read: commune ? '0' : '1', commune: commune ?? '' })
			);
		await change(far.communeName);
		expect(await findNeed(context, far.path)).toMatchObject({ communeCode: '97411' });
		await change(null);
		expect(await findNeed(context, far.path)).toMatchObject({ communeCode: '75120' });
		await allow(context, true).updateTable('organisations').set({ communeCode: '97415' }).where('id', '=', mine).execute();
		expect(await at('Saint-Denis')).toMatchObject({ communeCode: '97411' });
	});
});

test('it is asked once whether it still holds; one tap renews, silence closes, one tap brings it back', async () => {
	await as('nadia')(async (context) => {
		const path = await sayNeed(context, said());
		const { id } = await findNeed(context, path);
		const due = (days: number) => listDue(later(context, days), later(context, days).now.toISOString().slice(0, 10));
		expect(await due(holdsFor.once)).toEqual([]);
		expect(await due(holdsFor.once + 1)).toEqual([{ id }]);
		const asks = async (days: number) => {
			const before = (await told(context)).length;
			await lookAfter(job(later(context, days)), id);
			return (await told(context)).length - before;
		};
		expect(await asks(10)).toBe(0);
		expect(await asks(holdsFor.once + 1)).toBe(1);
		expect(await asks(holdsFor.once + 2)).toBe(0);
		await renewNeed(later(context, holdsFor.once + 3), path);
		expect(await asks(holdsFor.once + patience + 10)).toBe(0);
		expect((await findNeed(context, path)).askedAt).toBeNull();
		const second = 2 * holdsFor.once + 10;
		expect(await asks(second)).toBe(1);
		expect(await asks(second + patience + 1)).toBe(0);
		expect(await findNeed(context, path)).toMatchObject({ closedHow: 'silence' });
		await renewNeed(later(context, second + patience + 2), path);
		expect(await findNeed(context, path)).toMatchObject({ closedHow: null });
		expect(await refused(lookAfter(context, id))).toBe('Forbidden');
	});
});

test('two who change it at once lose nothing; dates that are over are refused; a forged id finds nothing', async () => {
	await as('nadia')(async (context) => {
		const input = said();
		const path = await sayNeed(context, input);
		const change = (read: string, text: string) => changeNeed(context, path, changeForm.parse({ ...typed, read, text }));
		const moved = await change('0', 'Soixante chaises.');
		expect(await findNeed(context, moved)).toMatchObject({ text: 'Soixante chaises.', sequence: 1 });
		expect(await refused(change('0', 'Cent chaises.'))).toBe('needs.changed-meanwhile');
		expect(await refused(sayNeed(context, said({ startsOn: '2020-01-01' })))).toBe('needs.is-past');
		expect(await refused(sayNeed(seenBy(context, 'odile'), { ...input, organisation: null }))).toBe('forms.id-unreal');
		expect(sayForm.safeParse({ ...input, kind: 'gold' }).success).toBe(false);
		expect(sayForm.safeParse({ ...input, text: 'x'.repeat(301) }).success).toBe(false);
	});
});

test('from the need of a cooperation one looks elsewhere; from somebody else’s, or from another kind, one does not', async () => {
	await as('nadia')(async (context) => {
		const [need, other] = [newId(), newId()];
		for (const [id, kind] of [
			[need, 'need'],
			[other, 'information']
		] as const)
			await writeLine(context, world.cooperation.id, {
				...noDetails,
				id,
				kind,
				text: 'Une sono.',
				audience: null,
				actingFor: null
			});
		const path = await sayNeed(context, said({ line: need, text: 'Une sono pour avril.' }));
		expect(await findNeed(context, path)).toMatchObject({ lineRoot: need });
		expect(await refused(sayNeed(context, said({ line: other })))).toBe('NotFound');
		expect(await refused(sayNeed(seenBy(context, 'samir'), said({ line: need })))).toBe('NotFound');
	});
});

test('a stranger who reads it is told what its organisation agreed to show outside, and the houses of its commune to call', async () => {
	await as('nadia')(async (context) => {
		const path = await sayNeed(context, said({ public: 'on' }));
		const reader = { ...context, actor: stranger };
		const ways = async () => waysToAnswer(reader, await findNeed(reader, path));
		expect(await ways()).toEqual({ reached: null, houses: [] });
		await allow(context, true)
			.updateTable('organisations')
			.set({ email: 'accueil@example.org', phone: '0102030405' })
			.where('id', '=', mine)
			.execute();
		expect((await ways()).reached).toBeNull();
		await chooseWhatShows(context, mine, { shows: ['email'] });
		expect((await ways()).reached, 'an organisation that is not in the open directory is reached by nothing').toBeNull();
		await chooseWhatShows(context, mine, { shows: ['public', 'email'] });
		expect((await ways()).reached).toEqual({ email: 'accueil@example.org', phone: null, website: null });
		await addArea(seenBy(context, 'agathe'), { hubId: world.structures.claire, area: 'com-75120' });
		await allow(context, true).updateTable('hubs').set({ phone: '01 00 00 00 00', closedAt: null }).execute();
		expect((await ways()).houses).toMatchObject([{ id: world.structures.claire, phone: '01 00 00 00 00' }]);
		await allow(context, true).updateTable('hubs').set({ phone: null }).execute();
		expect((await ways()).houses).toEqual([]);
	});
});

test('what ended yesterday where its organisation is stands in no list, before the job closes it; what ends today does', async () => {
	await as('nadia')(async (context) => {
		const ends = async (endsOn: string) => void (await sayNeed(context, said({ text: `Des chaises, ${endsOn}.`, endsOn })));
		await ends('2026-11-16');
		await ends('2026-11-17');
		const at = (instant: string): Context => ({ ...seenBy(context, 'odile'), now: new Date(instant) });
		const found = async (now: Context) => {
			const asked = await understand(context.db, wordsOf('chaises') as string[], {});
			const counts = [
				(await listNeeds(now, all)).count,
				(await listNeedsOf(now, mine)).length,
				(await openNeedsOf(now, [mine])).length,
				(await searchNeeds(now, asked)).length
			];
			expect(new Set(counts).size).toBe(1);
			return counts[0];
		};
		expect(await found(at('2026-11-16T22:30:00Z'))).toBe(2);
		expect(await found(at('2026-11-16T23:30:00Z'))).toBe(1);
		await allow(context, true).updateTable('organisations').set({ zone: 'Pacific/Tahiti' }).where('id', '=', mine).execute();
		expect(await found(at('2026-11-17T09:30:00Z'))).toBe(2);
		expect(await found(at('2026-11-18T10:30:00Z'))).toBe(0);
	});
});
