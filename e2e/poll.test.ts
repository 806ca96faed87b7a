import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { m } from '#words';
import { longDay, plusDays, today } from '#platform/clock.ts';
import { looksRight } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, world, pageOf, lastMail } = await openWorld();
const here = today(new Date(), 'Europe/Paris');
const [first, second] = [plusDays(here, 10), plusDays(here, 12)];
const said = (day: string) => longDay(day, here);

/** The link that a mail brought. */
const linkFor = async (email: string): Promise<string> =>
	address + /\/sondage\/[\w-]{32}/.exec(await lastMail('poll', email))![0];

const answer = (page: Page, day: string, word: string) =>
	page
		.getByRole('group', { name: new RegExp(`^Le ${said(day)}`) })
		.getByLabel(word, { exact: true })
		.check({ force: true });

const fits = async (path: string, name: 'nadia' | null, phone: boolean) =>
	looksRight(await pageOf(name, { javaScript: true, phone }), path);

test('a date is found by link, without an account and without JavaScript, on a telephone', async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(`${address}${world.cooperation.path}/reunions/sonder`);
	await nadia.getByLabel(m.meetings_poll_title()).fill('la réunion de calage');
	await nadia.getByLabel(m.meetings_poll_place()).fill('Salle Piat');
	await nadia.getByLabel(m.meetings_poll_row_day({ n: 1 })).fill(first);
	await nadia.getByLabel(m.meetings_poll_row_time({ n: 1 })).fill('18:30');
	await nadia.getByLabel(m.meetings_poll_guests()).fill('Fatou Diop');
	await nadia.getByRole('button', { name: m.meetings_poll_more_rows() }).click();
	expect(await nadia.getByRole('status').textContent()).toContain(m.meetings_poll_rows_added());
	expect(await nadia.getByLabel(m.meetings_poll_row_day({ n: 1 })).inputValue()).toBe(first);
	await nadia.getByLabel(m.meetings_poll_row_day({ n: 2 })).fill(second);
	await nadia.getByRole('button', { name: m.meetings_poll_ask(), exact: true }).last().click();
	expect(await nadia.getByRole('alert').textContent()).toContain('Fatou Diop');
	expect(await nadia.getByLabel(m.meetings_poll_title()).inputValue()).toBe('la réunion de calage');
	await fits(nadia.url().replace(/\?.*/, ''), 'nadia', true);
	await nadia.getByLabel(m.meetings_poll_guests()).fill('Fatou Diop, fatou@example.org');
	await nadia.getByRole('button', { name: m.meetings_poll_ask(), exact: true }).last().click();
	expect(await nadia.getByRole('heading', { level: 1 }).textContent()).toBe(
		m.meetings_poll_head({ title: 'la réunion de calage' })
	);
	const poll = nadia.url();

	// Nothing to fill in by a link of one's own: one tap a date, and one to send.
	const odile = await pageOf(null, { phone: true });
	const own = await linkFor('odile@example.org');
	await odile.goto(own);
	expect(await odile.locator('input:not([type=radio], [type=hidden])').count()).toBe(0);
	await answer(odile, first, m.ui_no());
	await answer(odile, second, m.ui_yes());
	await odile.getByRole('button', { name: m.meetings_poll_send() }).click();
	expect(await odile.getByRole('status').first().textContent()).toContain(m.meetings_poll_sent());

	// By the open link, a name and a structure, once: then a link of one's own.
	const guest = await pageOf(null, { phone: true });
	const open = await nadia.getByLabel(m.meetings_poll_share_link()).inputValue();
	await guest.goto(open);
	await answer(guest, second, m.ui_maybe());
	await guest.getByRole('button', { name: m.meetings_poll_send() }).click();
	expect(await guest.getByRole('alert').textContent()).toContain(m.people_name_missing());
	await guest.getByLabel(m.meetings_poll_your_name(), { exact: true }).fill('Samir Haddad');
	await guest.getByLabel(m.meetings_poll_your_structure(), { exact: true }).selectOption('other');
	await guest.getByLabel(m.meetings_poll_other_structure_name()).fill('Radio Sorbier');
	await guest.getByRole('button', { name: m.meetings_poll_send() }).click();
	expect(guest.url()).not.toBe(open);
	expect(await guest.getByText(m.meetings_poll_link_of({ name: 'Samir Haddad' })).count()).toBe(1);
	await guest.getByLabel(m.meetings_poll_comment()).fill('À partir de 19 h.');
	await answer(guest, second, m.ui_yes());
	await guest.getByRole('button', { name: m.meetings_poll_change() }).click();
	expect(await guest.getByText('Odile M.').count()).toBeGreaterThan(0);
	expect(await guest.getByText('Odile Marchand').count()).toBe(0);
	await fits(guest.url(), null, true);
	await fits(guest.url(), null, false);
	await fits(open, null, true);

	// Somebody answers on the page while it is closed: they are told, and what they chose is still there.
	const fatou = await pageOf(null, { phone: true });
	await fatou.goto(await linkFor('fatou@example.org'));
	await answer(fatou, first, m.ui_yes());
	await nadia.goto(poll);
	await fits(poll, 'nadia', true);
	await fits(poll, 'nadia', false);
	await nadia.getByRole('button', { name: m.meetings_poll_choose({ day: said(second) }) }).click();
	expect(nadia.url()).toMatch(/\/reunions\/la-reunion-de-calage-\w+/);
	await fatou.getByRole('button', { name: m.meetings_poll_send() }).click();
	expect(await fatou.getByRole('alert').textContent()).toContain(said(second));
	expect(
		await fatou
			.getByRole('group', { name: new RegExp(`^Le ${said(first)}`) })
			.getByLabel(m.ui_yes(), { exact: true })
			.isChecked()
	).toBe(true);
	await odile.goto(own);
	expect(await odile.getByRole('heading', { level: 1 }).textContent()).toContain(said(second));
	expect(await odile.getByRole('button', { name: m.meetings_poll_change() }).count()).toBe(0);

	for (const name of ['samir', 'yann', 'agathe'] as const) {
		const stranger = await pageOf(name);
		expect((await stranger.goto(poll))?.status(), name).toBe(404);
	}
});

test('a link that nobody made says what to do', async () => {
	const page = await pageOf(null);
	expect((await page.goto(`${address}/sondage/${'x'.repeat(32)}`))?.status()).toBe(404);
	expect(await page.getByText(m.shell_lost_link()).count()).toBe(1);
});
