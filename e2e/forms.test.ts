import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { m } from '#words';
import { plusDays, today } from '#platform/clock.ts';
import { word } from '#platform/say.ts';
import { looksRight } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, world, pageOf } = await openWorld();
const here = address + world.cooperation.path;

const fitsAPhone = async (path: string) => looksRight(await pageOf('nadia', { javaScript: true, phone: true }), path);

const answer = async (page: Page, answers: string[]) => {
	for (const one of answers) {
		await page.locator(`input[name="answer"][value="${one}"]`).check({ force: true });
		await page.getByRole('button', { name: m.cooperations_form_continue() }).click();
	}
};

test('what it is, where it comes from, where it stands: said, said again, and both stay', { timeout: 300_000 }, async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(`${here}/forme`);
	await nadia.getByRole('link', { name: m.cooperations_form_begin() }).click();
	await answer(
		nadia,
		Array.from({ length: 6 }, () => 'unknown')
	);
	expect(await nadia.getByRole('heading', { level: 2, name: m.cooperations_form_early() }).count()).toBe(1);
	await fitsAPhone(nadia.url());
	await nadia.getByRole('button', { name: m.cooperations_form_keep() }).click();
	await nadia.getByRole('link', { name: m.cooperations_form_again() }).click();
	await answer(nadia, ['action', 'associations', 'several', 'built', 'together', 'separate']);
	await nadia.getByRole('button', { name: m.cooperations_form_keep() }).click();
	const main = nadia.locator('main');
	expect(await main.textContent()).toContain('Une coopération');
	expect(await main.textContent()).toContain(m.cooperations_form_early());
	await fitsAPhone(`${here}/forme`);

	await nadia.goto(`${here}/origine`);
	await nadia.locator('input[name="mode"][value="event"]').check({ force: true });
	await nadia.getByRole('button', { name: m.cooperations_origin_tell_it() }).click();
	await nadia.locator('input[name="mode"][value="habit"]').check({ force: true });
	await nadia.getByRole('button', { name: m.cooperations_origin_tell_it() }).click();
	expect(await nadia.getByRole('alert').count()).toBe(1);
	await nadia.locator('#reason').fill('Nous travaillions déjà ensemble.');
	await nadia.getByRole('button', { name: m.cooperations_origin_tell_it() }).click();
	expect(await main.textContent()).toContain('Nous travaillions déjà ensemble.');
	await fitsAPhone(`${here}/origine`);

	await nadia.goto(`${here}/phases`);
	await nadia.locator('input[name="stage"][value="preparation"]').check({ force: true });
	await nadia.getByRole('button', { name: m.cooperations_stage_change_it() }).click();
	expect(await nadia.getByRole('status').textContent()).toContain(m.cooperations_stage_moved());
	expect(await main.textContent()).toContain(word('cooperations_stage_title_preparation'));
	await nadia.locator('#pause-reason').fill('La salle est en travaux.');
	await nadia.locator('#pause-until').fill(plusDays(today(new Date(), 'Europe/Paris'), 30));
	await nadia.getByRole('button', { name: m.cooperations_pause_it() }).click();
	await fitsAPhone(`${here}/phases`);
	await nadia.getByRole('button', { name: m.cooperations_resume() }).click();
	expect(await nadia.getByRole('status').textContent()).toContain(m.cooperations_resumed());
	await fitsAPhone(here);
	await fitsAPhone(`${address}/inspirer`);
	await fitsAPhone(`${here}/faire-pareil/theatre`);
});
