import { expect, test } from 'vitest';
import { sayNeed } from '#modules/needs/commands.server.ts';
import { sayForm } from '#modules/needs/forms.ts';
import { chooseWhatShows, changeProfile, addOrganisation } from '#modules/organisations/commands.server.ts';
import { profileForm, registerForm } from '#modules/organisations/forms.ts';
import { allow, inTransaction } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { looksRight } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, db, world, pageOf } = await openWorld();

/** Odile's company says where it is, and shows itself to everyone. */
await inTransaction(db, { actor: world.actors.odile, now: new Date(), mode: 'write' }, async (context) => {
	const said = { name: 'Compagnie des Tréteaux', kind: 'association', commune: 'Saint-Nazaire 44', themes: 'théâtre' };
	await changeProfile(context, world.structures.odile, profileForm.parse({ ...said, email: 'contact@exemple.fr' }));
	await chooseWhatShows(context, world.structures.odile, { shows: ['public'] });
	const offer = { side: 'offer', kind: 'premises', text: 'Une salle de répétition le lundi.', public: 'on' };
	await sayNeed(context, sayForm.parse({ id: newId(), ...offer }));
});
/** Thirty more, so that the list has two pages. */
await inTransaction(db, { actor: { is: 'system', name: 'seeds' }, now: new Date(), mode: 'write' }, async (context) => {
	for (let i = 10; i < 40; i++)
		await addOrganisation(allow(context, true), context, registerForm.parse({ name: `Amicale ${i}`, commune: 'Nantes' }));
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

test('what is offered is chosen in a list, a town among the words is a place, pages go on and back, without JavaScript', async () => {
	const page = await pageOf('nadia', { javaScript: false });
	await page.goto(`${address}/structures`);
	await page.getByLabel(m.organisations_offers_is()).selectOption('premises');
	await page.getByRole('button', { name: m.organisations_apply() }).click();
	expect(await page.locator('article.result h3').allTextContents()).toEqual(['Compagnie des Tréteaux']);
	await page.getByRole('link', { name: 'Une salle de répétition le lundi.' }).waitFor();
	await page
		.getByRole('link', { name: new RegExp(m.organisations_facet_clear()) })
		.first()
		.click();
	expect(new URL(page.url()).search).toBe('');

	await page.goto(`${address}/structures?q=compagnie+st+nazaire`);
	await page.getByText(m.organisations_town_read({ town: 'à Saint-Nazaire' })).waitFor();
	await page.getByRole('link', { name: m.organisations_town_as_word() }).click();
	expect(await page.getByRole('link', { name: 'Compagnie des Tréteaux' }).count()).toBe(1);

	await page.goto(`${address}/structures`);
	const first = await page.locator('article.result h3').allTextContents();
	await page.getByRole('link', { name: m.ui_page_after() }).click();
	expect(await page.locator('article.result h3').allTextContents()).not.toContain(first[0]);
	await page.getByRole('link', { name: m.ui_page_before() }).click();
	expect(await page.locator('article.result h3').allTextContents()).toEqual(first);
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

	// what a member shared is what one comes back to
	await page.goto(`${address}/structures?q=amicale&lieu=44&registres=oui`);
	await page.getByRole('link', { name: m.organisations_directory_enter() }).first().click();
	expect(new URL(page.url()).searchParams.get('suite')).toBe('/structures?q=amicale&lieu=44&registres=oui');
});

test('a place and a theme written with a mistake lead where they should, and it is said, without JavaScript', async () => {
	const page = await pageOf('nadia', { javaScript: false });
	await page.goto(`${address}/structures?lieu=Saint-Nazere&theme=th%C3%A9atres`);
	await page.getByText(m.organisations_place_nearly({ place: 'Saint-Nazere' })).waitFor();
	await page.getByText(m.organisations_facet_instead({ said: 'théatres', words: 'théâtre' })).waitFor();
	expect(await page.locator('article.result h3').allTextContents()).toEqual(['Compagnie des Tréteaux']);
	await fits('nadia', '/structures?lieu=Saint-Nazere&theme=th%C3%A9atres');
});

test('the pages are right on a screen and on a phone', { timeout: 120_000 }, async () => {
	await fits('nadia', '/structures?lieu=44&vue=carte');
	await fits('nadia', '/structures?q=treteaux');
	await fits('nadia', '/territoires');
});
