import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { importTerritories } from '#modules/territories/commands.server.ts';
import { belgianRecords, belgianTables, belgianTowns, writeBelgium } from '../../../../bench/belgium.ts';
import { zipped } from '../../../../bench/zipped.ts';
import { sharedFolder } from '../../../../tests/shared.ts';
import { testWorld } from '../../../../tests/world.ts';
import { bringRegister } from '../commands.server.ts';
import { counts, type Counts } from './account.server.ts';
import { goOn } from './importing.server.ts';
import { rejectedFile } from '../queries.server.ts';
import { belgianNumber, kindOfBelgianForm } from '../rules/bce.ts';

const { db, url, as, keep } = await testWorld();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-bce-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(() =>
	sql`truncate official_bodies, official_establishments, official_codes, official_parts, official_links, official_seen,
		official_imports cascade`.execute(db)
);
const system = { is: 'system', name: 'import' } as const;
const bring = (file: string, scope: { communes?: string } = {}): Promise<number> =>
	inTransaction(db, { actor: system, now: new Date(), mode: 'write' }, (context) => bringRegister(context, { file, ...scope }));
async function finish(id: number): Promise<Counts> {
	let last: Counts | null = null;
	for await (const progress of goOn({ url, id, dataFolder: folder })) if (progress.is === 'done') last = progress.counts;
	return last!;
}
const read = async (file: string, scope = {}): Promise<Counts> => finish(await bring(file, scope));
const sums = (one: Counts) => counts.filter((name) => name !== 'read').reduce((sum, name) => sum + one[name], 0);
const zip = async (name: string, options: Parameters<typeof writeBelgium>[1]): Promise<string> => {
	const file = path.join(folder, name);
	await writeBelgium(file, options);
	return file;
};
const stored = async () =>
	(
		await sql<{ row: string }>`select (to_jsonb(b) - 'id' - 'changed_at' - 'import_id')::text || coalesce((
			select string_agg(e.number || e.started_on, ',' order by e.number) from official_establishments e where e.key = b.key), '') as row
			from official_bodies b order by key`.execute(db)
	).rows.map(({ row }) => row);
const all = (rows: number, seed = 1) => [...belgianRecords({ rows, seed })];
const rowsIn = (rows: number) =>
	belgianTables({ rows }).reduce(
		(sum, [, pieces]) =>
			sum +
			Buffer.concat([...pieces])
				.toString()
				.split('\n').length -
			2,
		0
	);

test('the tables of a full file are joined: associations and foundations, with their names, places and labels', async () => {
	const file = await zip('full.zip', { rows: 4000 });
	const result = await read(file);
	const bodies = all(4000).filter(({ form }) => form === '017' || form === '125' || form === '026' || form === '029');
	expect(result).toMatchObject({ added: bodies.length, rejected: 0, changed: 0, repeated: 0, read: rowsIn(4000) });
	expect(sums(result)).toBe(result.read);
	const wanted = bodies.find(({ names, establishments }) => names.length > 2 && establishments.length > 1)!;
	const { rows } = await sql<Record<string, unknown>>`select source, name, legal_form, kind, commune_name, postcode,
		created_on::text, activity_code, active from official_bodies where key = ${wanted.number}`.execute(db);
	expect(rows[0]).toMatchObject({
		source: 'bce',
		name: wanted.names[0]![2],
		legalForm: wanted.form,
		kind: wanted.form!.startsWith('02') ? 'foundation' : 'association',
		communeName: wanted.town.fr,
		postcode: wanted.town.postcode,
		createdOn: wanted.started.split('-').toReversed().join('-'),
		activityCode: `2025:${wanted.activity}`,
		active: true
	});
	const { rows: places } = await sql<{
		number: string;
	}>`select number from official_establishments where key = ${wanted.number} order by 1`.execute(db);
	expect(places.map(({ number }) => number)).toEqual(wanted.establishments.toSorted());
	const { rows: labels } = await sql<{
		label: string;
	}>`select label from official_codes where list = 'bce-form' and code = '017'`.execute(db);
	expect(labels).toEqual([{ label: 'Association sans but lucratif' }]);
	expect((await sql<{ n: number }>`select count(*)::int as n from official_parts`.execute(db)).rows[0]!.n).toBe(0);
});

test('a newer file writes what changed and says who is no longer listed; the same again changes nothing', async () => {
	await read(await zip('a.zip', { rows: 2000 }));
	const before = await stored();
	expect(await read(path.join(folder, 'a.zip'))).toMatchObject({ added: 0, changed: 0, unchanged: before.length });
	expect(await stored()).toEqual(before);
	const [gone, renamed, moved] = all(2000).filter(({ form }) => form === '017');
	const newer = await zip('b.zip', {
		rows: 2000,
		change: (one) => {
			if (one.number === gone!.number) return null;
			if (one.number === renamed!.number) return { ...one, names: [['1', '001', 'Un autre nom']] };
			return one.number === moved!.number ? { ...one, establishments: [...one.establishments, '2999999964'] } : one;
		}
	});
	expect(await read(newer)).toMatchObject({ added: 0, changed: 2, unchanged: before.length - 3 });
	const { rows } = await sql<{
		key: string;
		vanished: boolean;
		name: string;
	}>`select key, name, vanished_at is not null as vanished
		from official_bodies where key in (${gone!.number}, ${renamed!.number})`.execute(db);
	expect(rows.find(({ key }) => key === gone!.number)!.vanished).toBe(true);
	expect(rows.find(({ key }) => key === renamed!.number)!.name).toBe('Un autre nom');
});

test('the tables side by side are the same as the zip; any of them stands for all', async () => {
	await read(await zip('zip.zip', { rows: 1200 }));
	const expected = await stored();
	await sql`truncate official_bodies cascade`.execute(db);
	const unzipped = path.join(folder, 'tables');
	await writeBelgium(unzipped, { rows: 1200 });
	fs.writeFileSync(path.join(unzipped, 'notes.txt'), 'rien');
	await read(path.join(unzipped, 'denomination.csv'));
	expect(await stored()).toEqual(expected);
});

test('killed at any moment, while it lays or while it joins, it goes on to the same end', { timeout: 240_000 }, async () => {
	const file = await zip('long.zip', { rows: 30_000 });
	const whole = await read(file);
	const expected = await stored();
	await sql`truncate official_bodies, official_establishments, official_imports cascade`.execute(db);
	const id = await bring(file);
	const state = async () =>
		(
			await sql<{
				rows: string;
				done: boolean;
			}>`select rows_read || coalesce(joined_until, '') as rows, finished_at is not null as done
				from official_imports where id = ${id}`.execute(db)
		).rows[0]!;
	let kills = 0;
	for (let was = '0'; kills < 4;) {
		const child = fork('scripts/import.ts', [file], {
			execArgv: [],
			stdio: 'ignore',
			env: { ...process.env, DATABASE_URL: url, ENSEMBLIER_DATA: folder }
		});
		const ended = once(child, 'exit');
		let now = await state();
		for (; now.rows === was && !now.done && child.exitCode === null; now = await state()) await sleep(5);
		await sleep(Math.random() * 40);
		child.kill('SIGKILL');
		const [, signal] = (await ended) as [number, string | null];
		if (signal !== 'SIGKILL') break;
		kills++;
		was = (await state()).rows;
	}
	expect(kills).toBeGreaterThan(1);
	await finish(id);
	expect(await stored()).toEqual(expected);
	const { rows } = await sql<Record<string, number>>`select rows_read::int, rows_added::int, rows_joined::int, rows_other::int
		from official_imports where id = ${id}`.execute(db);
	expect(rows[0]).toEqual({ rowsRead: whole.read, rowsAdded: whole.added, rowsJoined: whole.joined, rowsOther: whole.other });
});

test('broken rows come back with their file, line and reason; numbers that fail their sum are never used', async () => {
	const tables = belgianTables({ rows: 400 }).map(([name, pieces]): [string, Iterable<Buffer>] => {
		const text = Buffer.concat([...pieces]).toString();
		const broken = Array.from({ length: 2500 }, (_, i) => ['"0200.065.766","x"', '"8,30E+13"', '"ouvert', '=1+1'][i % 4]).join(
			'\n'
		);
		const wrong = '"8,30E+13","AC","000","2","017","","01-01-2000"\n"0200.065.766","AC","000","2","017","","01-01-2000"\n';
		if (name === 'enterprise.csv') return [name, [Buffer.from(`${text}${wrong}${broken}\n`)]];
		return [
			name,
			[Buffer.from(name === 'denomination.csv' ? `${text}${broken}\n"0200065766","1","001","=cmd|' /C calc'!A0"\n` : text)]
		];
	});
	const file = path.join(folder, 'broken.zip');
	fs.writeFileSync(file, Buffer.concat([...zipped(tables)]));
	const id = await bring(file);
	const result = await finish(id);
	expect(sums(result)).toBe(result.read);
	expect(result).toMatchObject({ added: 100, rejected: 5003 });
	const lines = fs.readFileSync(rejectedFile(folder, id), 'utf8').trimEnd().split('\r\n');
	expect(lines).toHaveLength(5004);
	expect(lines.filter((line) => line.endsWith(';"enterprise.csv"'))).toHaveLength(2502);
	expect(lines.some((line) => line.includes('8,30E+13'))).toBe(true);
	for (const line of lines.slice(1)) for (const cell of line.split(';"').slice(1)) expect(cell).not.toMatch(/^[=+@-]/);
	expect((await stored()).some((row) => row.includes('0200065766'))).toBe(false);
});

test('what lacks a table, says only changes, is cut or swells is refused in words', async () => {
	const refused = async (name: string, tables: Iterable<[string, Iterable<Buffer>]>, lie: number | null = null) => {
		const file = path.join(folder, name);
		fs.writeFileSync(file, Buffer.concat([...zipped(tables, { lie })]));
		try {
			await read(file);
		} catch (problem) {
			if (problem instanceof Refused) return problem.code;
			throw problem;
		}
		return 'read';
	};
	const tables = () => belgianTables({ rows: 40 });
	expect(
		await refused(
			'lacks.zip',
			tables().filter(([name]) => name !== 'denomination.csv')
		)
	).toBe('register.bce-tables-missing');
	expect(
		await refused('update.zip', [...tables(), ['address_delete.csv', [Buffer.from('"EntityNumber"\n"0200.065.765"\n')]]])
	).toBe('register.bce-update');
	const twice = tables().find(([name]) => name === 'enterprise.csv')!;
	expect(await refused('twice.zip', [...tables(), ['enterprise-2.csv', twice[1]]])).toBe('register.bce-table-twice');
	expect(await refused('bomb.zip', tables(), 4_000_000_000)).toBe('register.zip-bomb');
	const whole = Buffer.concat([...zipped(tables())]);
	fs.writeFileSync(path.join(folder, 'cut.zip'), whole.subarray(0, whole.length - 40));
	await expect(read(path.join(folder, 'cut.zip'))).rejects.toMatchObject({ code: 'register.zip-broken' });
});

test('a table cut in the middle of a row marks nobody as gone', async () => {
	const file = await zip('entire.zip', { rows: 400 });
	await read(file);
	const tables = belgianTables({ rows: 400 }).map(([name, pieces]): [string, Iterable<Buffer>] => {
		const text = Buffer.concat([...pieces]);
		return [name, [name === 'enterprise.csv' ? text.subarray(0, text.length - 30) : text]];
	});
	fs.writeFileSync(path.join(folder, 'half.zip'), Buffer.concat([...zipped(tables)]));
	await read(path.join(folder, 'half.zip'));
	const { rows } = await sql<{
		n: number;
		remarks: unknown;
	}>`select (select count(*)::int from official_bodies where vanished_at is not null) as n,
		remarks from official_imports order by id desc limit 1`.execute(db);
	expect(rows[0]).toMatchObject({ n: 0, remarks: [{ code: 'register.remark-cut' }] });
});

test('some postcodes first; communes that an administrator brought are found by postcode and name', async () => {
	await keep('agathe')((context) =>
		importTerritories(context, { kind: 'foreign_commune', file: new File([belgianTowns()], 'communes.csv') })
	);
	const file = await zip('scope.zip', { rows: 2000 });
	const some = await read(file, { communes: '4000, 4020' });
	const liege = all(2000).filter(({ form, town }) => form && /^(017|125|026|029)$/.test(form) && town.nis === '62063');
	expect(some.added).toBe(liege.length);
	expect(sums(some)).toBe(some.read);
	const { rows } = await sql<{ code: string }>`select distinct commune_code as code from official_bodies`.execute(db);
	expect(rows).toEqual([{ code: 'ext-62063' }]);
	const rest = await read(file);
	expect(rest).toMatchObject({ added: some.elsewhere, unchanged: some.added });
	await expect(as('nadia')((context) => bringRegister(context, { file }))).rejects.toThrow();
});

test('numbers and forms', () => {
	expect(belgianNumber('0200.065.765')).toBe('0200065765');
	expect(belgianNumber('0200.065.766')).toBeNull();
	expect(belgianNumber('8,30E+13')).toBeNull();
	expect([...new Set(['017', '125', '026', '014', '999'].map((form) => kindOfBelgianForm(form, undefined)))]).toEqual([
		'association',
		'foundation',
		null
	]);
	expect(kindOfBelgianForm('999', 'Association internationale sans but lucratif')).toBe('association');
	expect(kindOfBelgianForm('070', 'Association des copropriétaires')).toBeNull();
});

const samples = path.join(sharedFolder() ?? '', 'data/dev/belgique');
test.skipIf(!fs.existsSync(samples))('real numbers of Brussels pass (skipped when the folder of real files is absent)', () => {
	for (const name of fs.readdirSync(samples).filter((one) => one.endsWith('.json'))) {
		const rows = JSON.parse(fs.readFileSync(path.join(samples, name), 'utf8')) as Record<string, string>[];
		const numbers = rows.map((row) => Object.values(row)[0]!).filter(Boolean);
		expect(numbers.filter((number) => belgianNumber(number)).length).toBeGreaterThan(numbers.length * 0.95);
	}
});
