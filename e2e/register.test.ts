import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { m } from '#words';
import { formats, nationalRecords } from '../bench/national.ts';
import { looksRight } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, databaseUrl, pageOf } = await openWorld();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-e2e-register-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const screen = `${address}/administration/repertoire`;
const records = [...nationalRecords({ rows: 1500, departments: ['34', '30'] })];
const place = (name: string, lines: string[]): string => {
	const file = path.join(folder, name);
	fs.writeFileSync(file, Buffer.from([formats.waldec.header, ...lines].join('\r\n'), 'latin1'));
	return file;
};
const lines = records.map((one) => formats.waldec.line(one)!);

async function send(page: Page, file: string, departments = ''): Promise<void> {
	await page.goto(screen);
	await page.locator('#envoi-departements').fill(departments);
	await page.getByLabel(m.register_send_file()).setInputFiles(file);
	await page.getByRole('button', { name: m.register_send_do() }).click();
}
/** Reloads, as somebody does who waits, until a reading says so. */
async function until(page: Page, n: number, state: string): Promise<string> {
	for (let tries = 0; tries < 240; tries++) {
		await page.goto(screen);
		const text = await page.locator(`#lecture-${n}`).innerText();
		if (text.includes(state)) return text;
		await sleep(250);
	}
	throw new Error(`the reading never was: ${state}`);
}

test('a file is sent, however heavy, read, and its rejected rows taken, without JavaScript', { timeout: 180_000 }, async () => {
	const page = await pageOf('agathe', { javaScript: false });
	// One line that weighs more than any form may, and rows that nobody can read.
	const heavy = place('rna_waldec.csv', [...lines, 'x'.repeat(27_000_000), '=HYPERLINK("http://x");1', 'W12']);
	await send(page, heavy, '34');
	expect(new URL(page.url()).pathname).toBe('/administration/repertoire');
	expect(await page.getByText(m.register_brought()).count()).toBe(1);
	const text = await until(page, 1, m.register_state_of_done());
	expect(text).toContain(m.register_count_added());
	const here = records.filter(({ department }) => department === '34');
	expect(text.replace(/\s/g, '')).toContain(`${m.register_count_added()}${here.length}`.replace(/\s/g, ''));
	const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
	const answer = await fetch(`${screen}/lectures/1/rejets.csv`, { headers: { cookie: cookies } });
	const rejected = (await answer.text()).trimEnd().split('\r\n');
	expect(rejected).toHaveLength(4);
	expect(rejected.some((row) => row.includes(`"'=HYPERLINK`) && row.endsWith('"rna_waldec.csv"'))).toBe(true);
	expect(await page.getByRole('link', { name: m.register_rejected_take({ n: 3 }) }).count()).toBe(1);
	const one = here.find(({ dissolved }) => !dissolved)!;
	await page.goto(`${address}/repertoire/rna-waldec/${one.rna}`);
	expect(await page.getByText('Association simplement déclarée').count()).toBe(1);
});

test(
	'the gazette is sent the same way; a dissolution and an announcement are told on the pages of records',
	{
		timeout: 120_000
	},
	async () => {
		const page = await pageOf('agathe', { javaScript: false });
		const [living, over] = records.filter(({ department, dissolved }) => department === '34' && !dissolved);
		const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
		const file = path.join(folder, 'jo_associations.csv.gz');
		const rows = [
			`joafe;Modification;${day(40)};${living!.rna};A`,
			`joafe;Dissolution;${day(30)};${over!.rna};B`,
			'joafe;Création;hier;;C'
		];
		fs.writeFileSync(file, gzipSync(['source;typeavis;dateparution;numero_rna;titre', ...rows].join('\n')));
		await send(page, file);
		const text = await until(page, 2, m.register_state_of_done());
		expect(text).toContain(m.register_file_gazette());
		expect(await page.getByRole('link', { name: m.register_rejected_take({ n: 1 }) }).count()).toBe(1);
		await page.goto(`${address}/repertoire/rna-waldec/${living!.rna}`);
		const announced = page.getByText(m.identity_sign_announced_changed({ when: '' }).replace(/ \.$/, ''));
		expect(await announced.count()).toBe(1);
		await page.goto(`${address}/repertoire/rna-waldec/${over!.rna}`);
		// Under its name, and among its signs of life.
		expect(await page.getByText(m.identity_dissolved(), { exact: true }).count()).toBe(2);
		expect(await page.getByText(m.register_state_active(), { exact: true }).count()).toBe(0);
	}
);

test('what is no register, or a wrong department, is said in words; what was typed is kept', { timeout: 120_000 }, async () => {
	const page = await pageOf('agathe', { javaScript: false });
	const other = path.join(folder, 'autre.csv');
	fs.writeFileSync(other, 'a;b\n1;2\n');
	await send(page, other, '34');
	expect(await page.locator('main').innerText()).toContain(m.register_other_columns({ name: 'autre.csv', columns: 'a, b' }));
	expect(await page.locator('#envoi-departements').inputValue()).toBe('34');
	await send(page, place('bon.csv', lines.slice(0, 10)), '99');
	expect(await page.locator('main').innerText()).toContain(m.register_department_unknown({ code: '99' }));
	await page.goto(screen);
	expect(await page.locator('section[id^=lecture-]').count()).toBe(2);
	const nadia = await pageOf('nadia', { javaScript: false });
	expect((await nadia.goto(screen))!.status()).toBe(403);
});

test('a second reading waits for the first and says so; it is stopped and taken up again', { timeout: 120_000 }, async () => {
	const page = await pageOf('agathe', { javaScript: false });
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	try {
		await client.query(`select pg_advisory_lock(hashtext('ensemblier official register'))`);
		await send(page, place('second.csv', lines.slice(0, 500)));
		await until(page, 3, m.register_state_of_waits());
		await page.getByRole('link', { name: m.register_follow() }).click();
		expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(1);
		await page.getByRole('link', { name: m.register_unfollow() }).click();
		expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0);
		await page.getByRole('button', { name: m.register_stop({ n: 3 }) }).click();
		await until(page, 3, m.register_state_of_stopped());
		await page.getByRole('button', { name: m.register_go_on({ n: 3 }) }).click();
		expect(await page.getByText(m.register_going_on()).count()).toBe(1);
	} finally {
		await client.end();
	}
	await until(page, 3, m.register_state_of_done());
});

test('the pages are right on a screen and on a phone', { timeout: 120_000 }, async () => {
	for (const phone of [false, true]) {
		const page = await pageOf('agathe', { javaScript: true, phone });
		await looksRight(page, screen);
		await looksRight(page, `${address}/repertoire/rna-waldec/${records.find(({ department }) => department === '34')!.rna}`);
	}
});
