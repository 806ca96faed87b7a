import { expect, test } from 'vitest';
import { m } from '#words';
import { looksRight } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, db, world, pageOf } = await openWorld();

const fits = async (path: string, phone: boolean) => looksRight(await pageOf('nadia', { javaScript: true, phone }), path);

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
	await page.getByText(m.saved_keep_this()).click();
	await page.getByRole('button', { name: m.saved_keep() }).click();
	expect(await page.getByText(m.saved_name_missing()).count()).toBeGreaterThan(0);
	await page.getByLabel(m.saved_name()).fill('Les voisins');
	await page.getByRole('button', { name: m.saved_keep() }).click();
	expect(await page.getByRole('navigation', { name: m.saved_mine() }).locator('[aria-current]').textContent()).toContain(
		'Les voisins'
	);
	await fits(page.url(), true);
	await page.getByRole('link', { name: m.saved_arrange() }).click();
	await fits(page.url(), false);
	await page.getByText(m.saved_change({ name: 'Les voisins' })).click();
	await page.getByLabel(m.saved_new_name()).fill('La compagnie');
	await page.getByRole('button', { name: m.saved_rename() }).click();
	await page.getByRole('link', { name: 'La compagnie', exact: true }).click();
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
	await page.getByLabel(m.people_email()).first().fill('nadia@example.org');
	await page.getByRole('button', { name: m.people_enter_send() }).click();
	const { text } = await db
		.selectFrom('mails')
		.select('text')
		.where('kind', '=', 'entry')
		.orderBy('id', 'desc')
		.executeTakeFirstOrThrow();
	await page.goto(address + new URL(/http\S+\/entrer\/\S+/.exec(text)![0]).href.replace(/^https?:\/\/[^/]+/, ''));
	await page.getByRole('button', { name: m.people_enter() }).click();
	expect(new URL(page.url()).pathname).toBe('/compte/brouillons');
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
