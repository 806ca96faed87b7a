import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { m } from '#words';
import { openWorld } from './world.ts';

const { address, db, pageOf } = await openWorld();

const megabytes = (n: number) => 'a'.repeat(n * 2 ** 20);
const weight = m.platform_too_big_advice({ megabytes: 25 });

test('a list of thirty megabytes is refused on a page that helps, and nothing is written', { timeout: 300_000 }, async () => {
	const claire = await pageOf('claire');
	await claire.goto(`${address}/maison/listes`);
	// by its path: the browser reads it by itself
	const file = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-e2e-')), 'liste.csv');
	await fs.writeFile(file, megabytes(30));
	await claire.locator('input[type=file]').setInputFiles(file, { timeout: 90_000 });
	await claire.locator('main form button:not([name])').last().click();
	await claire.getByRole('heading', { level: 1, name: m.platform_too_big() }).waitFor({ timeout: 90_000 });
	expect(await claire.locator('main').textContent()).toContain(weight);
	const { imports } = await db
		.selectFrom('imports')
		.select(({ fn }) => fn.countAll<number>().as('imports'))
		.executeTakeFirstOrThrow();
	expect(imports).toBe(0);
	await fs.rm(path.dirname(file), { recursive: true });
	// the service goes on, for the same browser
	await claire.goto(`${address}/maison/listes`);
	expect(await claire.getByRole('heading', { level: 1, name: m.hubs_lists_title() }).count()).toBe(1);
});

test('what does not say its weight is counted as it comes', { timeout: 120_000 }, async () => {
	async function* pieces() {
		for (let n = 0; n < 30; n++) yield new TextEncoder().encode(megabytes(1));
	}
	const answer = await fetch(`${address}/entrer?/link`, {
		method: 'POST',
		headers: { origin: address, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
		body: pieces() as unknown as BodyInit,
		duplex: 'half'
	} as unknown as RequestInit);
	expect(answer.status).toBe(413);
	expect(await answer.text()).toContain(m.shell_too_big_title());
});

test('an agenda that is no more says what to do, to a person and to a calendar', async () => {
	const visitor = await pageOf(null);
	for (const token of ['x'.repeat(32), 'trop-court', encodeURIComponent('é ?')]) {
		const there = await visitor.goto(`${address}/agenda/${token}.ics`);
		expect(there?.status(), token).toBe(404);
		expect(await visitor.getByRole('heading', { level: 1, name: m.meetings_feed_unknown() }).count()).toBe(1);
		expect(await visitor.getByRole('link', { name: m.meetings_feed_unknown_way() }).getAttribute('href')).toBe('/compte/agendas');
	}
	const calendar = await fetch(`${address}/agenda/${'x'.repeat(32)}.ics`, { headers: { accept: 'text/calendar' } });
	expect([calendar.status, calendar.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
	expect(await calendar.text()).toContain(m.meetings_feed_unknown_advice());
});

test('an address with a sign of nothing in it is one of no page, not a fault of ours', async () => {
	const nadia = await pageOf('nadia');
	for (const at of ['/cooperations/%00', '/structures/x%00-abc'])
		expect((await nadia.goto(address + at))?.status(), at).toBe(404);
});
