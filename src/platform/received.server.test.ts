import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { receive } from './received.server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-received-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A form as a browser writes it, by pieces of some size. */
async function written(form: FormData, size: number) {
	const request = new Request('http://localhost', { method: 'POST', body: form });
	const bytes = Buffer.from(await request.arrayBuffer());
	const pieces = (async function* () {
		for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
	})();
	return { pieces, bytes, type: request.headers.get('content-type')! };
}

test('whatever the pieces in which it comes, a form and its file are what was sent', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 200 }),
			fc.uint8Array({ maxLength: 3000 }),
			fc.string(),
			async (size, bytes, text) => {
				const form = new FormData();
				form.append('departments', text);
				const tricky = Buffer.concat([bytes, Buffer.from('\r\n--'), bytes, Buffer.from('\r\n')]);
				form.append('file', new File([tricky], 'rna.zip'));
				form.append('after', 'é');
				const { pieces, type } = await written(form, size);
				const { fields, file } = await receive(pieces, { type, folder, most: 1e9 });
				expect(fields.departments).toBe(text.replace(/\r\n?|\n/g, '\r\n').toWellFormed());
				expect(fields.after).toBe('é');
				expect(file).toMatchObject({ name: 'rna.zip', size: tricky.length });
				expect(fs.readFileSync(file!.path).equals(tricky)).toBe(true);
				fs.rmSync(file!.path);
			}
		),
		{ numRuns: 60 }
	);
});

test('too large, cut, or no form at all: refused, and nothing stays on the disk', async () => {
	const form = new FormData();
	form.append('file', new File([randomBytes(50_000)], '../../etc/passwd'));
	const whole = await written(form, 1000);
	await expect(receive(whole.pieces, { type: whole.type, folder, most: 10_000 })).rejects.toMatchObject({
		code: 'platform.file-too-large'
	});
	const cut = [whole.bytes.subarray(0, 30_000)];
	const pieces = async function* () {
		yield* cut;
	};
	await expect(receive(pieces(), { type: whole.type, folder, most: 1e9 })).rejects.toMatchObject({ code: 'platform.form-cut' });
	await expect(receive(pieces(), { type: 'text/plain', folder, most: 1e9 })).rejects.toMatchObject({
		code: 'platform.form-unread'
	});
	for (const [fields, length] of [
		[60, 1],
		[1, 200_000]
	] as const) {
		const large = new FormData();
		for (let i = 0; i < fields; i++) large.append(`f${i}`, 'a'.repeat(length));
		large.append('file', new File(['a'], 'a.csv'));
		const sent = await written(large, 5000);
		await expect(receive(sent.pieces, { type: sent.type, folder, most: 1e9 })).rejects.toMatchObject({
			code: 'platform.form-unread'
		});
	}
	expect(fs.readdirSync(folder)).toEqual([]);
	const again = await written(form, 1000);
	const { file } = await receive(again.pieces, { type: again.type, folder, most: 1e9 });
	expect(file!.name).toBe('passwd');
	expect(path.dirname(file!.path)).toBe(folder);
	fs.rmSync(file!.path);
});

test('no file chosen is no file', async () => {
	const part = (head: string, text: string) => `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
	const pieces = async function* () {
		yield Buffer.from(`${part('name="communes"', '34172')}${part('name="file"; filename=""', '')}--b--\r\n`);
	};
	expect(await receive(pieces(), { type: 'multipart/form-data; boundary=b', folder, most: 1e9 })).toEqual({
		fields: { communes: '34172' },
		file: null
	});
});
