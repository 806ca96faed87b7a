import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apart } from './apart.server.ts';

let folder = '';
const module = () => path.join(folder, 'work.mjs');

beforeAll(async () => {
	folder = await fs.mkdtemp(path.join(os.tmpdir(), 'apart-'));
	await fs.writeFile(
		module(),
		`export function* twice(n) { yield n; yield 2 * n; }
export function* endless() { for (;;); }
export function* broken() { throw new Error('secret'); }`
	);
});
afterAll(() => fs.rm(folder, { recursive: true }));

test('what is made apart comes part by part', async () => {
	expect(await Array.fromAsync(apart<number>(module(), 'twice', 4))).toEqual([4, 8]);
});

test('what never ends is refused; what breaks says where and not what', async () => {
	await expect(Array.fromAsync(apart(module(), 'endless', null, 1500))).rejects.toMatchObject({
		code: 'platform.apart-too-much'
	});
	await expect(Array.fromAsync(apart(module(), 'broken', null))).rejects.toThrow(/^(?!.*secret)/);
});
