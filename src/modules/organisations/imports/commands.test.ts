import { execFile } from 'node:child_process';
import fs, { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { verifyChains } from '#modules/journal/queries.server.ts';
import { inTransaction, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Run } from '#platform/jobs.server.ts';
import { say } from '#platform/say.ts';
import { xlsx } from '#platform/spreadsheet.ts';
import type { Name } from '../../../../seeds/world.ts';
import { sharedFolder } from '../../../../tests/shared.ts';
import { testWorld } from '../../../../tests/world.ts';
import { decide, giveUp, letIn, takeNext } from './commands.server.ts';
import { enterWhole } from './commands/entering.server.ts';
import { open } from './commands/opening.server.ts';
import { bringList, forgetColumns, keepList, matchColumns, readAsProposed, readWaiting } from './commands/reading.server.ts';
import {
	columnsAsBrought,
	findImport,
	listImports,
	listRejectedLines,
	listRejections,
	listReport,
	listRows,
	listToDecide
} from './queries.server.ts';
import { otherLines } from './rules/parts.ts';
import { readLists, takeInLists } from './reactions.server.ts';

const { db, url, world, as, keep, seenBy, later } = await testWorld();

const system = { is: 'system', name: 'test' } as const;
const pasted = (text: string) => ({ file: null, text });
type Brought = Parameters<typeof bringList>[1];
/** Brings a list and reads it by what is proposed for its columns. */
async function readIn(context: Context, brought: Brought, title: string): Promise<{ id: string; waits: boolean }> {
	const { id, next, waits } = await bringList(context, brought, title);
	return { id, ...(next === 'columns' ? await readAsProposed(context, id) : { waits }) };
}
const read = (context: Context, text: string) => readIn(context, pasted(text), 'Liste collée');
const bring = (name: Name, text: string) => keep(name)((context) => read(context, text));
/** Lets a list in and does the job's work. */
async function enter(name: Name, id: string): Promise<void> {
	await keep(name)((context) => letIn(context, id));
	await work();
}
const work = (stopping = () => false) => takeInLists.run(running(stopping));
const running = (stopping = () => false): Run => ({
	db,
	now: later,
	stopping,
	asSystem: (run) => inTransaction(db, { actor: system, now: new Date(), mode: 'write' }, run)
});
const became = (name: Name, id: string) => keep(name)(async (context) => (await findImport(context, id)).became);
const count = async () =>
	(
		await db
			.selectFrom('organisations')
			.select(sql<number>`count(*)::int`.as('count'))
			.executeTakeFirstOrThrow()
	).count;
/** What a list may change, to be compared before and after. */
const directory = async () =>
	(
		await sql<{
			digest: string;
		}>`select md5(string_agg(o::text, '' order by id)) || (select md5(string_agg(i::text, '' order by organisation_id, kind, value))
			from organisation_identifiers i) || (select sum(n) from chains) as digest from organisations o`.execute(db)
	).rows[0]!.digest;
const allWhole = async () => {
	for await (const verdict of verifyChains(db)) if (verdict.state !== 'whole') return verdict;
	return 'whole';
};

test('lists are brought by accompagnateurs and administrators; a stranger sees none', async () => {
	await as('claire')(async (context) => {
		const { id } = await read(context, 'Nom;Ville\nLes Amis;Sète\n');
		for (const name of ['nadia', 'bruno', 'helene'] as const) {
			const stranger = seenBy(context, name);
			await expect(read(stranger, 'Nom\nX\n'), name).rejects.toThrow(Forbidden);
			await expect(listImports(stranger), name).rejects.toThrow(NotFound);
			await expect(findImport(stranger, id), name).rejects.toThrow(NotFound);
			await expect(letIn(stranger, id), name).rejects.toThrow(Forbidden);
		}
		const yann = seenBy(context, 'yann');
		expect((await listImports(yann)).imports).toEqual([]);
		for (const act of [findImport(yann, id), letIn(yann, id), giveUp(yann, id), decide(yann, id, { n: 1, decision: 'same' })])
			await expect(act).rejects.toThrow(NotFound);
		expect((await findImport(seenBy(context, 'agathe'), id)).total).toBe(1);
	});
});

test('nothing enters before it is let in; given up, nothing of it stays', async () => {
	await as('claire')(async (context) => {
		const before = await count();
		const { id } = await read(context, 'Nom;Ville\nLes Amis du Lac;Sète\n;Sète\n');
		expect(await findImport(context, id)).toMatchObject({
			expected: { new: 1, known: 0 },
			understood: { rejected: 1, lines: 3 }
		});
		expect(await listRejections(context, id)).toMatchObject([
			{ code: 'organisations.import-no-name', count: 1, lines: [{ line: 3 }] }
		]);
		await giveUp(context, id);
		await expect(findImport(context, id)).rejects.toThrow(NotFound);
		expect(await count()).toBe(before);
	});
});

test.each<[string, string | Uint8Array, string]>([
	['nothing', '   ', 'organisations.import-empty'],
	['headers only', 'Nom;Ville\n', 'organisations.import-header-only'],
	['a broken workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), 'organisations.import-workbook-broken'],
	['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), 'organisations.import-spreadsheet'],
	[
		'a workbook with a password',
		Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]),
		'organisations.import-locked'
	],
	['a PDF', '%PDF-1.7\nxx', 'organisations.import-pdf'],
	['a web page', '<!doctype html><html><body>Nom</body></html>', 'organisations.import-web-page'],
	['a broken JSON', '[{"Nom": "Les', 'organisations.import-json-broken']
])('%s is refused in words, and nothing is written', async (_, content, code) => {
	await as('claire')(async (context) => {
		const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
		const file = new File([bytes as BlobPart], 'liste.csv');
		const refused = await readIn(context, { file, text: null }, '').catch((problem: unknown) => problem);
		expect(refused).toMatchObject({ code, field: 'file' });
		expect(say(refused as Refused)).toMatch(/\.$/);
		expect((await listImports(context)).imports).toEqual([]);
	});
});

test('nasty cells stay cells: quotes, scripts, formulas', async () => {
	const nasty = `"Nom";"Objet"\n"L'asso ""d''abord""; drop table organisations;--";"=cmd|' /C calc'!A0"\n"<script>alert(1)</script>";"{{7*7}}"\n`;
	const { id } = await bring('claire', nasty);
	await enter('claire', id);
	expect(await became('claire', id)).toMatchObject({ added: 2 });
	const names = await db.selectFrom('organisations').select('name').where('name', 'like', '%script%').execute();
	expect(names).toEqual([{ name: '<script>alert(1)</script>' }]);
	const { rows } = await keep('claire')((context) => listReport(context, id));
	expect(rows.map(({ outcome }) => outcome)).toEqual(['added', 'added']);
});

test('zero bytes and halves of a sign, which JSON can hold, stop nothing', async () => {
	await as('claire')(async (context) => {
		const file = new File(
			['[{"Nom": "Les \\ud83d Amis\\u0000", "Site": "\\ud800"}, {"Nom": "", "Ville": "a\\u0000b\\udc00"}]'],
			'a\u0000\ud800.json'
		);
		const { id } = await readIn(context, { file, text: null }, '');
		expect(await findImport(context, id)).toMatchObject({ total: 1, understood: { rejected: 1 } });
		await letIn(context, id);
		await takeNext(seenBy(context, system as never), id);
		expect((await findImport(context, id)).became.added).toBe(1);
	});
});

test('a likely duplicate waits for somebody’s word, before the list enters or after; nothing is joined in silence', async () => {
	const list =
		'Nom;Commune;Code postal;Thème\nLes Jardins du Cannal;Montpellier;34000;Nature\nLe Jardin du Canal;Montpellier;34000;Eau\n';
	const before = await count();
	const { id } = await bring('claire', list);
	const pairs = await keep('claire')((context) => listToDecide(context, id));
	expect(pairs.map(({ listed, known }) => [listed.name, known.name])).toEqual([
		['Les Jardins du Cannal', 'Les Jardins du Canal'],
		['Le Jardin du Canal', 'Les Jardins du Canal']
	]);
	await keep('claire')((context) => decide(context, id, { n: 1, decision: 'same' }));
	await enter('claire', id);
	expect(await became('claire', id)).toEqual({ added: 0, known: 0, themes: 1, undecided: 1 });
	expect(await count()).toBe(before);
	const bruno = () =>
		db
			.selectFrom('organisations')
			.select(['name', 'themes', 'street'])
			.where('id', '=', world.structures.bruno)
			.executeTakeFirst();
	expect(await bruno()).toEqual({ name: 'Les Jardins du Canal', themes: ['Nature'], street: null });
	await expect(keep('yann')((context) => decide(context, id, { n: 2, decision: 'other' }))).rejects.toThrow(NotFound);
	await keep('claire')((context) => decide(context, id, { n: 2, decision: 'other' }));
	await expect(keep('claire')((context) => decide(context, id, { n: 2, decision: 'same' }))).rejects.toMatchObject({
		code: 'hubs.list-decided'
	});
	expect(await count()).toBe(before + 1);
	// What was decided is known when the list comes again.
	const again = await bring('claire', list);
	const state = await directory();
	await enter('claire', again.id);
	expect(await became('claire', again.id)).toEqual({ added: 0, known: 2, themes: 0, undecided: 0 });
	expect(await directory()).toBe(state);
});

test('cut in the middle, a list goes on where it stopped, and enters once', async () => {
	const before = await count();
	const names = Array.from({ length: 900 }, (_, i) => `Club ${newId().slice(-12)} ${i};48000`);
	const { id } = await bring('claire', `Nom;Code postal\n${names.join('\n')}\n`);
	await keep('claire')((context) => letIn(context, id));
	// Cut once in a batch, before it is committed; once between two batches.
	const cut = inTransaction(db, { actor: system, now: new Date(), mode: 'write' }, async (context) => {
		await takeNext(context, id);
		throw new Error('killed');
	});
	await expect(cut).rejects.toThrow('killed');
	expect(await count()).toBe(before);
	await work(() => true);
	expect((await count()) - before).toBe(250);
	await work();
	expect(await became('claire', id)).toMatchObject({ added: 900 });
	expect((await count()) - before).toBe(900);
	await work();
	expect((await count()) - before).toBe(900);
	expect(await allWhole()).toBe('whole');
});

test('two lists at once: the second waits, and finds what the first brought', async () => {
	const list = 'Nom;Code postal\nLes Voisins du Causse;48000\nHarmonie du Causse;48000\n';
	const first = await bring('claire', list);
	const second = await bring('yann', list);
	await keep('claire')((context) => letIn(context, first.id));
	await keep('yann', new Date(later.getTime() + 1000))((context) => letIn(context, second.id));
	await expect(keep('claire')((context) => letIn(context, first.id))).rejects.toMatchObject({ code: 'hubs.list-already-in' });
	expect((await keep('yann')((context) => findImport(context, second.id))).waits).toBe(true);
	await Promise.all([work(), work()]);
	await work();
	expect(await became('claire', first.id)).toMatchObject({ added: 2 });
	expect(await became('yann', second.id)).toMatchObject({ added: 0, known: 2 });
});

const long = (row: (i: number) => string) => `Nom;Code postal\n${Array.from({ length: 2600 }, (_, i) => row(i)).join('\n')}\n`;
const rowsOf = async (id: string) => (await keep('claire')((context) => findImport(context, id))).total;

test('the command that was cut while it read a list goes on with it: one list, whose sums add up', async () => {
	const text = `Annuaire\n${long((i) => (i % 50 === 7 ? '' : i === 9 ? ';48000' : `Atelier de reprise ${i % 2000};48000`))}`;
	const opened = await open(new TextEncoder().encode(text), 'reprise.csv');
	const about = { title: 'reprise.csv', name: 'reprise.csv', house: null };
	// Killed once it had begun: kept, its columns known, no line read.
	const { asSystem } = running();
	const begun = await asSystem(async (context) => {
		const kept = await keepList(context, opened, { ...about, kind: 'association' });
		expect(await readAsProposed(context, kept)).toEqual({ waits: true });
		return kept;
	});
	const last = (await Array.fromAsync(enterWhole(asSystem, opened, about))).at(-1)!;
	expect(last.is).toBe('over');
	const lists = await db.selectFrom('imports').select('id').where('fileName', '=', 'reprise.csv').execute();
	expect(lists).toEqual([{ id: begun }]);
	if (last.is !== 'over') return;
	const { became, understood } = last.list;
	const { again, above, empty } = otherLines(understood!);
	expect([above, empty, understood!.rejected]).toEqual([2, 52, 1]);
	expect(again).toBeGreaterThan(500);
	const sums = Object.values(became).reduce((sum, n) => sum + n, 0) + again + above + empty + understood!.rejected;
	expect(sums).toBe(understood!.lines);
});

test('a long list is read by a job, piece by piece; cut in the middle, it is read from its beginning', async () => {
	const list = long((i) => (i === 7 ? ';48000' : `Amicale de lecture numéro ${i};48${String(i % 900).padStart(3, '0')}`));
	const { id, waits } = await bring('claire', list);
	expect(waits).toBe(true);
	expect(await keep('claire')((context) => findImport(context, id))).toMatchObject({ readAt: null, understood: null, total: 0 });
	let pieces = 0;
	await readLists.run(running(() => pieces++ > 3));
	expect(await rowsOf(id)).toBeGreaterThan(0);
	expect(await rowsOf(id)).toBeLessThan(2599);
	await readLists.run(running());
	expect(await keep('claire')((context) => findImport(context, id))).toMatchObject({
		total: 2599,
		readAt: expect.any(Date),
		understood: { entries: 2599, rejected: 1 }
	});
	await keep('claire')((context) => giveUp(context, id));
});

test('a terminal and the job that find one long list: one reads it, the other leaves it, and no row is lost', async () => {
	const many = 3000;
	const text = `Nom;Code postal\n${Array.from({ length: many }, (_, n) => `Le Refuge numéro ${n} des longues listes;34000\n`).join('')}`;
	const { id, waits } = await bring('claire', text);
	expect(waits).toBe(true);
	const { asSystem } = running();
	let heard = 0;
	const others: Promise<unknown>[] = [];
	await readWaiting(
		id,
		asSystem,
		() => false,
		(part) => {
			if ('entries' in part && heard++ === 1) others.push(readLists.run({ ...running(), now: new Date() }));
		}
	);
	await Promise.all(others);
	const rows = await db.selectFrom('importRows').select('n').where('importId', '=', id).orderBy('n').execute();
	expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: many }, (_, n) => n + 1));
	const list = await keep('claire')((context) => findImport(context, id));
	expect(list).toMatchObject({ total: many, understood: { entries: many } });
	expect(list.readAt).not.toBeNull();
	// A reader that gives no sign any more has died: its list is taken up.
	await db.updateTable('imports').set({ readAt: null, reader: newId(), readerAt: new Date() }).where('id', '=', id).execute();
	await readLists.run({ ...running(), now: new Date() });
	expect((await keep('claire')((context) => findImport(context, id))).readAt).toBeNull();
	await db
		.updateTable('imports')
		.set({ readerAt: new Date(Date.now() - 3 * 60_000) })
		.where('id', '=', id)
		.execute();
	await readLists.run({ ...running(), now: new Date() });
	expect(await keep('claire')((context) => findImport(context, id))).toMatchObject({ total: many });
	await keep('claire')((context) => giveUp(context, id));
});

test('a long list that cannot be read says why, and can be forgotten; one that was given up is not read', async () => {
	const refused = await bring('claire', `Nom;Ville\n${'Le Club;Alès\n'.repeat(50_001)}`);
	const forgotten = await bring(
		'claire',
		long((i) => `Chorale populaire ${i};48000`)
	);
	await keep('claire')((context) => giveUp(context, forgotten.id));
	await readLists.run(running());
	expect(await keep('claire')((context) => findImport(context, refused.id))).toMatchObject({
		readAt: null,
		refusedCode: expect.stringMatching(/^organisations\.import-/)
	});
	await expect(keep('claire')((context) => letIn(context, refused.id))).rejects.toMatchObject({ code: 'hubs.list-not-read' });
	await keep('claire')((context) => giveUp(context, refused.id));
});

test('the same name with the same postcode or e-mail address is proposed, even where no commune is known', async () => {
	const first = await bring('claire', 'Nom;CP;Mail;Adresse\nLes Tisseurs d’Ombres;99999;tisseurs@example.org;1 rue haute\n');
	await enter('claire', first.id);
	const again = await keep(
		'claire',
		new Date(Date.now() + 2000)
	)((context) =>
		read(
			context,
			`Nom;CP;Mail;Adresse
Les Tisseurs d’Ombres;99999;;2 rue basse
Les Tisseurs d’ombres;;TISSEURS@example.org;
Les Tisseurs d’Ombres;98999;autres@example.org;3 rue neuve
`
		)
	);
	const fates = await keep('claire')((context) => listRows(context, again.id));
	expect(fates.map(({ expected }) => expected)).toEqual(['likely', 'likely', 'new']);
	await keep('claire')((context) => giveUp(context, again.id));
});

test('a column says the kind of each, the form that of the others; the preview says the commune that was found', async () => {
	const list = `Nom;Type;Code INSEE
École des Platanes;École primaire;34172
Bois & Cie;SARL;34172
Les Petits Pas;;34172
Le Roseau;Association loi 1901;34172
`;
	const { id } = await keep('claire')((context) => readIn(context, { ...pasted(list), kind: 'collective' }, 'Liste'));
	const rows = await keep('claire')((context) => listRows(context, id));
	expect(rows.map(({ kind }) => kind)).toEqual(['school', 'company', '', 'association']);
	expect(rows[0]!.place).toMatch(/^Montpellier/);
	await enter('claire', id);
	const kinds = await db
		.selectFrom('importRows as r')
		.innerJoin('organisations as o', 'o.id', 'r.organisationId')
		.select('o.kind')
		.where('r.importId', '=', id)
		.orderBy('r.n')
		.execute();
	expect(kinds.map(({ kind }) => kind)).toEqual(['school', 'company', 'collective', 'association']);
});

test('what a list says beside the name enters with the structure: telephone, publics, networks, how many', async () => {
	const list = `Nom;Sigle;Téléphone;Publics;Fédération;Nb bénévoles;Adresse
Les Pas Sages;LPS;467000001;Enfants|Familles;FFVL;12;3 rue des Pas, 34000 Montpellier
Le Chœur du Lez;${'Chœur '.repeat(8)};voir le site;;;;
`;
	const { id } = await bring('claire', list);
	expect((await keep('claire')((context) => listRows(context, id))).map(({ phone }) => phone)).toEqual(['04 67 00 00 01', '']);
	await enter('claire', id);
	const entered = await db
		.selectFrom('importRows as r')
		.innerJoin('organisations as o', 'o.id', 'r.organisationId')
		.select(['o.phone', 'o.audiences', 'o.networks', 'o.volunteers', 'o.employees', 'o.shortName', 'o.otherNames', 'o.street'])
		.select(['o.postcode', 'o.communeName', 'o.shows'])
		.where('r.importId', '=', id)
		.orderBy('r.n')
		.execute();
	expect(entered[0]).toMatchObject({
		phone: '04 67 00 00 01',
		audiences: ['Enfants', 'Familles'],
		networks: ['FFVL'],
		volunteers: 12,
		employees: null,
		shortName: 'LPS',
		street: '3 rue des Pas',
		postcode: '34000',
		communeName: 'Montpellier',
		// Strangers and files see no telephone before its own people say so.
		shows: []
	});
	expect(entered[1]).toMatchObject({ phone: null, shortName: null, otherNames: [`${'Chœur '.repeat(8).trim()}`] });
});

test('a town abroad is none of France, whatever its name, and says its country', async () => {
	const list = `Nom;CP;Ville;Pays;N° BCE
Le Chœur;;Liège;Belgique;
Il Coro;10121;Turin;Italia;
Le Cercle;;Le Liège;France;
De Schakel;;Lens;;0202.239.951
`;
	const { id } = await bring('claire', list);
	expect((await keep('claire')((context) => listRows(context, id))).map(({ place }) => place)).toEqual([
		'Liège',
		'Turin (Italie)',
		'Le Liège',
		'Lens'
	]);
	await enter('claire', id);
	const entered = await db
		.selectFrom('importRows as r')
		.innerJoin('organisations as o', 'o.id', 'r.organisationId')
		.select(['o.communeCode', 'o.communeName'])
		.where('r.importId', '=', id)
		.orderBy('r.n')
		.execute();
	expect(entered).toEqual([
		{ communeCode: null, communeName: 'Liège' },
		{ communeCode: null, communeName: 'Turin (Italie)' },
		{ communeCode: '37127', communeName: 'Le Liège' },
		{ communeCode: null, communeName: 'Lens' }
	]);
});

const unknown = 'Bidule;Truc;Chose\nLes Amis;du Lac;8,30E+13\n';
const brought = (context: Context, text: string) => bringList(context, pasted(text), 'Liste');

test('no column gives the name: it is refused in words and nothing is read; said, it is remembered for the house alone', async () => {
	await as('claire')(async (context) => {
		const { id, next } = await brought(context, unknown);
		expect(next).toBe('columns');
		await expect(readAsProposed(context, id)).rejects.toMatchObject({ code: 'organisations.import-no-names', field: 'field' });
		expect((await findImport(context, id)).unmatched).toBe(true);
		await expect(letIn(context, id)).rejects.toMatchObject({ code: 'hubs.list-not-read' });
		await expect(matchColumns(context, id, { field: ['name'], header: true })).rejects.toMatchObject({
			code: 'hubs.list-other-columns'
		});
		await matchColumns(context, id, { field: ['name', 'name', 'siret'], header: true });
		expect(await listRows(context, id)).toMatchObject([{ name: 'Les Amis du Lac', numbers: 0, unverified: ['8,30E+13'] }]);

		// The same headers elsewhere, on a first line that looks like any other.
		const moved = 'CHOSE;truc;bidule\nrien;du Port;Chorale\n';
		const again = await brought(context, moved);
		const known = await columnsAsBrought(context, again.id);
		expect(known).toMatchObject({
			byMemory: true,
			mapping: { header: true, fields: ['siret', 'name', 'name'], order: [2, 1, 0] }
		});
		await readAsProposed(context, again.id);
		expect(await listRows(context, again.id)).toMatchObject([{ name: 'Chorale du Port' }]);
		// Read before and not let in yet, it is read anew.
		await matchColumns(context, again.id, { field: [null, null, 'name'], header: true });
		expect(await listRows(context, again.id)).toMatchObject([{ name: 'Chorale' }]);

		// Another house knows nothing of it, and reaches nothing of it.
		const yann = seenBy(context, 'yann');
		const theirs = await brought(yann, moved);
		expect((await columnsAsBrought(yann, theirs.id)).byMemory).toBe(false);
		for (const act of [columnsAsBrought(yann, id), forgetColumns(yann, id), matchColumns(yann, id, { field: [], header: true })])
			await expect(act).rejects.toThrow(NotFound);

		await forgetColumns(context, again.id);
		expect((await columnsAsBrought(context, (await brought(context, moved)).id)).byMemory).toBe(false);
	});
});

test('ten thousand broken lines: counted by reason on the page, all of them in the table, and the sums add up', async () => {
	const { id } = await bring('claire', `Nom;Ville\n${';Sète\n'.repeat(9000)}${'Le Club;Sète;trop\n'.repeat(1000)}Les As;Sète\n`);
	await readLists.run(running());
	await keep('claire')(async (context) => {
		const { understood } = await findImport(context, id);
		expect(understood).toMatchObject({ rows: 1, rejected: 10_000, empty: 0, lines: 10_002 });
		const reasons = await listRejections(context, id);
		expect(reasons.map(({ code, count, lines }) => [code, count, lines.length])).toEqual([
			['organisations.import-no-name', 9000, 5],
			['organisations.import-row-too-long', 1000, 5]
		]);
		expect(await listRejectedLines(context, id)).toHaveLength(10_000);
		await giveUp(context, id);
	});
});

test('a workbook is read as its sheet: texts, numbers with all their figures, what formulas gave', async () => {
	const book = await xlsx({
		name: 'Annuaire',
		heads: ['Nom', 'Ville', 'SIRET', 'Objet'],
		rows: [
			['Les Amis & l’été', 'Sète', 77_567_227_200_017, '=1+1'],
			[null, 'Alès', null, null],
			['Le "Club"; suite', 'Agde', '8,30E+13', 'deux\nlignes']
		]
	});
	await as('claire')(async (context) => {
		const { id } = await readIn(context, { file: new File([new Uint8Array(book)], 'annuaire.xlsx'), text: null }, '');
		expect(await listRows(context, id)).toMatchObject([
			{ name: 'Les Amis & l’été', place: 'Sète', numbers: 1, purpose: '=1+1', lines: [2] },
			{ name: 'Le "Club"; suite', place: 'Agde', numbers: 0, unverified: ['8,30E+13'], purpose: 'deux lignes', lines: [4] }
		]);
		expect(await listRejections(context, id)).toMatchObject([{ code: 'organisations.import-no-name', lines: [{ line: 3 }] }]);
		const cut = new File([new Uint8Array(book.subarray(0, book.length - 200))], 'annuaire.xlsx');
		await expect(bringList(context, { file: cut, text: null }, '')).rejects.toMatchObject({
			code: 'organisations.import-workbook-broken'
		});
	});
});

test('a number that cannot be trusted stands beside the structure as it was written, and joins it to nothing', async () => {
	const { id } = await bring('claire', 'Nom;Ville;SIRET\nFanfare du Levant;Agde;8,30E+13\nCercle du Levant;Agde;8,30E+13\n');
	await enter('claire', id);
	expect(await became('claire', id)).toMatchObject({ added: 2 });
	const kept = await db.selectFrom('organisationUnverifiedNumbers').select(['kind', 'written', 'code']).execute();
	const said = { kind: 'siret', written: '8,30E+13', code: 'organisations.identifier-rounded' };
	expect(kept).toEqual([said, said]);
	const keys = await db.selectFrom('organisationKeys').select('key').where('key', 'like', '%e+13%').execute();
	expect(keys).toEqual([]);
});

test('at the terminal: a preview writes nothing; a list enters the house that is named, after those that were let in before', async () => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-list-'));
	const file = path.join(folder, 'annuaire.csv');
	fs.writeFileSync(file, 'Nom;Ville;SIRET\nLes Amis du Ponant;Agde;8,30E+13\n;Agde;\n');
	const importing = (...options: string[]) =>
		promisify(execFile)(process.execPath, ['scripts/import.ts', ...options], {
			env: { ...process.env, DATABASE_URL: url, ENSEMBLIER_DATA: folder }
		}).catch((problem: { code: number; stdout: string; stderr: string }) => problem);
	const run = (...options: string[]) => importing(file, ...options);
	const before = await count();
	const preview = await run('--apercu');
	expect(preview.stdout).toContain('Les Amis du Ponant · Agde');
	expect(preview.stdout).toContain('8,30E+13');
	expect(await count()).toBe(before);
	fs.writeFileSync(path.join(folder, 'numeros.csv'), 'Nom;Ville;RNA\nLes Amis du Ponant;Agde;W12\n');
	expect((await importing('--apercu', path.join(folder, 'numeros.csv'))).stdout).toMatch(
		/«\sW12\s».*«\sRNA\s».*Il manque 7 signes/
	);
	// No title gives the name: only somebody who looks can say what « 928 » is.
	fs.writeFileSync(
		path.join(folder, 'sans-titres.csv'),
		'928;2013-06-17;Subvention A;Exercice 2013\n929;2013-06-18;Subvention B;Exercice 2013\n'
	);
	const guessed = await importing(path.join(folder, 'sans-titres.csv'));
	expect(guessed).toMatchObject({ code: 1, stderr: expect.stringContaining(say(new Refused('hubs.terminal-guessed'))) });
	expect(guessed.stdout).toContain('Subvention A');
	expect(await count()).toBe(before);
	expect(await db.selectFrom('imports').select('id').where('title', '=', 'sans-titres.csv').execute()).toEqual([]);
	// Said there, and remembered for the next one.
	const strange = (name: string, town: string) =>
		fs.writeFileSync(path.join(folder, `${name}.csv`), `Bidule;Truc;Chose\n${town};Les Amis de ${name};x\n`);
	strange('Cuers', 'Cuers');
	const cuers = path.join(folder, 'Cuers.csv');
	expect(await importing(cuers, '--colonne', 'Machin=Nom')).toMatchObject({
		code: 1,
		stderr: expect.stringContaining('Bidule, Truc, Chose')
	});
	expect(await importing(cuers, '--colonne', 'truc=Moine')).toMatchObject({ code: 1, stderr: expect.stringContaining('Moine') });
	const said = await importing('--apercu', cuers, '--colonne', 'truc=nom', '--colonne', '1=Commune');
	expect(said.stdout).toContain('Les Amis de Cuers · Cuers');
	expect(await count()).toBe(before);
	await importing(cuers, '--colonne', 'truc=nom', '--colonne', '1=Commune');
	strange('Uzès', 'Uzès');
	expect((await importing('--apercu', path.join(folder, 'Uzès.csv'))).stdout).toContain('Les Amis de Uzès · Uzès');
	expect(await count()).toBe(before + 1);
	expect(await run('--maison', 'Personne')).toMatchObject({ code: 1, stderr: expect.stringContaining('Personne') });
	const waiting = await bring('claire', 'Nom;Ville\nLa Chorale du Ponant;Agde\n');
	await keep('claire')((context) => letIn(context, waiting.id));
	const { senderName } = await db
		.selectFrom('hubs')
		.select('senderName')
		.where('organisationId', '=', world.actors.claire.hubs[0]!)
		.executeTakeFirstOrThrow();
	const entered = await run('--maison', senderName);
	expect(entered.stdout).toContain('Une autre liste entre d’abord.');
	expect(await count()).toBe(before + 3);
	const [list] = (await keep('claire')((context) => listImports(context))).imports.filter(
		({ title }) => title === 'annuaire.csv'
	);
	expect(list).toMatchObject({ by: null, finishedAt: expect.any(Date), understood: { rows: 1, rejected: 1 } });
	fs.rmSync(folder, { recursive: true });
}, 150_000);

const shared = sharedFolder();
test.skipIf(!shared).each([
	['Montpellier', 'data/dev/associations/montpellier_2011_tiers.csv', 782],
	['Brussels', 'data/dev/belgique/bruxelles_subsides_2022_a.json', 337]
])(
	'the real list of %s enters whole, and the second time changes nothing',
	{ timeout: 60_000 },
	async (_, place, organisations) => {
		const content = readFileSync(path.join(shared!, place));
		const file = new File([content], path.basename(place));
		const before = await count();
		const first = await keep('agathe')((context) => readIn(context, { file, text: null }, ''));
		await expect(keep('agathe')((context) => letIn(context, first.id))).rejects.toMatchObject({ code: 'hubs.list-not-read' });
		await readLists.run(running());
		await enter('agathe', first.id);
		expect(await became('agathe', first.id)).toEqual({ added: organisations, known: 0, themes: 0, undecided: 0 });
		expect((await count()) - before).toBe(organisations);
		const state = await directory();
		const second = await keep('agathe')((context) => readIn(context, { file, text: null }, ''));
		await readLists.run(running());
		expect(await keep('agathe')(async (context) => (await findImport(context, second.id)).expected)).toEqual({
			new: 0,
			known: organisations,
			themes: 0,
			likely: 0
		});
		await enter('agathe', second.id);
		expect(await became('agathe', second.id)).toEqual({ added: 0, known: organisations, themes: 0, undecided: 0 });
		expect(await directory()).toBe(state);
		expect(await allWhole()).toBe('whole');
	}
);
