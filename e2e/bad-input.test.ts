import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { m } from '#words';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { openCheckIn } from '#modules/evaluations/check-ins/commands.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { plusDays, today } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';
import { word } from '#platform/say.ts';
import { at } from '../seeds/world.ts';
import { openWorld } from './world.ts';

// What goes wrong only between two pages: pages that were opened before another wrote, links that went astray, addresses made up.

const { address, db, world, pageOf } = await openWorld();
const here = address + world.cooperation.path;
const as = at(db, new Date());
const day = today(new Date(), 'Europe/Paris');
await db
	.updateTable('cooperations')
	.set({ begunAt: new Date(Date.now() - 60 * 86_400_000) })
	.where('id', '=', world.cooperation.id)
	.execute();

const alertOf = (page: Page) => page.getByRole('alert').first().textContent();
const statusOf = (page: Page) => page.getByRole('status').first().textContent();
const mark = (page: Page, key: string, value: string) =>
	page.locator(`[name="mark-${key}"][value="${value}"]`).check({ force: true });

/** A field of dates takes what its browser lets through; another browser lets everything through. */
async function typeDay(page: Page, id: string, text: string): Promise<void> {
	await page.locator(id).evaluate((field: HTMLInputElement) => {
		field.type = 'text';
	});
	await page.locator(id).fill(text);
}

async function linkOfOdile(): Promise<string> {
	const { path } = await db
		.selectFrom('notices')
		.select('path')
		.where('personId', '=', world.actors.odile.id)
		.where('kind', '=', 'point')
		.orderBy('id', 'desc')
		.executeTakeFirstOrThrow();
	return address + path;
}

test(
	'two people qualify at once, and change the stage at once: nothing is lost, the second is told',
	{ timeout: 300_000 },
	async () => {
		const [nadia, odile] = [await pageOf('nadia'), await pageOf('odile')];
		const answers = {
			nadia: ['action', 'associations', 'several', 'built', 'together', 'separate'],
			odile: Array(6).fill('unknown')
		};
		for (const [page, name] of [
			[nadia, 'nadia'],
			[odile, 'odile']
		] as const) {
			await page.goto(`${here}/forme`);
			await page.getByRole('link', { name: m.cooperations_form_begin() }).click();
			for (const one of answers[name]) {
				await page.locator(`input[name="answer"][value="${one}"]`).check({ force: true });
				await page.getByRole('button', { name: m.cooperations_form_continue() }).click();
			}
		}
		await nadia.getByRole('button', { name: m.cooperations_form_keep() }).click();
		await odile.getByRole('button', { name: m.cooperations_form_keep() }).click();
		expect(await statusOf(odile)).toContain(m.cooperations_form_meanwhile());
		expect(await odile.locator('main').textContent()).toContain('Une coopération');

		for (const page of [nadia, odile]) await page.goto(`${here}/phases`);
		await nadia.locator('input[name="stage"][value="preparation"]').check({ force: true });
		await typeDay(nadia, '#since', '20026-11-22');
		await nadia.getByRole('button', { name: m.cooperations_stage_change_it() }).click();
		expect(await nadia.locator('main').textContent()).toContain(m.forms_day_unreal());
		expect(await nadia.locator('input[name="stage"][value="preparation"]').isChecked()).toBe(true);
		await nadia.locator('#since').fill(day);
		await nadia.getByRole('button', { name: m.cooperations_stage_change_it() }).click();
		expect(await statusOf(nadia)).toContain(m.cooperations_stage_moved());
		await odile.locator('input[name="stage"][value="action"]').check({ force: true });
		await odile.getByRole('button', { name: m.cooperations_stage_change_it() }).click();
		expect(await alertOf(odile)).toContain('Nadia Benali');
		expect(await odile.locator('main').textContent()).toContain(word('cooperations_stage_title_preparation'));
	}
);

test(
	'a point answered twice from one link; a link that went astray; a partner that left meanwhile',
	{ timeout: 300_000 },
	async () => {
		await as(world.actors.nadia, (context) =>
			openCheckIn(context, world.cooperation.id, { id: newId(), closesOn: plusDays(day, 10), actingFor: null })
		);
		const link = await linkOfOdile();
		const send = { name: m.evaluations_point_send({ name: 'Compagnie des Tréteaux' }) };
		// Two telephones of one company hold the same link, and both have the empty sheet before them.
		const [one, other] = [await pageOf(null, { phone: true }), await pageOf(null)];
		for (const page of [one, other]) await page.goto(link);
		await mark(one, 'time', 'lifts');
		await one.getByRole('button', send).click();
		expect(await statusOf(one)).toContain(m.evaluations_point_sent());
		await mark(other, 'time', 'weighs');
		await other
			.locator('li.subject', { has: other.locator('[name="mark-time"]') })
			.locator('summary')
			.click();
		await other.locator('[name="why-time"]').fill('Tout le monde est pris le samedi.');
		await other.getByRole('button', send).click();
		expect(await other.locator('main').textContent()).toContain(m.evaluations_point_meanwhile_title());
		expect(await other.locator('[name="why-time"]').inputValue()).toBe('Tout le monde est pris le samedi.');
		const written = () => db.selectFrom('checkInMarks').select(['subject', 'said']).orderBy('subject').execute();
		expect(await written()).toEqual([{ subject: 'time', said: 'lifts' }]);
		// Having read it, the second may still take its place.
		await other.getByRole('button', { name: m.evaluations_point_send_change({ name: 'Compagnie des Tréteaux' }) }).click();
		expect(await statusOf(other)).toContain(m.evaluations_point_sent());
		expect(await written()).toEqual([{ subject: 'time', said: 'weighs' }]);

		// Nadia has no say on the links of another structure; Odile and the house that accompanies end it.
		const [nadia, odile] = [await pageOf('nadia'), await pageOf('odile')];
		await nadia.goto(`${here}/point`);
		expect(await nadia.locator('#organisationId option').allTextContents()).toEqual(['L’Atelier du Soleil']);
		await odile.goto(`${here}/point`);
		await odile.getByText(m.evaluations_point_link_lost()).click();
		await odile.getByRole('button', { name: m.evaluations_point_link_renew() }).click();
		expect(await statusOf(odile)).toContain(m.evaluations_point_link_renewed({ name: 'Compagnie des Tréteaux' }));
		expect((await other.request.get(link)).status()).toBe(404);
		await other.getByRole('button', { name: m.evaluations_point_send_change({ name: 'Compagnie des Tréteaux' }) }).click();
		expect(await other.locator('main').textContent()).toContain('le lien a été remplacé');
		expect(await written()).toEqual([{ subject: 'time', said: 'weighs' }]);

		const claire = await pageOf('claire');
		await claire.goto(`${here}/point`);
		await claire.getByText(m.evaluations_point_link_lost()).click();
		await claire.locator('#organisationId').selectOption({ label: 'Compagnie des Tréteaux' });
		await claire.getByRole('button', { name: m.evaluations_point_link_renew() }).click();
		const last = await linkOfOdile();
		const guest = await pageOf(null);
		await guest.goto(last);
		await mark(guest, 'funding', 'weighs');
		await as(world.actors.odile, async (context) => {
			const { partners } = await findCooperationById(context, world.cooperation.id);
			const { id } = partners.find(({ organisationId }) => organisationId === world.structures.odile)!;
			await leaveCooperation(context, world.cooperation.id, { partnerId: id, reason: 'Plus le temps.' });
		});
		await guest.getByRole('button', { name: m.evaluations_point_send_change({ name: 'Compagnie des Tréteaux' }) }).click();
		expect(await guest.locator('main').textContent()).toContain(m.evaluations_point_not_a_partner());
		expect(await written()).toEqual([{ subject: 'time', said: 'weighs' }]);
	}
);

test('a measure with a comma; a day in year 20026; an export link that was made up', { timeout: 300_000 }, async () => {
	const root = newId();
	await as(world.actors.nadia, (context) =>
		writeLine(context, world.cooperation.id, {
			...noDetails,
			id: root,
			kind: 'indicator',
			text: 'Heures de bal',
			unit: 'heures',
			quantity: '40',
			audience: null,
			actingFor: null
		})
	);
	const nadia = await pageOf('nadia');
	await nadia.goto(`${here}/evaluer`);
	await nadia.getByRole('link', { name: 'Heures de bal' }).click();
	await nadia.locator('#quantity').fill('12,5');
	await typeDay(nadia, '#day', '20026-01-01');
	await nadia.getByRole('button', { name: m.evaluations_indicator_save() }).click();
	expect(await nadia.locator('main').textContent()).toContain(m.forms_day_unreal());
	expect(await nadia.locator('#quantity').inputValue()).toBe('12,5');
	await nadia.locator('#day').fill(day);
	await nadia.getByRole('button', { name: m.evaluations_indicator_save() }).click();
	expect(await nadia.getByText(/12,5.heures/).count()).toBeGreaterThan(0);
	expect(await (await nadia.request.get(`${here}/releves.csv`)).text()).toContain(';12,5;');
	const sheet = await nadia.request.get(`${here}/releves.xlsx`);
	expect((await sheet.body()).subarray(0, 2).toString()).toBe('PK');

	const [claire, bruno, nobody] = [await pageOf('claire'), await pageOf('bruno'), await pageOf(null)];
	for (const [page, status] of [
		[claire, 200],
		[bruno, 404]
	] as const)
		expect((await page.request.get(`${address}/maison/portefeuille/tableau.xlsx`)).status()).toBe(status);
	const asked = await nobody.request.get(`${address}/maison/portefeuille/tableau.xlsx`, { maxRedirects: 0 });
	expect([asked.status(), asked.headers().location]).toEqual([303, '/entrer?suite=%2Fmaison%2Fportefeuille%2Ftableau.xlsx']);
	// A format that is none, filters that are none: nothing, or everything; never a fault.
	for (const format of ['xls', 'csv.xlsx', 'XLSX', 'pdf%00', '..%2Fcsv'])
		expect((await claire.request.get(`${address}/maison/portefeuille/tableau.${format}`)).status(), format).toBe(404);
	const forged = await claire.request.get(`${address}/maison/portefeuille/tableau.csv?voir=__proto__&phase=ended&page=1e99`);
	expect([forged.status(), await forged.text()]).toEqual([200, expect.stringContaining('Avril enchanté')]);
	expect((await claire.request.get(`${address}/cooperations/avril-enchante-zzzzz/seances.xlsx`)).status()).toBe(404);
});
