import { expect, test } from 'vitest';
import { m } from '#words';
import { openWorld } from './world.ts';

const { address, db, world, pageOf } = await openWorld();

test('a structure is found in spite of a mistake of the fingers', async () => {
	const page = await pageOf('nadia', { javaScript: false });
	await page.goto(`${address}/`);
	await page.getByRole('link', { name: m.search(), exact: true }).click();
	await page.getByLabel(m.search_label()).fill('conpagnie treteaux');
	await page.getByRole('button', { name: m.search() }).click();
	expect(await page.getByRole('link', { name: 'Compagnie des Tréteaux' }).count()).toBeGreaterThan(0);
	expect(await page.locator('mark').first().textContent()).toBe('Compagnie');
	await page.getByRole('link', { name: 'Compagnie Tréteaux', exact: true }).click();
	expect(new URL(page.url()).searchParams.get('q')).toBe('Compagnie Tréteaux');
});

test('a line that was being written when the session ended waits for the one who wrote it', async () => {
	const page = await pageOf('nadia', { javaScript: false });
	await page.goto(`${address}${world.cooperation.path}`);
	await page.getByLabel(m.lines_text()).first().fill('La salle est libre jusqu’en juin.');
	await db
		.updateTable('sessions')
		.set({ expiresAt: new Date(Date.now() - 1000) })
		.execute();
	await page.getByRole('button', { name: m.lines_write() }).first().click();
	expect(new URL(page.url()).pathname).toBe('/entrer');
	expect(await page.getByRole('status').textContent()).toContain(m.forms_waits_for_you());
	await db
		.updateTable('sessions')
		.set({ expiresAt: new Date(Date.now() + 3_600_000) })
		.execute();
	await page.goto(`${address}/compte/brouillons`);
	await page.getByText('La salle est libre jusqu’en juin.').waitFor();
	await page.getByRole('button', { name: m.drafts_resume() }).click();
	expect(await page.getByText(m.forms_resumed()).count()).toBe(1);
	expect(await page.getByLabel(m.lines_text()).first().inputValue()).toBe('La salle est libre jusqu’en juin.');
	await page.getByLabel(m.lines_kind(), { exact: true }).first().selectOption('information');
	await page.getByRole('button', { name: m.lines_write() }).first().click();
	expect(await page.getByText('La salle est libre jusqu’en juin.').count()).toBeGreaterThan(0);
	await page.goto(`${address}/compte/brouillons`);
	expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(m.drafts_none());
});
