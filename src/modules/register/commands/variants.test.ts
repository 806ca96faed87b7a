import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { formats, nationalRecords } from '../../../../bench/national.ts';
import { zipped } from '../../../../bench/zipped.ts';
import { testWorld } from '../../../../tests/world.ts';
import { bringRegister } from '../commands.server.ts';
import { cellsOf } from '../rules/rows.ts';
import { counts, type Counts } from './account.server.ts';
import { goOn } from './importing.server.ts';

// The national files as people meet them: saved again, put together, compressed, cut, with what the publisher added since.

const { db, url } = await testWorld();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-variants-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(() =>
	sql`truncate official_bodies, official_seats, official_links, official_seen, official_imports cascade`.execute(db)
);

async function read(name: string, content: string | Buffer): Promise<Counts> {
	const file = path.join(folder, name);
	fs.writeFileSync(file, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
	const context = { actor: { is: 'system', name: 'import' }, now: new Date(), mode: 'write' } as const;
	const id = await inTransaction(db, context, (writing) => bringRegister(writing, { file }));
	let last: Counts | null = null;
	for await (const progress of goOn({ url, id, dataFolder: folder })) if (progress.is === 'done') last = progress.counts;
	expect(counts.filter((one) => one !== 'read').reduce((sum, one) => sum + last![one], 0)).toBe(last!.read);
	return last!;
}
const refusal = async (name: string, content: string | Buffer): Promise<string> => {
	try {
		await read(name, content);
	} catch (problem) {
		if (problem instanceof Refused) return problem.code;
		throw problem;
	}
	return 'read';
};
const records = [...nationalRecords({ rows: 60, seed: 4 })];
const lines = (format: 'waldec' | 'import' | 'sirene' | 'seats') =>
	records
		.flatMap((one) => formats[format].line(one) ?? [])
		.map((line) =>
			line
				.replace(/\r?\n$/, '')
				.replaceAll('Œ', 'OE')
				.replaceAll('œ', 'oe')
		);
const table = (format: 'waldec' | 'import' | 'sirene' | 'seats', end = '\n') =>
	[formats[format].header, ...lines(format), ''].join(end);
const stored = async () =>
	(
		await sql<{ row: string }>`select (to_jsonb(b) - 'id' - 'changed_at' - 'import_id' - 'same_as')::text as row
			from official_bodies b order by source, key`.execute(db)
	).rows.map(({ row }) => row);

for (const format of ['waldec', 'import'] as const)
	test(`RNA ${format}: ordered and written otherwise, ended by separators, it says the same`, async () => {
		expect(await read('plain.csv', table(format))).toMatchObject({ read: 60, added: 60, rejected: 0 });
		const expected = await stored();
		const sign = formats[format].header.includes(';') ? ';' : ',';
		// Quotes around each cell, as a database writes them.
		const rows = table(format)
			.trimEnd()
			.split('\n')
			.map((line) => cellsOf(line, sign) as string[]);
		const width = rows[0]!.length;
		expect(rows.every((row) => row.length === width)).toBe(true);
		const quoted = (row: string[], by: string) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(by);
		const written = (change: (row: string[], at: number) => string) => `${rows.map(change).join('\n')}\n`;
		const variants: Record<string, string | Buffer> = {
			'commas.csv': written((row) => quoted(row, ',')),
			'tabs.txt': written((row) => quoted(row, '\t')),
			'bars.csv': written((row) => quoted(row, '|')),
			'backwards.csv': written((row) => quoted(row.toReversed(), ';')),
			'capitals.csv': written((row, at) => quoted(at ? row : row.map((cell) => cell.toUpperCase()), ';')),
			'more.csv': written((row, at) => quoted([...row, at ? 'x' : 'colonne_nouvelle'], ';')),
			'trailing.csv': written((row, at) => quoted(row, ';') + (at ? ';;' : '')),
			'spreadsheet.csv': `sep=;\n${written((row) => quoted(row, ';'))}`,
			'blank.csv': `\n  \n${written((row) => quoted(row, ';'))}\n\n`,
			'utf8.csv': Buffer.from(`\ufeff${written((row) => quoted(row, ';'))}`, 'utf8'),
			'old.csv': table(format, '\r'),
			'packed.csv.gz': gzipSync(Buffer.from(table(format), 'latin1'))
		};
		for (const [name, content] of Object.entries(variants)) {
			await sql`truncate official_bodies, official_imports cascade`.execute(db);
			expect(await read(name, content), name).toMatchObject({ read: 60, added: 60, rejected: 0 });
			expect(await stored(), name).toEqual(expected);
		}
	});

test('texts over several lines, quotes inside: said as they are', async () => {
	const [one, two, three] = lines('waldec').map((line) => cellsOf(line, ';') as string[]);
	const columns = formats.waldec.header.split(';').map((header) => header.replaceAll('"', ''));
	const put = (row: string[], column: string, said: string) =>
		row
			.with(columns.indexOf(column), said)
			.map((cell) => (cell !== said && cell.includes(';') ? `"${cell}"` : cell))
			.join(';');
	const text = [
		formats.waldec.header,
		put(one!, 'objet', '"soutenir ""la fanfare"" ;\nprêter des tambours\n\net des cors"'),
		put(two!, 'titre', '"LES "AMIS" DU LAC"'),
		put(three!, 'titre', 'L"AMICALE'),
		''
	].join('\n');
	expect(await read('quotes.csv', text)).toMatchObject({ read: 3, added: 3, rejected: 0 });
	const rows = (await stored()).map((row) => JSON.parse(row) as { name: string; purpose: string });
	expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['LES "AMIS" DU LAC', 'L"AMICALE']));
	expect(rows.some(({ purpose }) => purpose === 'soutenir "la fanfare" ; prêter des tambours et des cors')).toBe(true);
});

test('a file a department, in one archive: each is read by its own columns, a notice is passed over and named', async () => {
	const rows = lines('waldec');
	const { header } = formats.waldec;
	const other = (text: string) => text.replaceAll(';', '|');
	const zip = (files: Record<string, string>) =>
		Buffer.concat([...zipped(Object.entries(files).map(([name, text]) => [name, [Buffer.from(text, 'latin1')]]))]);
	const files = {
		'rna/01.csv': [header, ...rows.slice(0, 20)].join('\r\n'),
		'rna/02.csv': other([header, ...rows.slice(20, 40).filter((line) => !line.includes('"'))].join('\n')),
		'rna/03.csv': [header, ...rows.slice(40), 'W1;coupé'].join('\n')
	};
	const some = 40 + rows.slice(20, 40).filter((line) => !line.includes('"')).length;
	expect(await read('departments.zip', zip({ 'LISEZ-MOI.txt': 'Licence ouverte\n', ...files }))).toMatchObject({
		read: some + 1,
		added: some,
		rejected: 1
	});
	const { rows: said } = await sql<{ remarks: unknown }>`select remarks from official_imports`.execute(db);
	expect(said[0]!.remarks).toEqual([
		{ code: 'register.remark-passed-over', details: { names: 'LISEZ-MOI.txt' } },
		{ code: 'register.remark-cut', details: {} }
	]);
	await sql`truncate official_bodies, official_imports cascade`.execute(db);
	// Of two registers, none is read by half.
	expect(await refusal('both.zip', zip({ 'a.csv': table('waldec'), 'b.csv': table('import') }))).toBe('register.another-file');
	expect(await stored()).toEqual([]);
});

test('what is cut, is no text, or says the past is refused in words', async () => {
	const whole = gzipSync(Buffer.from(table('waldec').repeat(3), 'latin1'));
	expect(await refusal('cut.csv.gz', whole.subarray(0, whole.length - 200))).toBe('register.zip-broken');
	expect(
		await refusal('swollen.csv.gz', gzipSync(Buffer.concat([Buffer.from(table('waldec')), Buffer.alloc(210_000_000, ';')])))
	).toBe('register.zip-bomb');
	expect(await refusal('units.parquet', Buffer.from('PAR1\u0015\u0004\u0000\u0000siren\u0000'))).toBe('register.no-text');
	const past =
		'siren,dateFin,dateDebut,etatAdministratifUniteLegale,denominationUniteLegale,categorieJuridiqueUniteLegale\n130025265,2020-01-01,2019-01-01,A,NOM,9220\n';
	expect(await refusal('StockUniteLegaleHistorique.csv', past)).toBe('register.sirene-past');
	const seats =
		'siren,nic,siret,dateFin,dateDebut,etatAdministratifEtablissement\n130025265,00013,13002526500013,,2019-01-01,A\n';
	expect(await refusal('StockEtablissementHistorique.csv', seats)).toBe('register.sirene-past');
});

test('SIRENE: columns that came since, another order, other signs say the same', async () => {
	const turned = (format: 'sirene' | 'seats') =>
		table(format)
			.trimEnd()
			.split('\n')
			.map((line, at) => ['nouvelle', ...line.split(',').toReversed()].map((cell, i) => (i || !at ? cell : 'x')).join(';'))
			.join('\n');
	const units = await read('units.csv', table('sirene'));
	const seats = await read('seats.csv', table('seats'));
	const expected = await stored();
	await sql`truncate official_bodies, official_seats, official_imports cascade`.execute(db);
	expect(await read('units2.csv', turned('sirene'))).toEqual(units);
	expect(await read('seats2.csv', turned('seats'))).toEqual(seats);
	expect(await stored()).toEqual(expected);
});

test('a file of which next to nothing is read stops early: its rejected rows do not fill the disk', async () => {
	const lost = Buffer.from(`${formats.waldec.header}\n${'b;\n'.repeat(1_000_000)}`);
	expect(await refusal('lost.csv', lost)).toBe('register.hardly-read');
	const { rows } = await sql<{ read: string; rejected: string; bytes: string; code: string }>`
		select rows_read as read, rows_rejected as rejected, rejected_bytes as bytes, refused_code as code from official_imports`.execute(
		db
	);
	expect(rows[0]).toMatchObject({ read: rows[0]!.rejected, code: 'register.hardly-read' });
	expect(Number(rows[0]!.bytes)).toBeLessThan(40_000_000);
});
