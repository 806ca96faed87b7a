import { describe, expect, test } from 'vitest';
import { findCooperation, findCooperationById } from '#modules/cooperations/queries.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { addArea } from '#modules/hubs/commands.server.ts';
import { listHands } from '#modules/hands/queries.server.ts';
import { mergeOrganisations } from '#modules/identity/merging/commands.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { chooseSuggested } from '#modules/matching/commands.server.ts';
import { askOfIdea, listSuggestions } from '#modules/matching/queries.server.ts';
import { sayNeed } from '#modules/needs/commands.server.ts';
import { sayForm } from '#modules/needs/forms.ts';
import { stranger, type Actor } from '#platform/actor.ts';
import { understand, wordsOf } from '#platform/database/text-search.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { codeOf, newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { confirmVoice, dropAsInhabitant, dropIdea, joinAsInhabitant, joinIdea, takeOut } from './commands.server.ts';
import { becomeCooperation } from './commands/becoming.server.ts';
import { eraseMyIdeas, forgetUnconfirmed, hideIdea, lookAfterIdea, showIdea } from './commands/keeping.server.ts';
import { addIdeaNeed, dreamIdea, makeReal, removeIdeaNeed, renewIdea } from './commands/shaping.server.ts';
import { tellInhabitant } from './commands/telling.server.ts';
import {
	dreamForm,
	dropAsInhabitantForm,
	dropForm,
	ideasIn,
	joinAsInhabitantForm,
	joinForm,
	needForm,
	realForm
} from './forms.ts';
import { findIdea, findIdeaOfLink, listIdeasOf, listOwnIdeas, searchIdeas } from './queries.server.ts';
import { listDue, listToTell } from './queries/due.server.ts';
import { listIdeas, pageSize } from './queries/list.server.ts';
import { daysToConfirm, mostADay, patience, season } from './rules.ts';

const { world, as, seenBy } = await testWorld();
const mine = world.structures.nadia;
const all = ideasIn(new URL('http://x/idees'));
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];
const typed = { text: 'Un bal des saisons sur la place.', commune: 'Paris 20e' };
const dropped = (over: Record<string, unknown> = {}) => dropForm.parse({ id: newId(), ...typed, ...over });
const who = { name: 'Rose Martin', email: 'rose@example.org', agreed: 'on' };
const joined = (over: Record<string, unknown> = {}) => joinForm.parse({ id: newId(), bring: 'Une sono.', ...over });
const nobody = (context: Context): Context => ({ ...context, actor: stranger });
const system = (context: Context, name: string, days = 0): Context => ({
	...context,
	actor: { is: 'system', name },
	now: new Date(context.now.getTime() + days * 86_400_000)
});
const refused = (promise: Promise<unknown>) =>
	promise.then(
		() => 'done',
		(problem: unknown) => (problem instanceof Refused ? problem.code : (problem as Error).constructor.name)
	);
const mails = (context: Context) =>
	context.db.selectFrom('mails').select(['toEmail', 'text', 'subject']).where('kind', '=', 'idea').orderBy('queuedAt').execute();
const told = (context: Context) =>
	context.db.selectFrom('notices').select(['personId', 'text']).where('kind', '=', 'idea').execute();
/** Whoever bears the link of the voice that has this address. */
async function bearer(context: Context, email: string): Promise<Context> {
	const { id } = await context.db.selectFrom('ideaVoices').select('id').where('email', '=', email).executeTakeFirstOrThrow();
	const actor: Actor = { is: 'link', id: newId(), may: 'answer', thing: id, invitee: id, organisationId: null };
	return { ...context, actor };
}
const dropAsRose = (context: Context, over = {}) =>
	dropAsInhabitant(nobody(context), dropAsInhabitantForm.parse({ id: newId(), ...typed, ...who, ...over }), '192.0.2.1');

test('one sentence and a place: dropped once, read by everybody with a first name and no address', async () => {
	await as('nadia')(async (context) => {
		const input = dropped({ organisation: mine });
		const path = await dropIdea(context, input);
		expect(await dropIdea(context, input)).toBe(path);
		const own = await dropIdea(seenBy(context, 'agathe'), dropped({ text: 'Un four à pain.' }));
		const { ideas, count } = await listIdeas(nobody(context), all);
		expect(count).toBe(2);
		expect(ideas[0]).toMatchObject({ communeCode: '75120', state: 'open', joined: 0 });
		expect(await findIdea(nobody(context), path)).toMatchObject({
			voices: [{ name: 'L’Atelier du Soleil', path: null, dropped: true, mine: false }]
		});
		const seen = await findIdea(nobody(context), own);
		expect(seen.voices).toMatchObject([{ name: world.actors.agathe.name.split(' ')[0], organisation: false }]);
		expect(JSON.stringify(seen)).not.toMatch(/@|rows|email/);
		expect(await refused(dropIdea(seenBy(context, 'odile'), { ...input, organisation: null }))).toBe('forms.id-unreal');
		expect(await refused(dropIdea(context, dropped({ organisation: world.structures.odile })))).toBe('Forbidden');
		expect(await refused(dropIdea(nobody(context), dropped()))).toBe('Forbidden');
		expect(await refused(dropIdea(context, dropped({ commune: 'Saint-Denis' })))).toBe('ideas.commune-unsure');
		for (const commune of ['Saint-Denis 93', 'Saint-Denis (Seine-Saint-Denis)', '93200']) {
			const there = await dropIdea(context, dropped({ commune }));
			expect((await findIdea(context, there)).communeCode, commune).toBe('93066');
		}
		expect(await listIdeasOf(context, mine)).toMatchObject([{ dropped: true }]);
	});
});

test('a page that is brought back keeps its id: other words are another idea, another need; what was done twice is done', async () => {
	await as('nadia')(async (context) => {
		const input = dropped();
		const path = await dropIdea(context, input);
		const other = await dropIdea(context, { ...input, text: 'Une fanfare.' });
		expect(await dropIdea(context, { ...input, text: 'Une fanfare.' })).toBe(other);
		expect((await findIdea(context, other)).text).toBe('Une fanfare.');
		const need = needForm.parse({ id: newId(), kind: 'equipment', text: 'Des tables.' });
		for (const text of ['Des tables.', 'Des brouettes.', 'Des brouettes.', 'Des tables.'])
			await addIdeaNeed(context, path, { ...need, text });
		expect((await findIdea(context, path)).needs.map(({ text }) => text).toSorted()).toEqual(['Des brouettes.', 'Des tables.']);
		await removeIdeaNeed(context, path, need);
		await removeIdeaNeed(context, path, need);
		expect((await findIdea(context, path)).needs.map(({ text }) => text)).toEqual(['Des brouettes.']);
		const odile = seenBy(context, 'odile');
		const joining = joined();
		await joinIdea(odile, path, joining);
		await joinIdea(odile, path, joining);
		expect(await refused(joinIdea(odile, path, { ...joining, bring: 'Un camion.' }))).toBe('ideas.joined-already');
		expect(await refused(takeOut(context, path, { voice: joining.id }))).toBe('Forbidden');
		expect(await takeOut(odile, path, { voice: joining.id })).toEqual({ gone: false });
		expect(await takeOut(odile, path, { voice: joining.id })).toEqual({ gone: false });
		expect(await refused(takeOut(context, path, { voice: joining.id }))).toBe('NotFound');
		const id = newId();
		await dropAsRose(context, { id });
		for (let n = 0; n < 2; n++) await dropAsRose(context, { id, text: 'Un four à pain.' });
		expect(await mails(context)).toHaveLength(2);
	});
});

describe('somebody without an account', () => {
	test('is read once the address is confirmed; sent twice, dropped once; a machine drops nothing', async () => {
		await as('nadia')(async (context) => {
			const id = newId();
			await dropAsRose(context, { id });
			await dropAsRose(context, { id });
			await dropAsRose(context, { website: 'http://spam' });
			expect(await mails(context)).toHaveLength(1);
			for (const name of everyone) expect((await listIdeas(seenBy(context, name), all)).count, name).toBe(0);
			const { code } = await context.db.selectFrom('ideas').select('code').executeTakeFirstOrThrow();
			expect(await refused(findIdea(nobody(context), code))).toBe('NotFound');
			const rose = await bearer(context, who.email);
			expect(await findIdeaOfLink(rose)).toMatchObject({ voice: { dropped: true, confirmedAt: null } });
			expect(await refused(renewIdea(rose, code))).toBe('Forbidden');
			await confirmVoice(rose);
			await confirmVoice(rose);
			await renewIdea(rose, code);
			expect((await findIdea(nobody(context), code)).voices).toMatchObject([{ name: 'Rose', dropped: true }]);
			expect(JSON.stringify(await findIdea(context, code))).not.toContain('rose@');
			expect(JSON.stringify(await context.db.selectFrom('payloads').select('content').execute())).not.toContain('rose@');
			// the link opens one place and no other
			const other = await dropIdea(context, dropped({ text: 'Un four à pain.' }));
			expect(await refused(dreamIdea(rose, other, dreamForm.parse({ dream: 'Grand.' })))).toBe('Forbidden');
		});
	});

	test('who confirms nothing is forgotten in a week; who leaves leaves no name; who is alone takes the idea with them', async () => {
		await as('nadia')(async (context) => {
			await dropAsRose(context);
			await forgetUnconfirmed(system(context, 'look-after-ideas', daysToConfirm - 1));
			expect(await context.db.selectFrom('ideas').select('id').execute()).toHaveLength(1);
			await forgetUnconfirmed(system(context, 'look-after-ideas', daysToConfirm + 1));
			expect(await context.db.selectFrom('ideas').select('id').execute()).toHaveLength(0);
			const path = await dropIdea(context, dropped());
			await joinAsInhabitant(
				nobody(context),
				path,
				joinAsInhabitantForm.parse({ id: newId(), bring: 'Danser.', ...who }),
				'192.0.2.1'
			);
			expect((await findIdea(context, path)).voices).toHaveLength(1);
			const rose = await bearer(context, who.email);
			await confirmVoice(rose);
			expect((await findIdea(context, path)).voices).toMatchObject([{}, { name: 'Rose', text: 'Danser.' }]);
			expect((await told(context)).map(({ personId }) => personId)).toEqual([world.actors.nadia.id]);
			expect(await refused(takeOut(seenBy(context, 'odile'), path, { voice: (rose.actor as { thing: string }).thing }))).toBe(
				'Forbidden'
			);
			await takeOut(rose, path, { voice: (rose.actor as { thing: string }).thing });
			expect(await context.db.selectFrom('ideaVoices').selectAll().where('email', 'is not', null).execute()).toEqual([]);
			const { voices } = await findIdea(context, path);
			expect(await takeOut(context, path, { voice: voices[0]!.id })).toEqual({ gone: true });
			expect(await refused(findIdea(context, path))).toBe('NotFound');
		});
	});

	test('is told once a day of those who joined, by mail; and that it became a cooperation', async () => {
		await as('nadia')(async (context) => {
			await dropAsRose(context);
			await confirmVoice(await bearer(context, who.email));
			const { code } = await context.db.selectFrom('ideas').select('code').executeTakeFirstOrThrow();
			const job = system(context, 'tell-inhabitants', 2);
			expect(await listToTell(job)).toEqual([]);
			const later = { ...context, now: new Date(context.now.getTime() + 3_600_000) };
			await joinIdea({ ...later, actor: world.actors.nadia }, code, joined({ organisation: mine }));
			await joinIdea({ ...later, actor: world.actors.samir }, code, joined({ bring: 'Une heure.' }));
			const due = await listToTell(job);
			expect(due).toHaveLength(1);
			await tellInhabitant(job, due[0]!.id);
			await tellInhabitant(job, due[0]!.id);
			const sent = await mails(context);
			expect(sent).toHaveLength(2);
			expect(sent[1]!.text).toContain('L’Atelier du Soleil');
			expect(sent[1]!.text).not.toContain('Haddad');
			expect(await listToTell(job)).toEqual([]);
			await becomeCooperation(context, code, { id: newId(), organisation: mine });
			expect(await mails(context)).toHaveLength(3);
		});
	});
});

test('others join with a sentence, once each; those who were there are told, and shape it together', async () => {
	await as('nadia')(async (context) => {
		const path = await dropIdea(context, dropped({ organisation: mine }));
		const [odile, samir] = [seenBy(context, 'odile'), seenBy(context, 'samir')];
		const input = joined({ organisation: world.structures.odile });
		await joinIdea(odile, path, input);
		await joinIdea(odile, path, input);
		expect(await refused(joinIdea(odile, path, joined({ organisation: world.structures.odile })))).toBe('ideas.joined-already');
		expect(await refused(joinIdea(samir, path, joined({ organisation: mine })))).toBe('Forbidden');
		expect((await told(context)).map(({ personId }) => personId)).toEqual([world.actors.nadia.id]);
		const dream = dreamForm.parse({
			dream: 'Un mois de bals.',
			forWhom: 'les familles',
			moment: 'aux beaux jours',
			themes: 'danse'
		});
		expect(await refused(dreamIdea(samir, path, dream))).toBe('Forbidden');
		const { dreamtSo, realSo } = await findIdea(odile, path);
		await dreamIdea(odile, path, { ...dream, read: dreamtSo });
		expect(await refused(dreamIdea(context, path, { ...dream, dream: 'Autre.', read: dreamtSo }))).toBe(
			'ideas.changed-meanwhile'
		);
		await makeReal(context, path, { ...realForm.parse({ kept: 'Une soirée.', firstStep: 'Une répétition.' }), read: realSo });
		const need = needForm.parse({ id: newId(), kind: 'equipment', text: 'Un parquet.' });
		await addIdeaNeed(odile, path, need);
		await addIdeaNeed(odile, path, need);
		await addIdeaNeed(context, path, needForm.parse({ id: newId(), kind: 'premises', text: 'Une salle.' }));
		expect(await refused(removeIdeaNeed(samir, path, need))).toBe('Forbidden');
		await removeIdeaNeed(context, path, need);
		expect(await findIdea(samir, path)).toMatchObject({
			dream: 'Un mois de bals.',
			kept: 'Une soirée.',
			needs: [{ text: 'Une salle.' }]
		});
	});
});

test('it becomes a cooperation with all that it says, once; the others are invited, inhabitants are hands; then nobody joins', async () => {
	await as('nadia')(async (context) => {
		const path = await dropIdea(context, dropped({ organisation: mine }));
		const odile = seenBy(context, 'odile');
		await joinIdea(odile, path, joined({ organisation: world.structures.odile, bring: 'Des musiciens.' }));
		for (const [name, email, lends] of [
			['Rose Martin', 'rose@example.org', 'on'],
			['Luc Petit', 'luc@example.org', undefined]
		] as const) {
			const form = joinAsInhabitantForm.parse({ id: newId(), bring: 'Accueillir.', ...who, name, email, lends });
			await joinAsInhabitant(nobody(context), path, form, '192.0.2.1');
			await confirmVoice(await bearer(context, email));
		}
		await dreamIdea(context, path, {
			...dreamForm.parse({ dream: 'Un mois.', forWhom: 'les familles', moment: 'en juin' }),
			read: (await findIdea(context, path)).dreamtSo
		});
		await makeReal(context, path, {
			...realForm.parse({ kept: 'Une soirée.', firstStep: 'Une répétition ouverte.', firstStepOn: '2027-01-10' }),
			read: (await findIdea(context, path)).realSo
		});
		await addIdeaNeed(context, path, needForm.parse({ id: newId(), kind: 'equipment', text: 'Un parquet.' }));
		const id = newId();
		for (const name of ['samir', 'claire', 'agathe', 'helene'] as const)
			expect(await refused(becomeCooperation(seenBy(context, name), path, { id: newId(), organisation: null })), name).toBe(
				'Forbidden'
			);
		expect(
			await refused(becomeCooperation(await bearer(context, 'rose@example.org'), path, { id: newId(), organisation: null }))
		).toBe('Forbidden');
		const to = await becomeCooperation(context, path, { id, organisation: null });
		expect(await becomeCooperation(context, path, { id, organisation: null })).toBe(to);
		expect(await refused(becomeCooperation(odile, path, { id: newId(), organisation: null }))).toBe('ideas.has-become');
		const cooperation = await findCooperation(context, to);
		expect(cooperation.partners.map((one) => [one.name, standingOf(one)])).toEqual([
			['L’Atelier du Soleil', 'accepted'],
			['Compagnie des Tréteaux', 'invited']
		]);
		const lines = (
			await listLines(context, id, ['information', 'public', 'date', 'objective', 'task', 'need', 'contribution'])
		).map(({ kind, topic, text }) => [kind, topic, text]);
		expect(lines).toEqual(
			expect.arrayContaining([
				['information', 'vision', 'Un mois.'],
				['public', null, 'les familles'],
				['date', 'project', 'en juin'],
				['objective', 'common', 'Une soirée.'],
				['task', null, 'Une répétition ouverte.'],
				['need', 'infrastructure', 'Un parquet.']
			])
		);
		expect(JSON.stringify(lines)).toContain('Des musiciens.');
		expect(JSON.stringify(lines)).toContain('bal des saisons');
		expect(JSON.stringify(lines)).not.toMatch(/@/);
		const hands = await listHands(context, await findCooperationById(context, id));
		expect(hands).toMatchObject([{ name: 'Rose', contact: 'rose@example.org', text: 'Accueillir.' }]);
		const seen = await findIdea(nobody(context), path);
		expect(seen).toMatchObject({ state: 'became', became: null, can: { join: false, begin: [] } });
		expect((await findIdea(context, path)).became).toMatchObject({ path: to });
		expect(await refused(joinIdea(seenBy(context, 'samir'), path, joined()))).toBe('ideas.has-become');
		expect(await refused(dreamIdea(odile, path, dreamForm.parse({ dream: 'Trop tard.' })))).toBe('ideas.has-become');
		const { counts } = await listIdeas(nobody(context), all);
		expect(counts).toEqual({ open: 0, asleep: 0, became: 1 });
	});
});

test('an organisation that was merged since is invited once, as the one that was kept', async () => {
	await as('nadia')(async (context) => {
		const path = await dropIdea(context, dropped({ organisation: mine }));
		for (const name of ['samir', 'bruno'] as const)
			await joinIdea(seenBy(context, name), path, joined({ organisation: world.structures[name] }));
		await mergeOrganisations(seenBy(context, 'agathe'), {
			keptId: world.structures.samir,
			absorbedId: world.structures.bruno,
			reason: 'C’est la même.',
			agreed: true
		});
		const { partners } = await findCooperation(
			context,
			await becomeCooperation(context, path, { id: newId(), organisation: null })
		);
		expect(partners.map(({ organisationId }) => organisationId)).toEqual([mine, world.structures.samir]);
	});
});

describe('too many in a day', () => {
	test('what nobody confirmed takes nobody’s place; what inhabitants publish in a commune does, until tomorrow, and holds up no account', async () => {
		await as('nadia')(async (context) => {
			const email = (n: number) => `rose${n}@example.org`;
			for (let n = 0; n < mostADay.commune + 2; n++) await dropAsRose(context, { text: `Idée ${n}.`, email: email(n) });
			for (let n = 0; n < mostADay.commune; n++) await confirmVoice(await bearer(context, email(n)));
			const late = await bearer(context, email(mostADay.commune));
			expect(await refused(confirmVoice(late))).toBe('ideas.too-many');
			await dropIdea(context, dropped());
			await dropAsRose(context, { email: 'ailleurs@example.org', commune: 'Paris 19e' });
			await confirmVoice(await bearer(context, 'ailleurs@example.org'));
			await confirmVoice({ ...late, now: new Date(context.now.getTime() + 86_400_001) });
			expect((await listIdeas(nobody(context), all)).count).toBe(mostADay.commune + 3);
		});
	});

	test('of one address, or of one account; sent twice is still once', async () => {
		await as('nadia')(async (context) => {
			const inputs = Array.from({ length: mostADay.account }, (_, n) => dropped({ text: `Idée ${n}.` }));
			for (const input of inputs) await dropIdea(context, input);
			expect(await refused(dropIdea(context, dropped()))).toBe('ideas.too-many-of-one');
			await dropIdea(context, inputs[0]!);
			await dropIdea(seenBy(context, 'odile'), dropped());
			for (let n = 0; n < mostADay.address; n++) await dropAsRose(context);
			expect(await refused(dropAsRose(context))).toBe('ideas.too-many-of-one');
			await dropAsRose(context, { email: 'autre@example.org' });
		});
	});
});

test('THE STRANGER reads what is public and nothing else; what is inside is for members of organisations', async () => {
	await as('nadia')(async (context) => {
		const inside = await dropIdea(context, dropped({ inside: 'on', organisation: mine, text: 'Un potager secret.' }));
		const asked = await understand(context.db, wordsOf('potager') as string[], {});
		for (const name of [null, ...everyone] as const) {
			const reader = name ? seenBy(context, name) : nobody(context);
			const member = name !== null && name !== 'agathe';
			expect((await listIdeas(reader, all)).count, name ?? 'stranger').toBe(member ? 1 : 0);
			expect((await searchIdeas(reader, asked)).length, name ?? 'stranger').toBe(member ? 1 : 0);
			expect(await refused(findIdea(reader, inside)), name ?? 'stranger').toBe(member || name === 'agathe' ? 'done' : 'NotFound');
		}
		for (const act of [
			(by: Context) => joinIdea(by, inside, joined()),
			(by: Context) => dreamIdea(by, inside, dreamForm.parse({ dream: 'Grand.' })),
			(by: Context) => renewIdea(by, inside),
			(by: Context) => hideIdea(by, inside, { reason: 'Non.' }),
			(by: Context) => becomeCooperation(by, inside, { id: newId(), organisation: null })
		])
			expect(await refused(act(nobody(context)))).toMatch(/Forbidden|NotFound/);
	});
});

test('a house of the territory or an administrator hides it with a reason; the reason is for those concerned', async () => {
	await as('nadia')(async (context) => {
		const path = await dropIdea(context, dropped({ organisation: mine }));
		for (const name of ['nadia', 'odile', 'samir', 'helene', 'bruno', 'yann'] as const)
			expect(await refused(hideIdea(seenBy(context, name), path, { reason: 'Non.' })), name).toBe('Forbidden');
		// a house whose territory it is
		const agathe = seenBy(context, 'agathe');
		const claire = seenBy(context, 'claire');
		expect(await refused(hideIdea(claire, path, { reason: 'Non.' }))).toBe('Forbidden');
		await addArea(agathe, { hubId: world.structures.claire, area: 'com-75120' });
		await hideIdea(claire, path, { reason: 'Elle nomme quelqu’un.' });
		await showIdea(claire, path);
		await hideIdea(agathe, path, { reason: 'Elle nomme quelqu’un.' });
		expect((await listIdeas(nobody(context), all)).count).toBe(0);
		expect(await refused(findIdea(seenBy(context, 'odile'), path))).toBe('NotFound');
		expect(await findIdea(context, path)).toMatchObject({ hiddenReason: 'Elle nomme quelqu’un.' });
		expect(await refused(renewIdea(context, path))).toBe('ideas.is-hidden');
		expect((await told(context)).map(({ personId }) => personId)).toContain(world.actors.nadia.id);
		await showIdea(agathe, path);
		expect(await findIdea(nobody(context), path)).toMatchObject({ hiddenReason: null });
	});
});

test('after a season without life it is asked about once, sleeps without an answer, and wakes by one tap or by who joins', async () => {
	await as('nadia')(async (context) => {
		const path = await dropIdea(context, dropped({ organisation: mine }));
		const { id } = await findIdea(context, path);
		const job = (days: number) => system(context, 'look-after-ideas', days);
		expect(await listDue(job(season), job(season).now.toISOString().slice(0, 10))).toEqual([]);
		expect(
			await listDue(
				job(season + 1),
				job(season + 1)
					.now.toISOString()
					.slice(0, 10)
			)
		).toEqual([{ id }]);
		const asks = async (days: number) => {
			const before = (await told(context)).length;
			await lookAfterIdea(job(days), id);
			return (await told(context)).length - before;
		};
		expect(await asks(10)).toBe(0);
		expect(await asks(season + 1)).toBe(1);
		expect(await asks(season + 2)).toBe(0);
		expect(await asks(season + patience + 3)).toBe(0);
		expect(await findIdea(context, path)).toMatchObject({ state: 'asleep' });
		await renewIdea(context, path);
		expect(await findIdea(context, path)).toMatchObject({ state: 'open', askedAt: null });
		await context.db.selectFrom('ideas').select('id').execute();
		expect(await refused(lookAfterIdea(context, id))).toBe('Forbidden');
	});
});

test('the list is narrowed by word, place, theme and state, its counts follow, and it is paged by key', async () => {
	await as('nadia')(async (context) => {
		const paths: string[] = [];
		for (let n = 0; n < pageSize + 3; n++)
			paths.push(
				await dropIdea(
					{ ...context, now: new Date(context.now.getTime() + (n % 3) * 1000 + Math.floor(n / 12) * 86_400_000) },
					dropped({ text: n % 2 ? `Un potager ${n}.` : `Un four ${n}.`, commune: n < 12 ? 'Paris 20e' : 'Montpellier' })
				)
			);
		await dreamIdea(context, paths[0]!, {
			...dreamForm.parse({ dream: 'Du pain pour tous.', themes: 'Pain' }),
			read: (await findIdea(context, paths[0]!)).dreamtSo
		});
		const first = await listIdeas(context, all);
		const second = await listIdeas(context, { ...all, after: first.next });
		const ids = [...first.ideas, ...second.ideas].map(({ id }) => id);
		expect([first.ideas.length, second.ideas.length, second.next]).toEqual([pageSize, 3, null]);
		expect(new Set(ids).size).toBe(pageSize + 3);
		expect((await listIdeas(context, { ...all, words: 'potagers' })).count).toBe(11);
		expect((await listIdeas(context, { ...all, words: 'potagr' })).count).toBe(11);
		expect((await listIdeas(context, { ...all, place: 'Paris 20e' })).count).toBe(12);
		expect((await listIdeas(context, { ...all, place: 'Nulle-Part-sur-Rien' })).count).toBe(0);
		expect(await listIdeas(context, { ...all, theme: 'pain' })).toMatchObject({
			count: 1,
			themes: [{ theme: 'Pain', count: 1 }]
		});
		expect(await listIdeas(context, { ...all, state: 'asleep', words: 'potager' })).toMatchObject({
			count: 0,
			counts: { open: 11 }
		});
	});
});

test('« Avec qui ? » for an idea: by the organisations that stand in it; sets that bring all that it needs', async () => {
	await as('nadia')(async (context) => {
		const path = await dropIdea(context, dropped({ organisation: mine }));
		for (const [kind, text] of [
			['equipment', 'Quarante chaises.'],
			['notoriety', 'Une émission de radio.'],
			['finance', 'Mille euros.']
		])
			await addIdeaNeed(context, path, needForm.parse({ id: newId(), kind, text }));
		const say = (name: Name, kind: string, text: string) =>
			sayNeed(seenBy(context, name), sayForm.parse({ id: newId(), side: 'offer', kind, text }));
		await say('samir', 'notoriety', 'Une émission.');
		await say('odile', 'equipment', 'Des chaises.');
		for (const name of everyone.filter((one) => one !== 'nadia'))
			expect(await refused(askOfIdea(seenBy(context, name), path)), name).toBe('NotFound');
		const sets = async (within = 60) => {
			const { ask } = await askOfIdea(context, path);
			return (await listSuggestions(context, ask, { within, page: 1 })).sets;
		};
		const { ask } = await askOfIdea(context, path);
		const found = await listSuggestions(context, ask, { within: 60, page: 1 });
		expect(found.suggestions.map(({ organisation }) => organisation.name)).toEqual(
			expect.arrayContaining(['Radio Sorbier', 'Compagnie des Tréteaux'])
		);
		expect(found.sets).toMatchObject([{ members: [{ because: [] }, { because: [] }], missing: ['Mille euros.'], tooFew: true }]);
		expect(found.sets[0]!.members.flatMap(({ brings }) => brings).map(({ sure }) => sure)).toEqual([true, true]);
		// two bring what it needs: the third is the next that fits, and it is said why
		await allow(context, true)
			.updateTable('organisations')
			.set({ communeCode: '75119' })
			.where('id', '=', world.structures.bruno)
			.execute();
		await say('bruno', 'equipment', 'Des bancs.');
		const [first] = await sets();
		expect(first).toMatchObject({ missing: ['Mille euros.'], tooFew: false });
		expect(first!.members).toHaveLength(3);
		expect(first!.members[2]).toMatchObject({ brings: [] });
		expect(first!.members[2]!.because.length).toBeGreaterThan(0);
		await chooseSuggested(seenBy(context, 'bruno'), world.actors.bruno.belongings[0]!.path.replace('/structures/', ''), {
			suggested: 'no'
		});
		expect((await sets()).flatMap(({ members }) => members.map(({ organisation }) => organisation.id))).not.toContain(
			world.structures.bruno
		);
		// whoever joined is no suggestion any more
		await joinIdea(seenBy(context, 'samir'), path, joined({ organisation: world.structures.samir }));
		const again = await listSuggestions(context, (await askOfIdea(context, path)).ask, { within: 60, page: 1 });
		expect(again.suggestions.map(({ organisation }) => organisation.name)).not.toContain('Radio Sorbier');
	});
});

test('what one said goes with oneself; it is given back before', async () => {
	await as('samir')(async (context) => {
		const path = await dropIdea(seenBy(context, 'nadia'), dropped({ organisation: mine }));
		await joinIdea(context, path, joined({ bring: 'Une heure le samedi.' }));
		await dropIdea(context, dropped({ text: 'À moi seul.' }));
		expect((await listOwnIdeas(context, null)).voices).toMatchObject([{ text: 'Une heure le samedi.' }, { idea: 'À moi seul.' }]);
		await eraseMyIdeas(context);
		expect((await findIdea(context, path)).voices).toHaveLength(1);
		expect((await listIdeas(nobody(context), all)).count).toBe(1);
		expect(codeOf(path)).toHaveLength(7);
	});
});
