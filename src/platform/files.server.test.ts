import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../tests/database.ts';
import { stranger } from './actor.ts';
import { allow, inTransaction } from './context.server.ts';
import { NotFound } from './errors.ts';
import { keepFile, largestFile, mediaTypeOf, readFile, sendFile, sweepFiles } from './files.server.ts';
import { say } from './say.ts';

const data = await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-files-'));
process.env.ENSEMBLIER_DATA = data;
afterAll(() => fs.rm(data, { recursive: true, force: true }));
const { db } = await testDatabase();

const now = new Date('2026-11-22T10:00:00Z');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const pdf = (text = 'x') => bytes(`%PDF-1.7\n${text}\n%%EOF\n`);
const png = bytes('\x89PNG\r\n\x1a\n…IEND\xaeB`\x82');
const jpeg = bytes('\xff\xd8\xff\xe0…\xff\xd9');
const keep = (content: Uint8Array, mediaType: string) =>
	inTransaction(db, { actor: stranger, now, mode: 'write' }, (context) =>
		keepFile(allow(context, true), now, content, { mediaType })
	);
const placeOf = (sha256: string) => path.join(data, 'files', sha256.slice(0, 2), sha256);

test('a file is named by what it holds, kept once, and read again as it was', async () => {
	const sha256 = await keep(pdf(), 'application/pdf');
	expect(sha256).toBe(createHash('sha256').update(pdf()).digest('hex'));
	expect(await keep(pdf(), 'application/pdf')).toBe(sha256);
	expect(Buffer.from(await readFile(sha256))).toEqual(Buffer.from(pdf()));
	expect(await db.selectFrom('files').selectAll().where('sha256', '=', sha256).execute()).toEqual([
		{ sha256, size: pdf().length, mediaType: 'application/pdf', keptAt: now }
	]);
	expect((await fs.readdir(path.join(data, 'files'))).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.each<[string, Uint8Array, string, string]>([
	['empty', bytes(''), 'application/pdf', 'files.empty'],
	['a page of the web named .pdf', bytes('<html><script>alert(1)</script>'), 'application/pdf', 'files.not-what-it-claims'],
	['a picture named .pdf', png, 'application/pdf', 'files.not-what-it-claims'],
	['a PDF cut on its way', bytes('%PDF-1.7\n1 0 obj'), 'application/pdf', 'files.not-what-it-claims'],
	['a picture cut on its way', png.subarray(0, 9), 'image/png', 'files.not-what-it-claims'],
	['a text', bytes('Bonjour'), 'text/plain', 'files.unknown-type'],
	['a program without a type', bytes('MZ\x90'), '', 'files.unknown-type'],
	['an SVG picture', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 'files.unknown-type'],
	['too heavy', new Uint8Array(largestFile + 1), 'application/pdf', 'files.too-heavy']
])('%s is refused in words', async (_, content, mediaType, code) => {
	const refused = await keep(content, mediaType).catch((problem: unknown) => problem);
	expect(refused).toMatchObject({ code, field: 'file' });
	expect(say(refused as never)).toMatch(/\.$/);
});

test('what a browser does not name, or names otherwise, is known by its bytes', async () => {
	expect([pdf(), png, jpeg].map(mediaTypeOf)).toEqual(['application/pdf', 'image/png', 'image/jpeg']);
	for (const [content, claimed] of [
		[jpeg, 'image/jpg'],
		[jpeg, ''],
		[png, 'application/octet-stream'],
		[png, 'IMAGE/PNG; x=y']
	] as const)
		expect(await keep(content, claimed)).toMatch(/^[0-9a-f]{64}$/);
});

test('a file that was changed on the disk is not handed out, and a name can’t leave the folder', async () => {
	const sha256 = await keep(pdf('before'), 'application/pdf');
	await fs.writeFile(placeOf(sha256), pdf('after'));
	await expect(readFile(sha256)).rejects.toThrow('changed');
	for (const name of ['../../etc/passwd', '', 'A'.repeat(64), `${sha256}/..`])
		await expect(readFile(name)).rejects.toThrow(NotFound);
});

test('a file is sent so that no browser takes it for a page, under any name', async () => {
	const sha256 = await keep(pdf('sent'), 'application/pdf');
	const answer = await sendFile(sha256, { mediaType: 'application/pdf', name: 'Été "1"\r\nx.pdf' });
	expect(answer.headers.get('content-type')).toBe('application/pdf');
	expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
	expect(answer.headers.get('content-disposition')).toBe(
		`inline; filename="Ete 1x.pdf"; filename*=UTF-8''%C3%89t%C3%A9%20%221%22%0D%0Ax.pdf`
	);
	expect((await answer.arrayBuffer()).byteLength).toBe(pdf('sent').length);
});

test('what a rollback leaves is swept after a day; what a row speaks of stays', async () => {
	const kept = await keep(pdf('kept'), 'application/pdf');
	let lost = '';
	await inTransaction(db, { actor: stranger, now, mode: 'write' }, async (context) => {
		lost = await keepFile(allow(context, true), now, pdf('lost'), { mediaType: 'application/pdf' });
		expect(await sweepFiles(db, new Date(Date.now() + 1e9)), 'somebody is keeping a file').toBe(0);
		throw new Error('rollback');
	}).catch(() => {});
	await fs.writeFile(path.join(data, 'files', 'ab12.part'), 'half');
	expect(await sweepFiles(db, new Date()), 'younger than a day').toBe(0);
	expect(await sweepFiles(db, new Date(Date.now() + 90_000_000))).toBe(2);
	await expect(fs.access(placeOf(lost))).rejects.toThrow('ENOENT');
	expect((await readFile(kept)).length).toBe(pdf('kept').length);
});
