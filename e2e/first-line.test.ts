import { expect, test } from 'vitest';
import { m } from '#words';
import { startProduct } from './product.ts';
import { openWorld } from './world.ts';

const { address, visitor, pageOf } = await openWorld();

test('from an empty instance to a first structure, with nothing but the printed link', async () => {
	const empty = await startProduct();
	const link = /(http\S+\/entrer\/\S+)/.exec(empty.said())?.[1];
	expect(link, empty.said()).toBeTruthy();
	const page = await visitor();
	await page.goto(link!);
	await page.getByLabel(m.people_name()).fill('Alex Duval');
	await page.getByLabel(m.people_email()).fill('alex@example.org');
	await page.getByRole('button', { name: m.people_enter() }).click();
	await page.getByRole('link', { name: m.organisations_register_title() }).first().click();
	await page.getByLabel(m.organisations_name()).fill('Les Amis du Canal');
	await page.getByRole('button', { name: m.organisations_register() }).click();
	expect(await page.getByRole('status').textContent()).toContain('Les Amis du Canal');
	const another = await visitor();
	await another.goto(link!);
	expect(await another.getByRole('heading', { level: 1 }).textContent()).toBe(m.people_link_used_title());
});

test('three answers make a cooperation; a line is read by its partners, and by nobody else', async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(`${address}/cooperations/nouvelle`);
	await nadia.getByLabel(m.cooperations_what()).fill('Un jardin partagé rue Piat.');
	await nadia.getByLabel(m.cooperations_with_whom()).fill('Compagnie des Tréteaux');
	await nadia.getByRole('button', { name: m.cooperations_begin(), exact: true }).click();
	await nadia.goto(`${address}/`);
	await nadia.getByRole('link', { name: 'Un jardin partagé rue Piat' }).first().click();
	const workspace = nadia.url();

	const odile = await pageOf('odile', { phone: true });
	await odile.goto(`${address}/`);
	await odile.getByRole('link', { name: m.cooperations_slip_answer() }).first().click();
	await odile.getByRole('button', { name: m.cooperations_accept() }).click();

	await nadia.goto(workspace);
	await nadia.getByLabel(m.lines_text()).first().fill('Le terrain est libre jusqu’en juin.');
	await nadia.getByLabel(m.lines_kind(), { exact: true }).first().selectOption('information');
	await nadia.getByRole('button', { name: m.lines_write() }).first().click();

	await odile.goto(workspace);
	expect(await odile.getByText('Le terrain est libre jusqu’en juin.').count()).toBeGreaterThan(0);
	for (const name of ['samir', 'claire', 'agathe'] as const) {
		const other = await pageOf(name);
		const answer = await other.goto(workspace);
		expect(answer?.status(), name).toBe(404);
		expect(await other.getByText('Le terrain est libre').count()).toBe(0);
	}
	const stranger = await pageOf(null);
	await stranger.goto(workspace);
	expect(new URL(stranger.url()).pathname).toBe('/entrer');
});

test('a refused form keeps what was typed and says what to do', async () => {
	const page = await pageOf('nadia');
	await page.goto(`${address}/cooperations/nouvelle`);
	await page.getByLabel(m.cooperations_what()).fill('Une fanfare de quartier');
	await page.getByRole('button', { name: m.cooperations_begin(), exact: true }).click();
	expect(await page.getByRole('alert').textContent()).toContain(m.cooperations_with_whom_missing());
	expect(await page.getByLabel(m.cooperations_what()).inputValue()).toBe('Une fanfare de quartier');
});
