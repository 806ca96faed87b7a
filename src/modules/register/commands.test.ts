import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { m } from '#words';
import { inTransaction } from '#platform/context.server.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import { formats, nationalRecords, writeNational, type Format } from '../../../bench/national.ts';
import { zipped } from '../../../bench/zipped.ts';
import { sharedFolder } from '../../../tests/shared.ts';
import { testWorld } from '../../../tests/world.ts';
import {
	bringCodes,
	bringReceived,
	bringRegister,
	goOnReading,
	receivedFolder,
	stopReading,
	sweepReceived
} from './commands.server.ts';
import { counts, type Counts } from './commands/account.server.ts';
import { goOn } from './commands/importing.server.ts';
import { findOfficial, findRejected, listRegisterImports, rejectedFile } from './queries.server.ts';
import { labelsOf } from './queries/labels.server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-register-'));
process.env.ENSEMBLIER_DATA = folder;
const { db, url, as, keep } = await testWorld();
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const system = { is: 'system', name: 'import' } as const;

async function bring(file: string, scope: { departments?: string; communes?: string } = {}): Promise<number> {
	return inTransaction(db, { actor: system, now: new Date(), mode: 'write' }, (context) =>
		bringRegister(context, { file, ...scope })
	);
}
async function finish(id: number): Promise<Counts> {
	let last: Counts | null = null;
	for await (const progress of goOn({ url, id, dataFolder: folder })) if (progress.is === 'done') last = progress.counts;
	return last!;
}
const read = async (file: string, scope = {}): Promise<Counts> => finish(await bring(file, scope));
const empty = () =>
	sql`truncate official_bodies, official_seats, official_links, official_seen, official_imports cascade`.execute(db);
const sums = (one: Counts) => counts.filter((name) => name !== 'read').reduce((sum, name) => sum + one[name], 0);
const place = (name: string, text: string | Buffer): string => {
	const file = path.join(folder, name);
	fs.writeFileSync(file, text);
	return file;
};
const national = async (name: string, format: Format, rows: number, seed = 1): Promise<string> => {
	const file = path.join(folder, name);
	await writeNational(file, format, { rows, seed });
	return file;
};
/** Everything that was stored, whatever the order and the hour in which it was. */
const stored = async () =>
	(
		await sql<{
			row: string;
		}>`select (to_jsonb(b) - 'id' - 'changed_at' - 'import_id' - 'same_as')::text as row from official_bodies b
			order by source, key`.execute(db)
	).rows.map(({ row }) => row);
const indexes = async () =>
	(
		await sql<{ name: string }>`select indexname as name from pg_indexes where tablename = 'official_bodies' order by 1`.execute(
			db
		)
	).rows;

test('a file enters once: the same again changes nothing, a newer one writes what changed and says who vanished', async () => {
	await empty();
	const before = await indexes();
	const file = await national('a.csv', 'waldec', 3000);
	expect(await read(file)).toMatchObject({ read: 3000, added: 3000, rejected: 0 });
	expect(await indexes()).toEqual(before);
	expect(await read(file)).toMatchObject({ read: 3000, added: 0, changed: 0, unchanged: 3000 });
	const lines = fs.readFileSync(file, 'latin1').split('\r\n');
	const newer = place(
		'newer.csv',
		Buffer.from(
			[lines[0], lines[1]!.replace(/;A;/, ';D;').replace(/;"?[A-Z][^;]*/, ';"NOUVEAU NOM"'), ...lines.slice(2, -3), ''].join(
				'\r\n'
			),
			'latin1'
		)
	);
	const result = await read(newer);
	expect(result).toMatchObject({ read: 2998, changed: 1, unchanged: 2997 });
	const { rows } = await sql<{ n: number }>`select count(*)::int as n from official_bodies where vanished_at is not null`.execute(
		db
	);
	expect(rows[0]!.n).toBeGreaterThan(0);
	expect(await read(file)).toMatchObject({ changed: 3 });
});

test(
	'killed at any moment, it goes on: what is stored is what an uninterrupted reading stores',
	{ timeout: 240_000 },
	async () => {
		await empty();
		const file = path.join(folder, 'long.zip');
		const records = [...nationalRecords({ rows: 60_000, seed: 3 })];
		const text = [formats.waldec.header, ...records.map((one) => formats.waldec.line(one)!)];
		for (let i = 50; i < 60_000; i += 500) text[i] = `${text[i]};une colonne de trop`;
		fs.writeFileSync(file, Buffer.concat([...zipped([['long.csv', [Buffer.from(text.join('\n'), 'latin1')]]])]));
		const uncut = await bring(file);
		const whole = await finish(uncut);
		expect(sums(whole)).toBe(whole.read);
		const expected = await stored();
		const rejected = fs.readFileSync(rejectedFile(folder, uncut), 'utf8').split('\n').slice(1);
		await empty();
		const id = await bring(file);
		const before = await indexes();
		let kills = 0;
		const state = async () =>
			(
				await sql<{
					rows: number;
					done: boolean;
				}>`select rows_read::int as rows, finished_at is not null as done from official_imports`.execute(db)
			).rows[0]!;
		for (let was = 0; kills < 3;) {
			const child = fork('scripts/import.ts', [file], {
				execArgv: [],
				stdio: 'ignore',
				env: { ...process.env, DATABASE_URL: url, ENSEMBLIER_DATA: folder }
			});
			const ended = once(child, 'exit');
			let now = await state();
			for (; now.rows === was && !now.done && child.exitCode === null; now = await state()) await sleep(5);
			await sleep(Math.random() * 60);
			child.kill('SIGKILL');
			const [, signal] = (await ended) as [number, string | null];
			if (signal === 'SIGKILL') kills++;
			else break;
			was = (await state()).rows;
		}
		expect(kills).toBeGreaterThan(1);
		const last = await finish(id);
		expect(await stored()).toEqual(expected);
		const { rows } = await sql<
			Record<string, number>
		>`select rows_read::int, rows_added::int, rows_rejected::int from official_imports where id = ${id}`.execute(db);
		expect(rows[0]).toEqual({ rowsRead: whole.read, rowsAdded: whole.added, rowsRejected: whole.rejected });
		expect(last === null || sums(last) === last.read).toBe(true);
		expect(fs.readFileSync(rejectedFile(folder, id), 'utf8').split('\n').slice(1)).toEqual(rejected);
		expect((await indexes()).length).toBeGreaterThanOrEqual(before.length);
	}
);

test('a number that comes twice in a file is kept once, as it came first, and the sums say so', async () => {
	await empty();
	const before = await indexes();
	const [first, second, third] = [...nationalRecords({ rows: 3, seed: 7 })];
	const lines = [first!, second!, { ...first!, name: 'AUTRE NOM' }, third!, second!, { ...first!, name: 'ENCORE' }];
	const result = await read(
		place(
			'twice.csv',
			Buffer.from([formats.waldec.header, ...lines.map((one) => formats.waldec.line(one)!)].join('\n'), 'latin1')
		)
	);
	expect(result).toMatchObject({ read: 6, added: 3, repeated: 3 });
	expect(await indexes()).toEqual(before);
	const names = async () => (await stored()).map((row) => (JSON.parse(row) as { name: string }).name);
	expect((await names()).toSorted()).toEqual([first!, second!, third!].map(({ name }) => name).toSorted());
	expect(await read(path.join(folder, 'twice.csv'))).toMatchObject({ read: 6, changed: 0, unchanged: 3, repeated: 3 });
});

test(
	'one that was cut and left has its indexes built by the next; taken up again, it loses and repeats nothing',
	{ timeout: 120_000 },
	async () => {
		await empty();
		const before = await indexes();
		const left = await bring(await national('left.csv', 'waldec', 45_000));
		const cut = goOn({ url, id: left, dataFolder: folder });
		await cut.next();
		await cut.return();
		const held = (await stored()).length;
		expect(held).toBeGreaterThan(0);
		expect(held).toBeLessThan(45_000);
		expect((await indexes()).length).toBeLessThan(before.length);
		expect(await read(await national('older.csv', 'import', 2000))).toMatchObject({ added: 2000 });
		expect(await indexes()).toEqual(before);
		const whole = await finish(left);
		expect(whole).toMatchObject({ read: 45_000, added: 45_000, repeated: 0 });
		expect(await stored()).toHaveLength(47_000);
	}
);

test('whatever stands in the cells, a row is stored or said', async () => {
	await empty();
	const signs = ['\t', '\u0000', '\\', '\\N', '\\.', '\u0007', ' ', 'é', '{', '"', "'"];
	const [record] = nationalRecords({ rows: 1, seed: 9 });
	const line = formats.waldec.line({ ...record!, siret: null, name: 'NOM' })!.split(';');
	const lines = signs.flatMap((sign, s) =>
		line.map((cell, at) => {
			const bare = cell.replaceAll('"', '');
			const said = at ? `${bare.slice(0, 2)}${sign}${bare.slice(2)}${sign}` : `W75${String(s).padStart(3, '0')}${'0001'}`;
			return line
				.map((other, i) =>
					i === at ? `"${said.replaceAll('"', '""')}"` : i ? other : `W751${String(s * 100 + at).padStart(6, '0')}`
				)
				.join(';');
		})
	);
	for (let again = 0; again < 2; again++) {
		const result = await read(place('signs.csv', Buffer.from([formats.waldec.header, ...lines].join('\n'), 'latin1')));
		expect(result.read).toBe(lines.length);
		expect(sums(result)).toBe(result.read);
		expect(result[again ? 'unchanged' : 'added']).toBeGreaterThan(lines.length - 30);
	}
});

test('ten thousand broken rows come back with line and reason; none is lost in silence', async () => {
	await empty();
	const good = [...nationalRecords({ rows: 3000, seed: 5 })].map((one) => formats.waldec.line(one)!);
	const broken = ['W123', '"guillemet ouvert;W12;', ';;;', 'x'.repeat(3000), '"a"b;c', '=HYPERLINK("http://x");1'];
	const text = good.flatMap((line, i) => [
		line,
		...Array.from({ length: i < 1000 ? 10 : 0 }, (_, n) => broken[(i + n) % broken.length]!)
	]);
	const file = place('broken.csv', Buffer.from([formats.waldec.header, ...text].join('\r\n'), 'latin1'));
	const id = await bring(file);
	const result = await finish(id);
	expect(result).toMatchObject({ added: 3000, rejected: 10_000, read: 13_000 });
	const lines = fs.readFileSync(rejectedFile(folder, id), 'utf8').trimEnd().split('\r\n');
	expect(lines).toHaveLength(10_001);
	for (const line of lines.slice(1)) expect(line).toMatch(/^\d+;"[^"]|^\d+;"/);
	expect(lines.some((line) => line.includes(';"\'=HYPERLINK'))).toBe(true);
});

test('every encoding is the same text: UTF-8, its mark, UTF-16, Windows, written twice over, mixed ends of lines', async () => {
	const [record] = nationalRecords({ rows: 1, seed: 1 });
	const line = formats.waldec.line({ ...record!, name: 'Théâtre « l’œuvre » à Noël', purpose: 'Été' })!;
	const text = `${formats.waldec.header}\r\n${line}\n`;
	const windows = Buffer.from([...text].map((sign) => ({ '’': 0x92, œ: 0x9c })[sign] ?? sign.codePointAt(0)!));
	const twice = Buffer.from(Buffer.from(text.replace('’', "'").replace('œ', 'oe'), 'utf8').toString('latin1'), 'utf8');
	const names: string[] = [];
	for (const bytes of [
		Buffer.from(text),
		Buffer.from(`\ufeff${text}`),
		Buffer.from(`\ufeff${text}`, 'utf16le'),
		Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
		windows,
		twice
	]) {
		await empty();
		await read(place('letters.csv', bytes));
		const { rows } = await sql<{ name: string }>`select name || ' / ' || purpose as name from official_bodies`.execute(db);
		names.push(rows[0]!.name);
	}
	expect(names.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'Théâtre « l’œuvre » à Noël / Été'));
	expect(names[5]).toBe("Théâtre « l'oeuvre » à Noël / Été");
});

test('a number that a spreadsheet rounded, or that fails its sum, is kept unverified and never used', async () => {
	await empty();
	const records = [...nationalRecords({ rows: 4, seed: 1 })];
	const numbers = ['8,30E+13', '83000000000000', '12345678901234', '  '];
	const lines = records.map((one, i) => formats.waldec.line({ ...one, siret: numbers[i]! })!);
	await read(place('numbers.csv', [formats.waldec.header, ...lines].join('\n')));
	const { rows } = await sql<{ siret: string | null; siren: string | null; unverified: { siret: string } | null }>`
		select siret, siren, unverified from official_bodies order by id`.execute(db);
	expect(rows.map(({ siret, siren }) => siret ?? siren)).toEqual([null, null, null, null]);
	expect(rows.map(({ unverified }) => unverified?.siret)).toEqual([...numbers.slice(0, 3), undefined]);
});

test('the report at the terminal says what the sums leave out: numbers that are not verified, a file that was cut', async () => {
	await empty();
	const records = [...nationalRecords({ rows: 3, seed: 1 })];
	const lines = records.map((one, i) => formats.waldec.line({ ...one, siret: ['8,30E+13', '12345678901234', ''][i]! })!);
	const file = place('said.csv', [formats.waldec.header, ...lines].join('\n').slice(0, -120));
	const child = fork('scripts/import.ts', [file], {
		execArgv: [],
		stdio: 'pipe',
		env: { ...process.env, DATABASE_URL: url, ENSEMBLIER_DATA: folder }
	});
	let said = '';
	child.stdout!.on('data', (piece) => (said += String(piece)));
	await once(child, 'close');
	expect(said).toMatch(new RegExp(`2  ${m.register_count_unverified()}`));
	expect(said).toMatch(new RegExp(`1  ${m.register_count_rejected()}`));
	expect(said).toContain(m.register_remark_cut());
});

test('a territory first: the other rows are counted, and nothing of them is held', async () => {
	await empty();
	const file = await national('scope.csv', 'waldec', 3000);
	const one = await read(file, { departments: '34' });
	expect(one.added).toBeGreaterThan(5);
	expect(one.added + one.elsewhere).toBe(3000);
	const all = await read(file);
	expect(all).toMatchObject({ added: one.elsewhere, unchanged: one.added });
	// What is held of other places is not touched by an older file of one.
	const older = place(
		'older.csv',
		Buffer.from(fs.readFileSync(file, 'latin1').replaceAll(/;"(?=[A-Z])/g, ';"ANCIEN '), 'latin1')
	);
	const before = await stored();
	const again = await read(older, { departments: '34' });
	expect(again).toMatchObject({ elsewhere: one.elsewhere, added: 0 });
	expect(again.changed + again.unchanged).toBe(one.added);
	const after = await stored();
	expect(after.filter((row, i) => row !== before[i]).length).toBe(again.changed);
	await expect(bring(file, { communes: '99999' })).rejects.toMatchObject({ code: 'register.commune-unknown' });
});

test('a file of one department says nothing of the others', async () => {
	await empty();
	const file = await national('country.csv', 'waldec', 2000);
	await read(file);
	const lines = fs.readFileSync(file, 'latin1').split('\r\n');
	const part = place(
		'part.csv',
		Buffer.from([lines[0], ...lines.filter((line) => line.startsWith('W59'))].join('\r\n'), 'latin1')
	);
	await read(part);
	const { rows } = await sql<{
		n: number;
		remarks: unknown[];
	}>`select (select count(*)::int from official_bodies where vanished_at is not null) as n,
		remarks from official_imports order by id desc limit 1`.execute(db);
	expect(rows[0]!.n).toBe(0);
	expect(rows[0]!.remarks).toMatchObject([{ code: 'register.remark-part' }]);
});

test('a file that stops at the end of a row is a part; a body whose row is broken is still listed; an older file is told', async () => {
	await empty();
	const file = await national('whole.csv', 'waldec', 4000);
	await read(file);
	const lines = fs.readFileSync(file, 'latin1').split('\r\n');
	const remarks = async () =>
		(
			await sql<{ n: number; remarks: { code: string; details: { n: number } }[] }>`select
				(select count(*)::int from official_bodies where vanished_at is not null) as n,
				remarks from official_imports order by id desc limit 1`.execute(db)
		).rows[0]!;
	const department = (line: string) => line.slice(1, 3);
	const largest = [...Map.groupBy(lines.slice(1, -1), department)].toSorted(([, a], [, b]) => b.length - a.length)[0]!;
	const [of, held] = [largest[0], largest[1].length];
	expect(held).toBeGreaterThan(100);
	let dropped = 0;
	const part = lines.filter((line) => department(line) !== of || ++dropped > held / 4);
	await read(place('stops.csv', Buffer.from(part.join('\r\n'), 'latin1')));
	expect((await remarks()).remarks.map(({ code }) => code)).toEqual(['register.remark-part']);

	await read(file);
	const broken = lines.map((line, i) => (i > 0 && i <= 12 ? `${line};une colonne de trop` : line));
	const result = await read(place('broken.csv', Buffer.from(broken.join('\r\n'), 'latin1')));
	expect(result).toMatchObject({ rejected: 12, unchanged: lines.length - 2 - 12 });
	expect(await remarks()).toEqual({ n: 0, remarks: [] });

	const earlier = lines.map((line) => line.replaceAll(/(?<=;"?)20(\d\d-\d\d-\d\d)/g, '19$1'));
	const said = await read(place('earlier.csv', Buffer.from(earlier.join('\r\n'), 'latin1')));
	expect((await remarks()).remarks).toEqual([{ code: 'register.remark-older', details: { n: said.changed } }]);
});

test('SIRENE: units and seats; the same body in two registers is shown once, and the link is kept', async () => {
	await empty();
	await read(await national('w.csv', 'waldec', 2000));
	const units = await read(await national('u.csv', 'sirene', 2000));
	expect(units.other).toBeGreaterThan(0);
	expect(sums(units)).toBe(units.read);
	const seats = await read(await national('s.csv', 'seats', 2000));
	expect(seats).toMatchObject({ added: units.added, elsewhere: units.other, rejected: 0 });
	const { rows } = await sql<{ placed: number; under: number; links: number }>`select
		(select count(*)::int from official_bodies where source = 'sirene' and commune_code is not null) as placed,
		(select count(*)::int from official_bodies where source = 'sirene' and same_as is not null) as under,
		(select count(*)::int from official_links where until is null) as links`.execute(db);
	expect(rows[0]!.placed).toBe(units.added);
	expect(rows[0]!.under).toBe(units.added);
	expect(rows[0]!.links).toBeGreaterThan(units.added);
	expect(await read(path.join(folder, 'u.csv'))).toMatchObject({ changed: 0, unchanged: units.added });
	expect(await read(path.join(folder, 's.csv'))).toMatchObject({ changed: 0, unchanged: units.added });
	await empty();
	await expect(read(path.join(folder, 'u.csv'), { departments: '34' })).rejects.toMatchObject({ code: 'register.seats-first' });
	await read(path.join(folder, 's.csv'), { departments: '34,59' });
	const scoped = await read(path.join(folder, 'u.csv'), { departments: '34,59' });
	expect(scoped.added).toBeGreaterThan(0);
	expect(sums(scoped)).toBe(scoped.read);
});

test('what is no register, cut or a bomb is refused in words', async () => {
	await empty();
	const refused = async (file: string) => {
		try {
			await read(file);
		} catch (problem) {
			if (problem instanceof Refused) return problem.code;
			throw problem;
		}
		return 'read';
	};
	expect(await refused(place('other.csv', 'nom;ville\nA;B\n'))).toBe('register.other-columns');
	expect(await refused(place('nothing.csv', ''))).toBe('register.file-empty');
	const text = Buffer.from(`${formats.waldec.header}\n${formats.waldec.line([...nationalRecords({ rows: 1 })][0]!)}\n`, 'latin1');
	const zip = Buffer.concat([...zipped([['a.csv', [text]]])]);
	expect(await refused(place('cut.zip', zip.subarray(0, zip.length - 30)))).toBe('register.zip-broken');
	expect(
		await refused(
			place('liar.zip', Buffer.concat([...zipped([['a.csv', [text, Buffer.alloc(5_000_000, 65)]]], { lie: text.length })]))
		)
	).toBe('register.zip-lies');
	expect(await refused(place('bomb.zip', Buffer.concat([...zipped([['a.csv', [text]]], { lie: 4_000_000_000 })])))).toBe(
		'register.zip-bomb'
	);
	expect(await refused(place('empty.zip', Buffer.concat([...zipped([['readme.md', [text]]])])))).toBe(
		'register.zip-without-text'
	);
	await expect(as('nadia')((context) => bringRegister(context, { file: path.join(folder, 'a.csv') }))).rejects.toBeInstanceOf(
		Forbidden
	);
});

test('two at once: the second waits for the first, and says so', async () => {
	await empty();
	const first = goOn({ url, id: await bring(await national('one.csv', 'waldec', 12_000)), dataFolder: folder });
	await first.next();
	const second = goOn({ url, id: await bring(await national('two.csv', 'import', 500)), dataFolder: folder });
	expect((await second.next()).value).toEqual({ is: 'waits' });
	const next = second.next();
	while (!(await first.next()).done);
	expect((await next).value).toMatchObject({ is: 'at work' });
	while (!(await second.next()).done);
});

test('a reading is stopped after its step and goes on; a file that came by a form goes once it was read', async () => {
	await empty();
	const part = path.join(folder, 'arrive.part');
	await writeNational(part, 'waldec', { rows: 50_000 });
	const { id } = await keep('agathe')(async (context) => ({
		id: await bringReceived(context, { fields: { communes: '' }, file: { path: part, name: '../rna <waldec>.csv' } })
	}));
	const reading = goOn({ url, id, dataFolder: folder });
	await reading.next();
	await keep('agathe')((context) => stopReading(context, { reading: id }));
	const said: string[] = [];
	for await (const progress of reading) said.push(progress.is);
	expect(said.at(-1)).toBe('stopped');
	const [stopped] = await as('agathe')((context) => listRegisterImports(context));
	expect(stopped).toMatchObject({ id, state: 'stopped', fileThere: true, fileName: 'rna -waldec-.csv' });
	expect(stopped!.rowsRead).toBeLessThan(50_000);
	await sweepReceived(db, new Date());
	await keep('agathe')((context) => goOnReading(context, { reading: id }));
	expect(await finish(id)).toMatchObject({ read: 50_000, added: 50_000 });
	await sweepReceived(db, new Date());
	expect(fs.readdirSync(receivedFolder())).toEqual([]);
	const over = { code: 'register.reading-over' };
	await expect(as('agathe')((context) => stopReading(context, { reading: id }))).rejects.toMatchObject(over);
	await expect(as('agathe')((context) => goOnReading(context, { reading: id }))).rejects.toMatchObject(over);
	for (const act of [stopReading, goOnReading])
		await expect(as('nadia')((context) => act(context, { reading: id }))).rejects.toBeInstanceOf(Forbidden);
	await expect(as('nadia')((context) => findRejected(context, String(id)))).rejects.toBeInstanceOf(NotFound);
	const none = { fields: {}, file: { path: place('none.part', 'a;b\n'), name: 'none.csv' } };
	await expect(as('agathe')((context) => bringReceived(context, none))).rejects.toMatchObject({ code: 'register.other-columns' });
	expect(fs.readdirSync(receivedFolder())).toEqual([]);
});

test('codes are words: from a table that an administrator brings, else from what the program knows', async () => {
	await empty();
	const [record] = nationalRecords({ rows: 1, seed: 1 });
	await read(place('one.csv', [formats.waldec.header, formats.waldec.line({ ...record!, objectCode: '011095' })!].join('\n')));
	const said = () =>
		as('nadia')(async (context) => labelsOf(context.db, await findOfficial(context, { source: 'rna-waldec', key: record!.rna })));
	expect(await said()).toEqual(
		expect.arrayContaining([
			['form', 'Association simplement déclarée'],
			['theme', 'Sports, activités de plein air']
		])
	);
	const file = new File(['code;libelle\n11095;pétanque\n'], 'objets.csv');
	await keep('agathe')((context) => bringCodes(context, { list: 'rna-object', file }));
	expect(await said()).toContainEqual(['theme', 'pétanque']);
	await expect(as('nadia')((context) => bringCodes(context, { list: 'rna-object', file }))).rejects.toBeInstanceOf(Forbidden);
	const nothing = new File(['Bonjour'], 'x.csv');
	await expect(as('agathe')((context) => bringCodes(context, { list: 'naf', file: nothing }))).rejects.toMatchObject({
		code: 'register.codes-none'
	});
	const activity = { source: 'sirene', activityCode: '93.12Z', legalForm: '9220', employeesClass: '02', employeesYear: 2023 };
	const unit = { ...activity, grouping: null, objectCode: null, secondObjectCode: null } as never;
	expect(await as('nadia')((context) => labelsOf(context.db, unit))).toEqual([
		['form', 'Association déclarée'],
		['activity', 'Activités de clubs de sports'],
		['staff', 'de 3 à 5 personnes salariées (2023)']
	]);
});

const samples = path.join(sharedFolder() ?? '', 'data/dev');
test.skipIf(!fs.existsSync(samples))(
	'real samples enter without a lost row (skipped when the folder of real files is absent)',
	async () => {
		for (const [file, read_] of [
			['rna/rna_sample_import.csv', 3],
			['rna/rna_sample_waldec.csv', 3],
			['rna/reencode_test.csv', 9],
			['sirene/StockUniteLegale_utf8_fixture.zip', 5]
		] as const) {
			await empty();
			expect(await read(path.join(samples, file)), file).toMatchObject({ read: read_, added: read_, rejected: 0 });
		}
	}
);
