import { expect, test } from 'vitest';
import { m } from '#words';
import { violations } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, world, pageOf } = await openWorld();

test('Claire opens her portfolio, filters it and advises; Nadia answers in one click, without JavaScript', async () => {
	const claire = await pageOf('claire', { javaScript: false });
	await claire.goto(`${address}/maison`);
	await claire.getByRole('link', { name: m.accompaniment_portfolio_see() }).click();
	expect(await claire.locator('h1').textContent()).toContain('Une coopération');
	expect(await claire.locator('.pipe').getByRole('link', { name: 'Avril enchanté' }).count()).toBe(1);
	await claire.getByRole('link', { name: m.accompaniment_portfolio_view_en_pause() }).click();
	expect(new URL(claire.url()).search).toBe('?voir=en-pause');
	expect(await claire.getByText(m.accompaniment_portfolio_view_empty()).count()).toBe(1);
	await claire.getByRole('link', { name: m.accompaniment_portfolio_view_sans_reunion() }).click();
	const table = await claire.request.get(`${address}/maison/portefeuille/tableau.csv${new URL(claire.url()).search}`);
	expect(await table.text()).toContain('Avril enchanté;');
	await claire.getByText(m.saved_keep_this()).click();
	await claire.getByLabel(m.saved_name()).fill('À appeler le lundi');
	await claire.getByRole('button', { name: m.saved_keep() }).click();
	expect(new URL(claire.url()).search).toBe('?voir=sans-reunion');
	expect(await claire.getByRole('link', { name: /^À appeler le lundi\s+1$/ }).getAttribute('aria-current')).toBe('page');

	await claire.goto(`${address}${world.cooperation.path}/accompagnement?conseil=governance#conseiller`);
	await claire.getByRole('link', { name: `${m.accompaniment_advice_take()}, 3` }).click();
	await claire.getByRole('button', { name: m.accompaniment_advice_send() }).click();
	expect(await claire.getByText(m.accompaniment_advice_unread()).count()).toBe(2);

	const nadia = await pageOf('nadia', { javaScript: false, phone: true });
	await nadia.goto(address);
	expect(await nadia.getByText('Confiez l’animation de la prochaine réunion').count()).toBe(1);
	await nadia.getByRole('button', { name: m.accompaniment_advice_doing() }).click();
	expect(await nadia.getByText(m.accompaniment_advice_noted()).count()).toBe(1);
	expect(await nadia.getByRole('button', { name: m.accompaniment_advice_doing() }).count()).toBe(0);

	await claire.goto(`${address}/maison/portefeuille?voir=conseils`);
	// Odile's has not read it yet.
	await claire.getByRole('link', { name: /^Un conseil non lu/ }).click();
	expect(await claire.locator('.advice').textContent()).toContain(m.accompaniment_advice_doing());

	const odile = await pageOf('odile', { javaScript: false });
	await odile.goto(`${address}${world.cooperation.path}/accompagnement`);
	await odile.getByText(m.accompaniment_advice_declined_why()).click();
	await odile.getByLabel(m.accompaniment_advice_why()).fill('Nous jouons en mars.');
	await odile.getByRole('button', { name: m.accompaniment_advice_say_declined() }).click();
	expect(await odile.getByText('Nous jouons en mars.').count()).toBe(1);
	await claire.goto(`${address}/maison/portefeuille?voir=conseils`);
	expect(await claire.getByText(m.accompaniment_portfolio_view_empty()).count()).toBe(1);
});

test('the portfolio, its month and the advice pass axe, and no one else opens them', async () => {
	const claire = await pageOf('claire', { javaScript: true });
	for (const path of [
		'/maison/portefeuille',
		'/maison/portefeuille/mois',
		`${world.cooperation.path}/accompagnement?conseil=modesty`
	]) {
		await claire.goto(address + path);
		expect(await violations(claire), path).toEqual([]);
	}
	const nadia = await pageOf('nadia');
	expect((await nadia.goto(`${address}/maison/portefeuille`))?.status()).toBe(404);
	// Nor the file, by its address: in plain words too.
	expect((await nadia.goto(`${address}/maison/portefeuille/tableau.csv?voir=toutes`))?.status()).toBe(404);
	expect(await nadia.locator('h1').textContent()).toBe(m.shell_not_found().replace(/\.$/, ''));
});
