import { expect, test } from 'vitest';
import { m } from '#words';
import { plusDays, today } from '#platform/clock.ts';
import { openWorld } from './world.ts';

const { address, world, pageOf } = await openWorld();
const here = address + world.cooperation.path;

test('what others did is read by anyone, and done again in one’s own words', { timeout: 240_000 }, async () => {
	const stranger = await pageOf(null);
	await stranger.goto(address);
	await stranger.getByRole('link', { name: m.library_menu() }).first().click();
	await stranger.getByRole('link', { name: 'De ses mains' }).click();
	expect(stranger.url()).toContain('theme=mains');
	expect(await stranger.getByRole('link', { name: 'Monter un spectacle' }).count()).toBe(0);
	await stranger.getByRole('link', { name: 'Cultiver un jardin' }).click();
	expect(await stranger.getByText(m.library_around_none()).count()).toBe(0);
	expect(await stranger.locator('main').getByRole('link', { name: m.library_enter() }).count()).toBe(1);
	expect((await stranger.request.get(`${address}/inspirer/rien`)).status()).toBe(404);

	const nadia = await pageOf('nadia');
	await nadia.goto(`${address}/inspirer/jardin`);
	await nadia.locator(`a[href="${world.cooperation.path}/faire-pareil/jardin"]`).click();
	const first = plusDays(today(new Date(), 'Europe/Paris'), 200);
	await nadia.locator('#jour').fill(first);
	await nadia.getByRole('button', { name: m.library_compute() }).click();
	expect(await nadia.locator('#day-graines').inputValue()).toBe(plusDays(first, -21));
	for (const box of await nadia.locator('input[name="keep"]').all())
		if (!['terrain', 'graines', 'recolte'].includes((await box.getAttribute('value'))!)) await box.uncheck({ force: true });
	await nadia.locator('#text-terrain').fill('');
	await nadia.locator('#text-graines').fill('Réunir graines et plants, avec l’école.');
	await nadia.getByRole('button', { name: m.library_take(), exact: true }).click();
	// What is wrong is said, what was typed and unticked is kept, and nothing is written.
	expect(await nadia.getByRole('alert').textContent()).toContain(m.lines_text_missing());
	expect(await nadia.locator('#text-graines').inputValue()).toContain('avec l’école');
	expect(await nadia.locator('input[name="keep"]:checked').count()).toBe(3);
	await nadia.locator('#text-terrain').fill('Le terrain derrière la gare.');
	await nadia.getByRole('button', { name: m.library_take(), exact: true }).click();
	expect(await nadia.getByRole('status').textContent()).toContain(m.library_taken({ n: 3 }));
	await nadia.goto(`${here}/definir`);
	expect(await nadia.getByText('Le terrain derrière la gare.').count()).toBe(1);

	const odile = await pageOf('odile', { phone: true });
	await odile.goto(`${here}/faire-pareil/jardin`);
	expect(await odile.locator('#text-graines').count()).toBe(0);
	expect(await odile.getByText(m.library_already_text({ n: 3 })).count()).toBe(1);
	await odile.goto(`${address}/inspirer/jardin`);
	expect(await odile.locator('#ici ~ ul a, section[aria-labelledby="ici"] a').count()).toBe(1);
	for (const name of ['bruno', 'claire', 'yann'] as const) {
		const other = await pageOf(name);
		expect((await other.request.get(`${here}/faire-pareil/jardin`)).status(), name).toBe(name === 'claire' ? 403 : 404);
	}
});

test('an idea begins a new cooperation', { timeout: 120_000 }, async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(`${address}/inspirer/jeux`);
	await nadia.getByRole('link', { name: m.library_do_it_new() }).click();
	expect(await nadia.locator('#what').inputValue()).toBe('Jouer ensemble');
	await nadia.locator('#withWhom').fill('Radio Sorbier');
	await nadia.getByRole('button', { name: m.cooperations_begin() }).click();
	expect(nadia.url()).toMatch(/\/faire-pareil\/jeux$/);
	await nadia.getByRole('button', { name: m.library_take(), exact: true }).click();
	expect(await nadia.getByRole('status').textContent()).toContain(m.library_taken({ n: 17 }).slice(3));
});
