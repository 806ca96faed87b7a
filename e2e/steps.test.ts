import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { m } from '#words';
import { openWorld } from './world.ts';

const { address, world, pageOf } = await openWorld();
const at = (page: string) => address + world.cooperation.path + page;

test('an own objective is shared by its organisation; two people who change a line lose nothing', async () => {
	const nadia = await pageOf('nadia');
	const odile = await pageOf('odile', { phone: true });
	await nadia.goto(at('/definir'));
	await nadia.getByText(m.lines_add_own()).click();
	await nadia.locator('#s-own-text').fill('Nous faire connaître des écoles.');
	await nadia.locator('details[open]').getByRole('button', { name: m.lines_write() }).click();
	await expect.poll(() => nadia.getByText(m.lines_at_home()).count()).toBe(1);
	await odile.goto(at('/definir'));
	expect(await odile.getByText('Nous faire connaître des écoles.').count()).toBe(0);
	await nadia.getByRole('button', { name: m.lines_share() }).click();
	await odile.reload();
	expect(await odile.getByText('Nous faire connaître des écoles.').count()).toBe(1);

	await nadia.getByText(m.lines_add_common()).click();
	await nadia.locator('#s-common-text').fill('Réunir quarante enfants.');
	await nadia.locator('details[open]').getByRole('button', { name: m.lines_write() }).click();
	await nadia.getByRole('link', { name: 'Réunir quarante enfants.' }).click();
	await odile.goto(nadia.url());
	for (const [page, text] of [
		[odile, 'Réunir soixante enfants.'],
		[nadia, 'Réunir cinquante enfants.']
	] as const) {
		await page.locator('#text').fill(text);
		await page.locator('#reason').fill('Deux classes de plus.');
		await page.getByRole('button', { name: m.lines_revise_it() }).click();
	}
	const conflict = nadia.getByRole('alert');
	expect(await conflict.textContent()).toContain('Réunir soixante enfants.');
	expect(await conflict.textContent()).toContain('Réunir cinquante enfants.');
	await conflict.getByRole('button', { name: m.lines_conflict_keep_mine() }).click();
	expect(await nadia.locator('#ligne ~ p, .lead').first().textContent()).toContain('Réunir cinquante enfants.');
	expect(await nadia.locator('del').first().textContent()).toContain('soixante');
});

test('dates come from a template and go to a calendar; a step is done; the journal tells it all', async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(at('/planifier'));
	await nadia.getByText(m.lines_template()).click();
	await nadia.locator('#du').fill('2027-04-09');
	await nadia.locator('#au').fill('2027-04-11');
	await nadia.getByRole('button', { name: m.lines_template_show() }).click();
	const label = 'Réunion de mise en place';
	await nadia.getByRole('button', { name: m.lines_template_take_it({ label }) }).click();
	expect(await nadia.getByRole('link', { name: label }).count()).toBe(1);
	const file = await nadia.request.get(at('/planifier/calendrier.ics'));
	const events = new ICAL.Component(ICAL.parse(await file.text()) as unknown[]).getAllSubcomponents('vevent');
	expect(
		events.map((event) => [String(event.getFirstPropertyValue('summary')), String(event.getFirstPropertyValue('dtstart'))])
	).toEqual([[label, '2027-03-10']]);
	await nadia.getByRole('button', { name: m.cooperations_step_mark() }).click();
	expect(await nadia.getByRole('button', { name: m.cooperations_step_reopen() }).count()).toBe(1);
	await nadia.goto(at('/journal?genre=project'));
	expect(await nadia.getByText(m.journal_step_done_plan()).count()).toBe(1);
	const table = await nadia.request.get(at('/journal.csv'));
	expect(await table.text()).toContain(label);
	for (const name of ['samir', 'yann', 'agathe'] as const) {
		const other = await pageOf(name);
		for (const page of ['/planifier', '/journal', '/journal.csv', '/partenaires', '/planifier/calendrier.ics'])
			expect((await other.request.get(at(page))).status(), `${name}, ${page}`).toBe(404);
	}
});

test('an invited partner reads what it would commit to, accepts, and leaves when it wants', async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(at('/clarifier'));
	await nadia.getByText(m.lines_add_roles()).click();
	await nadia.locator('#s-roles-text').fill('La Ville ouvre le théâtre.');
	await nadia
		.getByText(/^Préciser qui/)
		.nth(0)
		.click();
	await nadia
		.locator('#s-roles-whoOrganisation')
		.selectOption({ label: m.cooperations_invited_name({ name: 'Ville de Valsorbier' }) });
	await nadia.locator('#roles ~ * form, section:has(#roles) form').first().getByRole('button', { name: m.lines_write() }).click();
	const helene = await pageOf('helene');
	await helene.goto(at('/clarifier'));
	expect(await helene.getByText('La Ville ouvre le théâtre.').count()).toBe(0);
	await helene.goto(at(''));
	await helene.getByRole('link', { name: m.cooperations_read_commitments() }).click();
	expect(await helene.getByText('La Ville ouvre le théâtre.').count()).toBe(1);
	await helene.getByRole('button', { name: m.cooperations_accept(), exact: true }).click();
	await helene.goto(at('/clarifier'));
	expect(await helene.getByText('La Ville ouvre le théâtre.').count()).toBe(1);
	await helene.goto(at('/partenaires'));
	await helene.getByText(m.cooperations_leave(), { exact: true }).click();
	await helene.getByRole('button', { name: m.cooperations_leave_it({ organisation: 'Ville de Valsorbier' }) }).click();
	expect(await helene.getByText(m.cooperations_leave_reason_missing()).count()).toBeGreaterThan(0);
	await helene.getByLabel(m.cooperations_leave_reason()).fill('Le conseil a voté non.');
	await helene.getByRole('button', { name: m.cooperations_leave_it({ organisation: 'Ville de Valsorbier' }) }).click();
	expect(await helene.getByText('Le conseil a voté non.').count()).toBe(1);
});
