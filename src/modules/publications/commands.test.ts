import { expect, test } from 'vitest';
import { acceptPartnership, changeRole, leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { endCooperation } from '#modules/cooperations/commands/ending.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { reviseLine, writeLine } from '#modules/lines/commands.server.ts';
import { noDetails, type Audience } from '#modules/lines/rules.ts';
import { stranger } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { jpeg } from '../../../tests/pictures.ts';
import { testWorld } from '../../../tests/world.ts';
import { answerPage, chooseName, proposePage, withdrawPage } from './commands.server.ts';
import { ideaForm, proposeForm } from './forms.ts';
import { countIdea, eraseIdea, forgetIdeas, keepIdea, sendIdea } from './ideas/commands.server.ts';
import { listIdeas } from './ideas/queries.server.ts';
import { machineData } from './documents.server.ts';
import { findBalance, findPublicPage, listOwnPublications } from './queries.server.ts';
import { answersHome } from './queries/home.server.ts';
import { findPublication, listCommunes, listPublications } from './queries/public.server.ts';
import { ideasADay, ideasKept } from './rules.ts';

const { db, world, as, keep, seenBy, later } = await testWorld();
const { id: cooperation } = world.cooperation;
const address = world.cooperation.path.replace('/cooperations/', '');
const { nadia: atelier, odile: compagnie, helene: town } = world.structures;

const page = (more: Record<string, unknown> = {}) =>
	proposeForm.parse({
		id: newId(),
		read: '0',
		lead: 'Des enfants et des anciens ont joué ensemble.',
		happened: 'Tout commence en automne.\n\nPuis tout le monde joue.',
		open: 'on',
		...more
	});
const here = (context: Context) => findCooperationById(context, cooperation);
const last = async (context: Context) => (await findPublicPage(context, await here(context))).last!;
const say = async (context: Context, name: 'nadia' | 'odile', answer: 'yes' | 'no' = 'yes', version?: string) => {
	const seen = seenBy(context, name);
	return answerPage(seen, cooperation, {
		version: version ?? (await last(seen)).id,
		organisation: world.structures[name],
		answer,
		reason: null
	});
};
const nobody = (context: Context): Context => ({ ...context, actor: stranger });
const isPublic = async (context: Context): Promise<boolean> =>
	findPublication(nobody(context), address).then(
		() => true,
		() => false
	);
const published = async (context: Context, more: Record<string, unknown> = {}) => {
	await proposePage(seenBy(context, 'nadia'), cooperation, page(more));
	await say(context, 'nadia');
	await say(context, 'odile');
};
const line = async (context: Context, audience: Audience, text: string) => {
	const id = newId();
	await writeLine(context, cooperation, { ...noDetails, id, kind: 'information', text, audience, actingFor: null });
	return id;
};

test('the page is public when every carrier said yes, and not before', async () => {
	await as('nadia')(async (context) => {
		await proposePage(context, cooperation, page());
		expect(await isPublic(context)).toBe(false);
		expect(await answersHome(seenBy(context, 'odile'))).toMatchObject([{ organisation: 'Compagnie des Tréteaux' }]);
		expect(await say(context, 'nadia')).toEqual({ online: false });
		expect(await isPublic(context)).toBe(false);
		expect(await say(context, 'odile')).toEqual({ online: true });
		expect(await answersHome(seenBy(context, 'odile'))).toEqual([]);
		const found = await findPublication(nobody(context), address);
		expect(found.partners.map(({ name }) => name)).toEqual(['Compagnie des Tréteaux', 'L’Atelier du Soleil']);
		expect((await listPublications(nobody(context), {})).publications).toMatchObject([{ title: 'Avril enchanté' }]);
		const [commune] = await listCommunes(nobody(context));
		expect(commune!.name).toMatch(/Paris/);
		expect((await listPublications(nobody(context), { commune: commune!.code })).count).toBe(1);
		expect((await listPublications(nobody(context), { commune: '34172' })).count).toBe(0);
		const own = await listOwnPublications(context);
		expect([own.proposed.length, own.answers.length]).toEqual([1, 1]);
	});
});

test('a no keeps it away; the reason is the partners’', async () => {
	await as('nadia')(async (context) => {
		await proposePage(context, cooperation, page());
		await say(context, 'nadia');
		await say(context, 'odile', 'no');
		expect(await isPublic(context)).toBe(false);
		expect(await say(context, 'odile')).toEqual({ online: true });
		expect(await isPublic(context)).toBe(true);
	});
});

test('a change is asked again; the version before stays public meanwhile, and never comes back by itself', async () => {
	await as('nadia')(async (context) => {
		await published(context);
		await proposePage(seenBy(context, 'odile'), cooperation, page({ read: '1', lead: 'Une autre façon de le dire.' }));
		await say(context, 'nadia');
		expect((await findPublication(nobody(context), address)).content.lead).toContain('Des enfants');
		await say(context, 'odile');
		const { content } = await findPublication(nobody(context), address);
		expect(content.lead).toBe('Une autre façon de le dire.');
		expect(content.order[0]).toBe(atelier);
		await say(context, 'odile', 'no');
		expect(await isPublic(context)).toBe(false);
	});
});

test('a withdrawal takes the page away at once, until all say yes again', async () => {
	await as('nadia')(async (context) => {
		await published(context);
		await withdrawPage(seenBy(context, 'odile'), cooperation, { organisation: compagnie, reason: 'On a changé d’avis.' });
		expect(await isPublic(context)).toBe(false);
		expect((await listPublications(nobody(context), {})).count).toBe(0);
		await say(context, 'odile');
		expect(await isPublic(context)).toBe(false);
		await say(context, 'nadia');
		expect(await isPublic(context)).toBe(true);
		await withdrawPage(context, cooperation, { organisation: atelier, reason: null });
		await expect(withdrawPage(context, cooperation, { organisation: atelier, reason: null })).rejects.toMatchObject({
			code: 'publications.not-online'
		});
	});
});

test('what was approved is what is shown: a line revised since changes nothing', async () => {
	await as('nadia')(async (context) => {
		const shared = await line(context, 'everyone', 'Vingt-sept familles se revoient.');
		await published(context, { lines: [shared] });
		await reviseLine(context, { ...noDetails, id: shared, text: 'Cent familles.', reason: 'Pour voir', actingFor: null });
		const { content } = await findPublication(nobody(context), address);
		expect(content.lines.map(({ text }) => text)).toEqual(['Vingt-sept familles se revoient.']);
	});
});

test('a line that is not for everyone is put there by its own organisation, and kept by others as it was put', async () => {
	await as('nadia')(async (context) => {
		const ours = await line(context, 'partners', 'Nous avons cousu les costumes.');
		const home = await line(context, 'organisation', 'Le loyer nous inquiète.');
		const odile = seenBy(context, 'odile');
		for (const lines of [[ours], [home]])
			await expect(proposePage(odile, cooperation, page({ lines }))).rejects.toMatchObject({ field: 'lines' });
		await proposePage(context, cooperation, page({ lines: [ours] }));
		await proposePage(odile, cooperation, page({ read: '1', lines: [ours] }));
		expect((await last(odile)).content.lines).toEqual([
			{ root: ours, organisationId: atelier, text: 'Nous avons cousu les costumes.' }
		]);
	});
});

test('lines and figures of elsewhere are refused', async () => {
	await as('nadia')(async (context) => {
		for (const forged of [{ lines: [newId()] }, { lines: [atelier] }])
			await expect(proposePage(context, cooperation, page(forged))).rejects.toMatchObject({ code: 'publications.not-a-line' });
		for (const figures of [['held'], [newId()], ['<b>']])
			await expect(proposePage(context, cooperation, page({ figures }))).rejects.toMatchObject({
				code: 'publications.not-a-figure'
			});
	});
});

test('nobody answers for another, without a mandate, or for what is no longer proposed', async () => {
	await as('nadia')(async (context) => {
		await proposePage(context, cooperation, page());
		const { id: version } = await last(context);
		const answer = { version, answer: 'yes' as const, reason: null };
		await expect(answerPage(context, cooperation, { ...answer, organisation: compagnie })).rejects.toMatchObject({
			code: 'organisations.not-yours'
		});
		await expect(answerPage(context, cooperation, { ...answer, organisation: newId() })).rejects.toThrow();
		const member = {
			...world.actors.nadia,
			belongings: world.actors.nadia.belongings.map((one) => ({ ...one, manager: false, may: 'discuss' as const }))
		};
		await expect(answerPage(seenBy(context, member), cooperation, { ...answer, organisation: atelier })).rejects.toThrow();
		await expect(say(context, 'nadia', 'yes', newId())).rejects.toMatchObject({ code: 'publications.changed-meanwhile' });
		await proposePage(context, cooperation, page({ read: '1' }));
		await expect(say(context, 'nadia', 'yes', version)).rejects.toMatchObject({ code: 'publications.changed-meanwhile' });
	});
});

test('what is sent twice is done once, and two who propose at once lose nothing', async () => {
	await as('nadia')(async (context) => {
		const sent = page();
		await proposePage(context, cooperation, sent);
		await proposePage(context, cooperation, sent);
		expect((await last(context)).n).toBe(1);
		await expect(proposePage(seenBy(context, 'odile'), cooperation, page())).rejects.toMatchObject({
			code: 'publications.changed-meanwhile'
		});
		await say(context, 'nadia');
		await say(context, 'nadia');
		const { length } = await context.db.selectFrom('publicPageAnswers').select('id').execute();
		expect(length).toBe(1);
	});
});

test('a new carrier must say yes too; a departed one is no longer asked, named or quoted', async () => {
	await as('nadia')(async (context) => {
		const said = await line(seenBy(context, 'odile'), 'everyone', 'La compagnie met en scène.');
		await published(context, { lines: [said] });
		const helene = seenBy(context, 'helene');
		const partner = (await here(helene)).partners.find(({ organisationId }) => organisationId === town)!;
		await acceptPartnership(helene, cooperation, { partnerId: partner.id });
		await changeRole(helene, cooperation, { partnerId: partner.id, role: 'associate', place: null });
		expect(await isPublic(context)).toBe(false);
		await changeRole(helene, cooperation, { partnerId: partner.id, role: 'support', place: null });
		expect(await isPublic(context)).toBe(true);
		const odile = seenBy(context, 'odile');
		const theirs = (await here(odile)).accepted.find(({ organisationId }) => organisationId === compagnie)!;
		await leaveCooperation(odile, cooperation, { partnerId: theirs.id, reason: 'Plus le temps.' });
		const found = await findPublication(nobody(context), address);
		expect(found.partners.map(({ id }) => id)).toEqual([atelier]);
		expect(found.content.lines).toEqual([]);
		await expect(withdrawPage(odile, cooperation, { organisation: compagnie, reason: null })).rejects.toThrow();
	});
});

test('the others are named when they say so, and no longer when they say no', async () => {
	await as('nadia')(async (context) => {
		await published(context);
		const helene = seenBy(context, 'helene');
		const partner = (await here(helene)).partners.find(({ organisationId }) => organisationId === town)!;
		const named = async () => (await findPublication(nobody(context), address)).partners.some(({ id }) => id === town);
		await expect(chooseName(helene, cooperation, { organisation: town, named: 'yes' })).rejects.toThrow();
		await acceptPartnership(helene, cooperation, { partnerId: partner.id });
		await changeRole(helene, cooperation, { partnerId: partner.id, role: 'public', place: null });
		expect(await named()).toBe(false);
		await chooseName(helene, cooperation, { organisation: town, named: 'yes' });
		expect(await named()).toBe(true);
		await expect(chooseName(context, cooperation, { organisation: town, named: 'no' })).rejects.toThrow();
		await chooseName(helene, cooperation, { organisation: town, named: 'no' });
		expect(await named()).toBe(false);
	});
});

test('an ended cooperation keeps its page; it can still be taken away', async () => {
	await as('nadia')(async (context) => {
		await published(context);
		await endCooperation(context, cooperation, { reason: 'La pièce est jouée.', actingFor: null });
		expect(await isPublic(context)).toBe(true);
		await expect(proposePage(context, cooperation, page({ read: '1' }))).rejects.toMatchObject({ code: 'cooperations.ended' });
		await expect(sendIdea(nobody(context), address, idea(), '192.0.2.1')).rejects.toMatchObject({
			code: 'publications.no-more-ideas'
		});
		await withdrawPage(seenBy(context, 'odile'), cooperation, { organisation: compagnie, reason: null });
		expect(await isPublic(context)).toBe(false);
	});
});

const idea = (more: Record<string, unknown> = {}) =>
	ideaForm.parse({ id: newId(), idea: 'Un atelier de couture le samedi.', contact: 'mme.petit@example.org', ...more });

test('an inhabitant’s idea reaches the partners, becomes a line, is erased, is forgotten', async () => {
	await as('nadia')(async (context) => {
		await published(context);
		const sent = idea();
		await sendIdea(nobody(context), address, sent, '192.0.2.1');
		await sendIdea(nobody(context), address, sent, '192.0.2.1');
		await sendIdea(nobody(context), address, idea({ website: 'https://spam.example' }), '192.0.2.1');
		const ideas = async (of: Context) => (await listIdeas(of, await here(context))).ideas;
		expect(await ideas(context)).toMatchObject([{ text: sent.idea, contact: sent.contact }]);
		for (const other of ['claire', 'samir', 'yann', 'agathe', 'helene'] as const)
			expect(await ideas(seenBy(context, other))).toEqual([]);
		await keepIdea(context, cooperation, { id: sent.id, actingFor: null });
		await keepIdea(context, cooperation, { id: sent.id, actingFor: null });
		const lines = await listLines(context, cooperation, ['information']);
		expect(lines.filter(({ text }) => text.includes('couture'))).toHaveLength(1);
		expect(lines.some(({ text }) => text.includes('example.org'))).toBe(false);
		for (const other of ['samir', 'claire', 'helene'] as const)
			await expect(eraseIdea(seenBy(context, other), cooperation, { id: sent.id })).rejects.toThrow();
		await eraseIdea(context, cooperation, { id: sent.id });
		expect(await ideas(context)).toEqual([]);
		await sendIdea(nobody(context), address, idea(), '192.0.2.1');
		const sweeping = { ...context, actor: { is: 'system', name: 'sweep-ideas' } as const };
		await forgetIdeas(sweeping);
		expect(await ideas(context)).toHaveLength(1);
		await forgetIdeas({ ...sweeping, now: new Date(later.getTime() + ideasKept + 1) });
		expect(await ideas(context)).toEqual([]);
		await expect(forgetIdeas(context)).rejects.toThrow();
	});
});

test('ideas to what is not public find nothing; too many wait', async () => {
	await as('nadia')(async (context) => {
		await expect(sendIdea(nobody(context), address, idea(), '192.0.2.1')).rejects.toThrow();
		await published(context);
		const sent = { network: '192.0.2.9', idea: 'Encore la même.', contact: null };
		for (let n = 0; n < 7; n++) await countIdea(nobody(context), sent);
		await expect(sendIdea(nobody(context), address, idea({ idea: sent.idea, contact: '' }), sent.network)).rejects.toMatchObject({
			code: 'people.too-many-attempts'
		});
		await sendIdea(nobody(context), address, idea(), '192.0.2.10');
		for (let n = 1; n < ideasADay; n++) await sendIdea(nobody(context), address, idea(), '192.0.2.10');
		await expect(sendIdea(nobody(context), address, idea(), '192.0.2.10')).rejects.toMatchObject({
			code: 'publications.too-many-ideas'
		});
	});
});

test.each([
	['lead', ''],
	['lead', 'a'.repeat(100_000)],
	['happened', 'a'.repeat(100_000)],
	['lines', ['not an id']],
	['read', '-1'],
	['id', 'x']
])('a page whose %s is wrong is refused with a sentence', (field, value) => {
	const sent = { id: newId(), read: '0', lead: 'Une phrase.', happened: 'Une autre.', [field]: value };
	const { error } = proposeForm.safeParse(sent);
	expect(error?.issues[0]?.path[0]).toBe(field);
	expect(error?.issues[0]?.message).toMatch(/\p{L}{3}/u);
});

test('a text that is code stays a text', async () => {
	await as('nadia')(async (context) => {
		const attack = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
		await published(context, { lead: attack, happened: attack });
		const found = await findPublication(nobody(context), address);
		expect(found.content.lead).toBe(attack);
		expect(machineData(found)).not.toContain('<');
	});
});

test('the balance counts who is named in the texts, quoted and first', async () => {
	await as('nadia')(async (context) => {
		await published(context, { happened: 'L’Atelier du Soleil coud. L’atelier du soleil prête ses machines.' });
		const cooperationSeen = await here(context);
		const rows = await findBalance(context, cooperationSeen, await findPublicPage(context, cooperationSeen));
		expect(rows.map(({ name, written, first, listed }) => ({ name, written, first, listed }))).toEqual([
			{ name: 'L’Atelier du Soleil', written: 2, first: 0, listed: true },
			{ name: 'Compagnie des Tréteaux', written: 0, first: 1, listed: true }
		]);
	});
});

test('a stranger to it reads no draft and changes nothing', async () => {
	await as('nadia')(async (context) => {
		await proposePage(context, cooperation, page());
		const { id: version } = await last(context);
		const found = await here(context);
		for (const name of ['samir', 'bruno', 'yann', 'agathe'] as const) {
			const seen = seenBy(context, name);
			expect((await findPublicPage(seen, found)).last).toBeNull();
			await expect(proposePage(seen, cooperation, page({ read: '1' }))).rejects.toThrow();
			await expect(withdrawPage(seen, cooperation, { organisation: atelier, reason: null })).rejects.toThrow();
			await expect(
				answerPage(seen, cooperation, { version, organisation: atelier, answer: 'yes', reason: null })
			).rejects.toThrow();
		}
		// the house that accompanies, and whoever is only invited, neither
		for (const name of ['claire', 'helene'] as const) {
			expect((await findPublicPage(seenBy(context, name), found)).last).toBeNull();
			await expect(proposePage(seenBy(context, name), cooperation, page({ read: '1' }))).rejects.toThrow();
		}
		await expect(findPublication(nobody(context), address)).rejects.toThrow();
	});
});

test('two who say yes at once put it online once, and a withdrawal in between is kept', async () => {
	await keep('nadia')((context) => proposePage(context, cooperation, page()));
	const { id: version } = await keep('nadia')(last);
	const yes = (name: 'nadia' | 'odile') =>
		keep(name)((context) =>
			answerPage(context, cooperation, { version, organisation: world.structures[name], answer: 'yes', reason: null })
		);
	const both = await Promise.all([yes('nadia'), yes('odile')]);
	expect(both.filter(({ online }) => online)).toHaveLength(1);
	const told = () => db.selectFrom('entries').select('n').where('verb', '=', 'publication-online').execute();
	expect(await told()).toHaveLength(1);
	await Promise.all([
		keep('odile')((context) => withdrawPage(context, cooperation, { organisation: compagnie, reason: null })),
		yes('nadia')
	]);
	await keep('nadia')(async (context) => expect(await isPublic(context)).toBe(false));
});

test('the picture of a page is agreed to with it, described, light, and gone with it', async () => {
	const taken = Uint8Array.from(await jpeg());
	const photo = (bytes: Uint8Array<ArrayBuffer>, name = 'bal.jpg') => new File([bytes], name);
	const cover = (more: Record<string, unknown> = {}) =>
		page({ cover: photo(taken), coverSays: 'Douze enfants sur une scène.', coverAgreed: 'on', ...more });
	const next = async (context: Context) => ({ read: String((await findPublicPage(context, await here(context))).last?.n ?? 0) });
	await as('nadia')(async (context) => {
		const { read } = await next(context);
		const refused = (input: ReturnType<typeof page>) => proposePage(context, cooperation, { ...input, read: Number(read) });
		await expect(refused(cover({ coverSays: '' }))).rejects.toThrow('publications.cover-unsaid');
		await expect(refused(cover({ coverAgreed: undefined }))).rejects.toThrow('publications.cover-unagreed');
		await expect(refused(cover({ cover: photo(new Uint8Array(17 * 1024 * 1024)) }))).rejects.toThrow('files.picture-too-heavy');
		await expect(refused(cover({ cover: photo(Uint8Array.from(Buffer.from('<svg/>'))) }))).rejects.toThrow('files.not-a-picture');
	});
	await as('nadia')(async (context) => {
		await proposePage(context, cooperation, cover(await next(context)));
		await say(context, 'nadia');
		await say(context, 'odile');
		const shown = async () => (await findPublication(nobody(context), address)).cover;
		expect(await shown()).toMatchObject({ says: 'Douze enfants sur une scène.', mediaType: 'image/jpeg' });
		// another version keeps it, unless it is taken away
		await proposePage(context, cooperation, page(await next(context)));
		expect((await last(context)).cover).toEqual(await shown());
		await proposePage(context, cooperation, page({ ...(await next(context)), coverGone: 'on' }));
		expect((await last(context)).cover).toBeNull();
		await withdrawPage(seenBy(context, 'odile'), cooperation, { organisation: compagnie, reason: null });
		await expect(shown()).rejects.toThrow(NotFound);
	});
});
