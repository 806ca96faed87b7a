import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { reviseLine, shareLine, writeLine } from './commands.server.ts';
import { settleLeaving } from './commands/leaving.server.ts';
import { keepLine, markLine } from './commands/marking.server.ts';
import type { Written } from './forms.ts';
import { countRevisions, findLine, listCommitments, listLines, listMarks, listReferring } from './queries.server.ts';
import { listLeavings } from './queries/leaving.server.ts';
import { listMyTasks } from './queries/mine.server.ts';
import { kinds, noDetails, type Audience } from './rules.ts';

const { world, as, keep, seenBy } = await testWorld();
const cooperation = world.cooperation.id;
const line = (over: Partial<Written> = {}): Written => ({
	id: newId(),
	kind: 'information',
	text: 'La salle est libre le mercredi.',
	audience: null,
	actingFor: null,
	...noDetails,
	...over
});
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];

test('a line is seen by the partners, and by nobody else', async () => {
	await as('nadia')(async (context) => {
		const written = line();
		await writeLine(context, cooperation, written);
		for (const name of everyone) {
			const seen = await listLines(seenBy(context, name), cooperation, kinds);
			expect(
				seen.map(({ text }) => text),
				name
			).toEqual(name === 'nadia' || name === 'odile' ? [written.text] : []);
		}
	});
});

test.each<[Audience, Name[]]>([
	['organisation', ['nadia']],
	['partners', ['nadia', 'odile']],
	['accompagnateur', ['nadia', 'odile', 'claire']],
	['everyone', everyone]
])('for « %s », %j read', async (audience, readers) => {
	await as('nadia')(async (context) => {
		const written = line({ audience });
		await writeLine(context, cooperation, written);
		for (const name of everyone) {
			const found = findLine(seenBy(context, name), written.id);
			if (readers.includes(name)) expect((await found).line.text).toBe(written.text);
			else await expect(found, name).rejects.toThrow(NotFound);
		}
	});
});

test('an own objective begins at home, and is shared by an act of the organisation', async () => {
	await as('nadia')(async (context) => {
		const own = line({ kind: 'objective', topic: 'own', text: 'Nous faire connaître des écoles.' });
		await writeLine(context, cooperation, own);
		const odile = seenBy(context, 'odile');
		expect(await listLines(odile, cooperation, kinds)).toEqual([]);
		await expect(shareLine(odile, { id: own.id, text: 'x', audience: 'partners' })).rejects.toThrow(NotFound);
		await shareLine(context, { id: own.id, text: 'Rencontrer les écoles.', audience: 'partners' });
		expect((await listLines(odile, cooperation, kinds)).map(({ text }) => text)).toEqual(['Rencontrer les écoles.']);
	});
});

test('a revision keeps the old line and the reason; the second of two editors sees what the first wrote', async () => {
	await as('nadia')(async (context) => {
		const first = line({ kind: 'objective', text: '40 enfants' });
		await writeLine(context, cooperation, first);
		const odile = seenBy(context, 'odile');
		const revised = { id: first.id, text: '60 enfants', reason: 'Deux classes de plus.', actingFor: null, ...noDetails };
		await reviseLine({ ...odile, now: new Date(context.now.getTime() + 1000) }, revised);
		const { line: now, versions } = await findLine(context, first.id);
		expect([now.text, now.reason, versions.map(({ text }) => text)]).toEqual([
			'60 enfants',
			'Deux classes de plus.',
			['60 enfants', '40 enfants']
		]);
		await expect(reviseLine(context, { ...revised, text: '50 enfants' })).rejects.toMatchObject({
			code: 'lines.changed-meanwhile',
			details: { theirs: '60 enfants' }
		});
	});
});

test('a form sent twice writes one line', async () => {
	await as('nadia')(async (context) => {
		const once = line();
		await writeLine(context, cooperation, once);
		await writeLine(context, cooperation, once);
		expect(await listLines(context, cooperation, kinds)).toHaveLength(1);
	});
});

test('going back and writing something else in the same form loses neither sentence', async () => {
	await as('nadia')(async (context) => {
		const first = line({ text: 'La salle est prise.' });
		const second = { ...first, text: 'Le gymnase est libre.' };
		await writeLine(context, cooperation, first);
		await writeLine(context, cooperation, second);
		await writeLine(context, cooperation, second);
		const texts = (await listLines(context, cooperation, kinds)).map(({ text }) => text);
		expect(texts.toSorted()).toEqual(['La salle est prise.', 'Le gymnase est libre.']);
	});
});

test('a task lands on the home page of the one who is asked, until it is done', async () => {
	await as('odile')(async (context) => {
		const task = line({
			kind: 'task',
			text: 'Réserver la salle.',
			whoOrganisation: world.structures.nadia,
			endsOn: '2026-12-01'
		});
		await writeLine(context, cooperation, task);
		const nadia = seenBy(context, 'nadia');
		expect((await listMyTasks(nadia)).map(({ text }) => text)).toEqual(['Réserver la salle.']);
		expect(await listMyTasks(context)).toEqual([]);
		await markLine(nadia, { root: task.id, mark: 'done', note: null });
		expect(await listMyTasks(nadia)).toEqual([]);
		await markLine(nadia, { root: task.id, mark: 'done', note: null });
		expect(await listMyTasks(nadia)).toHaveLength(1);
	});
});

test('nobody writes here but the partners, and nobody for another', async () => {
	for (const name of ['samir', 'bruno', 'yann', 'agathe'] as const)
		await expect(
			as(name)((context) => writeLine(context, cooperation, line())),
			name
		).rejects.toThrow(NotFound);
	for (const name of ['helene', 'claire'] as const)
		await expect(
			as(name)((context) => writeLine(context, cooperation, line())),
			name
		).rejects.toThrow('');
	await expect(
		as('nadia')((context) => writeLine(context, cooperation, line({ actingFor: world.structures.odile })))
	).rejects.toThrow('');
	await expect(
		as('nadia')((context) => writeLine(context, cooperation, line({ kind: 'task', whoOrganisation: world.structures.bruno })))
	).rejects.toThrow('lines.not-a-partner');
});

test('two people who revise at the very same time: the second reads both texts and chooses', async () => {
	const first = line({ kind: 'objective', text: 'Réunir 40 enfants.' });
	await keep('nadia')((context) => writeLine(context, cooperation, first));
	const revised = (text: string, id = first.id) => ({ id, text, reason: 'Plus juste.', actingFor: null, ...noDetails });
	const both = await Promise.allSettled([
		keep('nadia')((context) => reviseLine(context, revised('Réunir 50 enfants.'))),
		keep('odile')((context) => reviseLine(context, revised('Réunir 60 enfants.')))
	]);
	const refused = both.filter((one) => one.status === 'rejected');
	expect(refused).toHaveLength(1);
	const won = both[0]!.status === 'fulfilled' ? 'Réunir 50 enfants.' : 'Réunir 60 enfants.';
	const { reason } = refused[0]!;
	expect(reason).toMatchObject({ code: 'lines.changed-meanwhile', details: { theirs: won } });
	await keep('odile')((context) => reviseLine(context, revised('Réunir 55 enfants.', String(reason.details.latest))));
	const { versions } = await as('nadia')((context) => findLine(context, first.id));
	expect(versions.map(({ text }) => text)).toEqual(['Réunir 55 enfants.', won, 'Réunir 40 enfants.']);
	await keep('nadia')((context) => markLine(context, { root: first.id, mark: 'withdrawn', note: null }));
});

const partnerOf = async (context: Context, organisationId: string) =>
	(await findCooperationById(context, cooperation)).partners.find((one) => one.organisationId === organisationId)!.id;
const minutesAfter = (context: Context, minutes: number): Context => ({
	...context,
	now: new Date(context.now.getTime() + minutes * 60_000)
});

test('who leaves keeps what was written before, sees nothing new, and hands its tasks on', async () => {
	await as('nadia')(async (context) => {
		const odile = seenBy(context, 'odile');
		const before = line({ text: 'La salle est libre.' });
		const own = line({ kind: 'role', text: 'Nous tenons la lumière.' });
		const task = line({ kind: 'task', text: 'Louer les projecteurs.', whoOrganisation: world.structures.odile });
		const home = line({
			kind: 'task',
			text: 'En parler au bureau.',
			whoOrganisation: world.structures.odile,
			audience: 'organisation'
		});
		await writeLine(context, cooperation, before);
		for (const one of [own, task, home]) await writeLine(odile, cooperation, one);
		const partnerId = await partnerOf(odile, world.structures.odile);
		await expect(settleLeaving(context, cooperation, { partnerId, handTo: null, reason: 'x' })).rejects.toThrow(Forbidden);
		await expect(
			settleLeaving(odile, cooperation, { partnerId, handTo: world.structures.helene, reason: 'x' })
		).rejects.toMatchObject({ code: 'lines.not-a-partner' });
		const reason = 'Trop de projets cette année.';
		await settleLeaving(minutesAfter(odile, 1), cooperation, { partnerId, handTo: world.structures.nadia, reason });
		await leaveCooperation(minutesAfter(odile, 1), cooperation, { partnerId, reason });
		const handed = await findLine(context, task.id);
		expect([handed.line.whoOrganisation, handed.line.reason, handed.versions.length]).toEqual([
			world.structures.nadia,
			reason,
			2
		]);
		expect((await listMyTasks(context)).map(({ text }) => text)).toContain('Louer les projecteurs.');

		const later = minutesAfter(context, 5);
		await writeLine(later, cooperation, line({ text: 'Nouvelle.' }));
		const changed = { ...noDetails, actingFor: null, reason: 'Précision.' };
		await reviseLine(later, { ...changed, id: before.id, text: 'La salle est libre le mardi.' });
		await reviseLine(later, { ...changed, id: own.id, text: 'La lumière est tenue par la Ville.' });
		const seen = (await listLines(seenBy(later, 'odile'), cooperation, kinds)).map(({ text }) => text).toSorted();
		expect(seen).toEqual(['En parler au bureau.', 'La salle est libre.', 'Louer les projecteurs.', 'Nous tenons la lumière.']);
		expect((await findLine(seenBy(later, 'odile'), before.id)).versions).toHaveLength(1);
		await expect(writeLine(seenBy(later, 'odile'), cooperation, line())).rejects.toThrow(Forbidden);
	});
});

test('tasks that nobody takes are withdrawn, with the reason', async () => {
	await as('odile')(async (context) => {
		const task = line({ kind: 'task', whoOrganisation: world.structures.odile });
		await writeLine(context, cooperation, task);
		const partnerId = await partnerOf(context, world.structures.odile);
		await settleLeaving(context, cooperation, { partnerId, handTo: null, reason: 'Nous arrêtons.' });
		expect((await findLine(context, task.id)).line.withdrawnAt).not.toBeNull();
		expect((await listMarks(context, task.id)).map(({ note }) => note)).toEqual(['Nous arrêtons.']);
		expect(await listMarks(seenBy(context, 'samir'), task.id)).toEqual([]);
	});
});

test('a leaving partner’s roles have nobody any more; what it promised is withdrawn, or kept', async () => {
	for (const contributions of ['withdrawn', 'kept'] as const)
		await as('odile')(async (context) => {
			const odile = world.structures.odile;
			const role = line({ kind: 'role', text: 'Tenir la lumière.', whoOrganisation: odile, whoPerson: world.actors.odile.id });
			const risk = line({ kind: 'risk', text: 'La pluie.', whoOrganisation: odile, audience: 'partners' });
			const promise = line({ kind: 'contribution', text: 'Deux projecteurs.', topic: 'equipment' });
			const home = line({ kind: 'risk', text: 'Notre fatigue.', whoOrganisation: odile });
			for (const one of [role, risk, promise, home]) await writeLine(context, cooperation, one);
			const partnerId = await partnerOf(context, odile);
			const at = minutesAfter(context, 1);
			const leavings = (await listLeavings(at, await findCooperationById(at, cooperation))).get(odile)!;
			expect([leavings.tasks.length, leavings.roles.length, leavings.contributions.length]).toEqual([0, 2, 1]);
			await settleLeaving(at, cooperation, { partnerId, handTo: null, reason: 'Nous arrêtons.', contributions });
			for (const one of [role, risk]) {
				const { line: now, versions } = await findLine(seenBy(at, 'nadia'), one.id);
				expect([now.whoOrganisation, now.whoPerson, now.reason, versions.length]).toEqual([null, null, 'Nous arrêtons.', 2]);
			}
			const kept = (await findLine(seenBy(at, 'nadia'), promise.id)).line.withdrawnAt === null;
			expect(kept).toBe(contributions === 'kept');
			expect((await findLine(at, home.id)).line.whoOrganisation).toBe(odile);
		});
});

test('an invited partner reads what it would commit to, and nothing else', async () => {
	await as('nadia')(async (context) => {
		const asked = { whoOrganisation: world.structures.helene };
		await writeLine(
			context,
			cooperation,
			line({ kind: 'contribution', text: 'La salle Piat.', topic: 'premises', cents: 30000, ...asked })
		);
		await writeLine(context, cooperation, line({ kind: 'task', text: 'Ouvrir la salle.', ...asked }));
		await writeLine(context, cooperation, line({ kind: 'task', text: 'Pour plus tard.', audience: 'organisation', ...asked }));
		await writeLine(context, cooperation, line({ kind: 'task', text: 'Coudre.', whoOrganisation: world.structures.odile }));
		await writeLine(context, cooperation, line({ kind: 'limit', text: 'Pas en août.', audience: 'partners' }));
		await writeLine(context, cooperation, line({ kind: 'date', text: 'Représentations.', startsOn: '2027-04-09' }));
		const of = async (name: Name, structure: Name) => {
			const reader = seenBy(context, name);
			const found = await findCooperationById(reader, cooperation);
			return (await listCommitments(reader, found, world.structures[structure as 'nadia'])).map(({ text }) => text);
		};
		expect(await of('helene', 'helene')).toEqual(['La salle Piat.', 'Ouvrir la salle.', 'Représentations.']);
		expect(await of('odile', 'helene')).toEqual(['La salle Piat.', 'Ouvrir la salle.', 'Représentations.']);
		expect(await of('helene', 'nadia')).toEqual([]);
		expect(await of('odile', 'nadia')).toEqual(['Pas en août.', 'Représentations.']);
		expect(await of('claire', 'helene')).toEqual([]);
		await expect(of('samir', 'helene')).rejects.toThrow(NotFound);
		await expect(of('odile', 'samir')).rejects.toThrow(NotFound);
		const helene = seenBy(context, 'helene');
		expect(await listLines(helene, cooperation, kinds)).toEqual([]);
		expect(await listMyTasks(helene)).toEqual([]);
	});
});

test('a measure is about a line of the same cooperation that everyone can read', async () => {
	await as('nadia')(async (context) => {
		const home = line({ kind: 'indicator', audience: 'organisation' });
		await writeLine(context, cooperation, home);
		await expect(writeLine(context, cooperation, line({ kind: 'measure', about: home.id }))).rejects.toMatchObject({
			field: 'about'
		});
		await expect(writeLine(context, cooperation, line({ kind: 'measure', about: newId() }))).rejects.toThrow(NotFound);
	});
});

test('a calendar learns how often a date changed', async () => {
	await as('nadia')(async (context) => {
		const date = line({ kind: 'date', startsOn: '2027-04-09' });
		await writeLine(context, cooperation, date);
		await reviseLine(context, {
			...noDetails,
			id: date.id,
			text: 'Décalée.',
			reason: 'Salle prise.',
			actingFor: null,
			startsOn: '2027-04-10'
		});
		expect(await countRevisions(context, [date.id])).toEqual(new Map([[date.id, 1]]));
		expect(await countRevisions(seenBy(context, 'samir'), [date.id])).toEqual(new Map());
	});
});

test('a line is kept on purpose as often as one looks at it again: a dated fact, that changes nothing', async () => {
	await as('nadia')(async (context) => {
		const task = line({ kind: 'task', text: 'Trouver une salle.' });
		await writeLine(context, cooperation, task);
		await keepLine(context, { id: task.id, reason: 'Toujours utile.' });
		await keepLine(context, { id: task.id, reason: 'Encore.' });
		const { line: kept, versions } = await findLine(context, task.id);
		expect([kept.doneAt, kept.withdrawnAt, versions.length]).toEqual([null, null, 1]);
		expect((await listMarks(context, task.id)).map(({ mark, note }) => [mark, note])).toEqual(
			expect.arrayContaining([
				['kept', 'Toujours utile.'],
				['kept', 'Encore.']
			])
		);
		// it is still to be done
		expect((await listLines(context, cooperation, ['task'])).map(({ id }) => id)).toContain(task.id);
		const other = seenBy(context, 'samir');
		await expect(keepLine(other, { id: task.id, reason: 'x' })).rejects.toThrow(NotFound);
		await expect(keepLine(context, { id: task.id, reason: 'x' }, newId())).rejects.toThrow(NotFound);
	});
});

test('what refers to a line is found, for those who may see it', async () => {
	await as('nadia')(async (context) => {
		const objective = line({ kind: 'objective', text: 'Jouer ensemble.', topic: 'common' });
		await writeLine(context, cooperation, objective);
		await writeLine(context, cooperation, line({ kind: 'task', text: 'Choisir la pièce.', about: objective.id }));
		await writeLine(
			context,
			cooperation,
			line({ kind: 'date', text: 'Lecture.', about: objective.id, audience: 'organisation' })
		);
		const texts = async (name: Name) =>
			(await listReferring(seenBy(context, name), cooperation, objective.id)).map(({ text }) => text);
		expect(await texts('nadia')).toEqual(['Choisir la pièce.', 'Lecture.']);
		expect(await texts('odile')).toEqual(['Choisir la pièce.']);
		for (const name of ['samir', 'helene', 'claire', 'yann', 'agathe'] as const) expect(await texts(name)).toEqual([]);
	});
});

test('a risk begins at home with what lowers it; what happened is for the partners, with what it taught', async () => {
	await as('nadia')(async (context) => {
		const feared = line({
			kind: 'risk',
			text: 'Il pleut.',
			likelihood: 'possible',
			severity: 'heavy',
			remedy: 'Le gymnase.',
			lesson: 'x'
		});
		const happened = line({
			kind: 'risk',
			topic: 'happened',
			text: 'Il a plu.',
			remedy: 'Le gymnase.',
			lesson: 'Réserver.',
			severity: 'grave'
		});
		await writeLine(context, cooperation, feared);
		await writeLine(context, cooperation, happened);
		expect((await findLine(context, feared.id)).line).toMatchObject({
			topic: 'feared',
			audience: 'organisation',
			likelihood: 'possible',
			severity: 'heavy',
			remedy: 'Le gymnase.',
			lesson: null
		});
		expect((await findLine(seenBy(context, 'odile'), happened.id)).line).toMatchObject({
			audience: 'partners',
			severity: null,
			remedy: 'Le gymnase.',
			lesson: 'Réserver.'
		});
		await reviseLine(context, { ...happened, text: 'Il a beaucoup plu.', reason: 'Plus juste.' });
		expect((await findLine(context, happened.id)).line).toMatchObject({ text: 'Il a beaucoup plu.', lesson: 'Réserver.' });
	});
});
