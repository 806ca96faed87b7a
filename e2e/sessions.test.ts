import { expect, test } from 'vitest';
import { today, plusDays } from '#platform/clock.ts';
import { m } from '#words';
import { violations } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, world, pageOf, beganTwoMonthsAgo } = await openWorld();
// a cooperation that began two months ago: its sessions may be behind
await beganTwoMonthsAgo();
const at = (page: string) => address + world.cooperation.path + page;
const day = today(new Date(), 'Europe/Paris');

test(
	'a series is written, one session noted on a phone, one cancelled; the indicator moves, the sheet prints',
	{ timeout: 300_000 },
	async () => {
		const nadia = await pageOf('nadia', { javaScript: false, phone: true });
		await nadia.goto(at('/evaluer'));
		await nadia.getByText(m.lines_add_indicators()).click();
		await nadia.locator('#s-indicators-text').fill('Venues aux ateliers');
		await nadia.locator('details[open] details summary').first().click();
		await nadia.locator('#s-indicators-quantity').fill('40');
		await nadia.locator('#s-indicators-unit').fill('venues');
		await nadia.locator('details[open]').getByRole('button', { name: m.lines_write() }).first().click();
		await nadia.getByRole('link', { name: 'Venues aux ateliers' }).click();
		const indicator = nadia.url();
		expect(await nadia.getByText(m.evaluations_indicator_nothing_text()).count()).toBe(1);
		await nadia.locator('#quantity').fill('environ 40');
		await nadia.getByRole('button', { name: m.evaluations_indicator_save() }).click();
		expect(await nadia.getByText(m.evaluations_indicator_number_words()).count()).toBeGreaterThan(0);
		expect(await nadia.locator('#quantity').inputValue()).toBe('environ 40');
		await nadia.locator('#calcul ~ details summary, section:has(#calcul) summary').first().click();
		await nadia.getByLabel(m.evaluations_indicator_source_attendance()).check();
		await nadia.getByRole('button', { name: m.evaluations_indicator_reading_save() }).click();
		expect(await nadia.getByText(m.evaluations_indicator_nothing_fed()).count()).toBe(1);

		await nadia.goto(at('/seances'));
		await nadia.getByRole('link', { name: m.sessions_write() }).click();
		await nadia.locator('#title').fill('Atelier');
		await nadia.locator('#day').fill(plusDays(day, -7));
		await nadia.locator('#time').fill('14:00');
		await nadia.getByLabel(m.sessions_rhythm_weekly()).check();
		await nadia.getByRole('button', { name: m.sessions_save() }).click();
		expect(await nadia.getByText(m.sessions_series_end_missing()).count()).toBeGreaterThan(0);
		expect(await nadia.locator('#title').inputValue()).toBe('Atelier');
		await nadia.locator('#endsOn').fill(plusDays(day, 21));
		await nadia.getByRole('button', { name: m.sessions_save() }).click();
		expect(await nadia.getByText(m.sessions_written({ n: 5 })).count()).toBe(1);

		await nadia.locator('section:has(#a-noter) a').first().click();
		await nadia.getByRole('button', { name: m.sessions_note_save(), exact: true }).click();
		expect(await nadia.getByText(m.sessions_people_missing()).count()).toBeGreaterThan(0);
		await nadia.locator('#people').fill('18');
		await nadia.getByRole('button', { name: m.sessions_note_save(), exact: true }).click();
		expect(await nadia.getByText(m.sessions_figures_people({ n: 18 })).count()).toBe(1);
		const sheet = await nadia.request.get(`${nadia.url().split('?')[0]!.split('#')[0]!}/feuille.pdf`);
		expect((await sheet.body()).subarray(0, 5).toString()).toBe('%PDF-');
		await nadia.goto(indicator);
		expect(await nadia.getByText(/18.venues/).count()).toBeGreaterThan(0);
		expect(await nadia.getByRole('img', { name: /Venues aux ateliers/ }).count()).toBe(1);

		await nadia.goto(at('/seances'));
		await nadia.locator('section:has(#a-venir) h3 a').first().click();
		await nadia.getByText(m.sessions_cancel(), { exact: true }).click();
		await nadia.locator('#a-reason').fill('La salle est inondée.');
		await nadia.getByRole('button', { name: m.sessions_cancel_save() }).click();
		// axe needs the clock of a page that runs scripts
		const odile = await pageOf('odile', { javaScript: true });
		await odile.goto(indicator);
		expect(await violations(odile)).toEqual([]);
		await odile.goto(nadia.url());
		expect(await odile.getByText(m.sessions_cancelled_fact({ reason: 'La salle est inondée.' })).count()).toBe(1);
		expect(await violations(odile)).toEqual([]);
		const table = await odile.request.get(at('/seances.csv'));
		expect(await table.text()).toContain('La salle est inondée.');
		await odile.goto(at('/evaluer'));
		expect(await odile.getByText(/18.venues pour une cible de 40/).count()).toBe(1);
		expect(await violations(odile)).toEqual([]);
		for (const name of ['samir', 'yann', 'agathe'] as const) {
			const other = await pageOf(name);
			for (const url of [at('/seances'), at('/seances.csv'), at('/releves.csv'), nadia.url(), indicator])
				expect((await other.request.get(url)).status(), `${name}, ${url}`).toBe(404);
		}
	}
);
