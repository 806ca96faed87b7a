import { expect, test } from 'vitest';
import { chooseWhatShows, changeProfile } from '#modules/organisations/commands.server.ts';
import { profileForm } from '#modules/organisations/forms.ts';
import { inTransaction } from '#platform/context.server.ts';
import { m } from '#words';
import { looksRight } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, db, world, pageOf } = await openWorld();

/** Odile's company says where it is, and shows itself to everyone. */
await inTransaction(db, { actor: world.actors.odile, now: new Date(), mode: 'write' }, async (context) => {
	const said = { name: 'Compagnie des Tréteaux', kind: 'association', commune: 'Saint-Nazaire 44', themes: 'théâtre' };
	await changeProfile(context, world.structures.odile, profileForm.parse({ ...said, email: 'contact@exemple.fr' }));
	await chooseWhatShows(context, world.structures.odile, { shows: ['public'] });
});

async function fits(who: 'nadia' | null, path: string): Promise<void> {
	for (const phone of [false, true]) await looksRight(await pageOf(who, { javaScript: true, phone }), address + path);
}

test('from a place to a map, to a town, to a structure, without JavaScript', async () => {
	const page = await pageOf('nadia', { javaScript: false });
	await page.goto(`${address}/annuaire?q=treteau`);
	expect(new URL(page.url()).pathname).toBe('/structures');
	expect(await page.locator('mark').first().textContent()).toBe('Tréteaux');
	await page.getByLabel(m.organisations_where(), { exact: true }).first().fill('pornichet');
	await page.getByRole('button', { name: m.organisations_search_do() }).click();
	expect(await page.getByText(m.organisations_found_none()).count()).toBeGreaterThan(0);
	await page.getByLabel(m.organisations_distance()).selectOption('20');
	await page.getByRole('button', { name: m.organisations_apply() }).click();
	expect(await page.getByRole('link', { name: 'Compagnie des Tréteaux' }).count()).toBe(1);
	await page.getByRole('link', { name: m.organisations_view_map(), exact: true }).click();
	await page.getByRole('link', { name: /Saint-Nazaire \(Loire-Atlantique\) : 1 structure/ }).click();
	expect(new URL(page.url()).searchParams.get('lieu')).toBe('com-44184');
	await page.getByRole('link', { name: 'Compagnie des Tréteaux' }).click();
	expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Compagnie des Tréteaux');
});

test('somebody without an account reads those that chose it, and takes only them away', async () => {
	const page = await pageOf(null, { javaScript: false });
	await page.goto(`${address}/structures`);
	expect(await page.locator('article.result h3').allTextContents()).toEqual(['Compagnie des Tréteaux']);
	expect(await page.content()).not.toContain('contact@exemple.fr');
	const { data } = (await (await fetch(`${address}/structures/gogocarto.json`)).json()) as { data: { name: string }[] };
	expect(data.map(({ name }) => name)).toEqual(['Compagnie des Tréteaux']);
	const table = await (await fetch(`${address}/structures/structures.csv`)).text();
	expect(table.trimEnd().split('\r\n')).toHaveLength(2);
	await fits(null, '/structures');
});

test('the pages are right on a screen and on a phone', { timeout: 120_000 }, async () => {
	await fits('nadia', '/structures?lieu=44&vue=carte');
	await fits('nadia', '/structures?q=treteaux');
	await fits('nadia', '/territoires');
});
