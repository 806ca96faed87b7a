import { expect, test } from 'vitest';
import { today } from '#platform/clock.ts';
import { m } from '#words';
import { sideways, violations } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, world, pageOf, beganTwoMonthsAgo } = await openWorld();
// a cooperation that began two months ago: a month before this one can be noted
await beganTwoMonthsAgo();
const at = (page: string) => address + world.cooperation.path + page;
const month = today(new Date(), 'Europe/Paris').slice(0, 7);

test('an invited structure asks itself, then accepts; nobody else reads its answers', { timeout: 300_000 }, async () => {
	const helene = await pageOf('helene', { javaScript: false, phone: true });
	await helene.goto(address);
	await helene.getByRole('link', { name: m.worth_before_accepting() }).click();
	await helene.getByRole('button', { name: m.worth_weigh() }).click();
	expect(await helene.getByText(m.worth_answer_missing()).count()).toBeGreaterThan(0);
	for (const question of ['mission', 'image', 'wish']) await helene.locator(`input[name=${question}][value=yes]`).check();
	await helene.locator('input[name=hours][value=rather_not]').check();
	await helene.locator('input[name=funders][value=unknown]').check();
	await helene.locator('#minutes').fill('-1');
	await helene.locator('#hoursWords').fill('La zibelinette nous manque.');
	await helene.getByRole('button', { name: m.worth_weigh() }).click();
	expect(await helene.getByText(m.worth_hours_unreal()).count()).toBeGreaterThan(0);
	expect(await helene.locator('#hoursWords').inputValue()).toBe('La zibelinette nous manque.');
	await helene.locator('#minutes').fill('2,5');
	await helene.getByRole('button', { name: m.worth_weigh() }).click();
	expect(await helene.getByText(m.worth_tone_divided()).count()).toBe(1);
	expect(await helene.getByText('La zibelinette nous manque.').count()).toBe(1);
	expect(await sideways(helene)).toBeLessThanOrEqual(0);
	for (const name of ['nadia', 'claire', 'agathe', 'yann'] as const) {
		const other = await pageOf(name);
		for (const url of [
			at('/y-aller'),
			at(`/y-aller?structure=${world.structures.helene}`),
			`${address}/chercher?q=zibelinette`
		]) {
			const answer = await other.request.get(url);
			expect(await answer.text(), `${name} ${url}`).not.toContain('nous manque');
		}
	}
	await helene.getByRole('link', { name: m.worth_then_answer() }).click();
	await helene.getByRole('button', { name: m.cooperations_accept(), exact: true }).click();
	expect(await helene.getByText(m.cooperations_accepted()).count()).toBe(1);
});

test('a month of hours, as the month before; kept at home until it is shown', { timeout: 300_000 }, async () => {
	const nadia = await pageOf('nadia', { javaScript: false, phone: true });
	await nadia.goto(at('/heures'));
	await nadia.locator('#mois-2, select[name=mois]').first().selectOption({ index: 1 });
	await nadia.getByRole('button', { name: m.worth_other_month_go() }).click();
	for (const [typed, wrong] of [
		['-1', m.worth_hours_unreal()],
		['1000000000', m.worth_hours_unreal()],
		['', m.worth_hours_missing()]
	] as const) {
		await nadia.locator('#hours').fill(typed);
		await nadia.getByRole('button', { name: m.worth_note_month() }).click();
		expect(await nadia.getByText(wrong).count(), typed).toBeGreaterThan(0);
	}
	await nadia.locator('#hours').fill('2 h 30');
	await nadia.locator('#brought').fill('Une costumière rencontrée.');
	await nadia.getByRole('button', { name: m.worth_note_month() }).click();
	await nadia.goto(at(`/heures?mois=${month}`));
	await nadia.getByRole('button', { name: /Comme le mois/ }).click();
	expect(await nadia.getByText(m.worth_noted()).count()).toBe(1);
	expect(await nadia.getByRole('img', { name: /5.h/ }).count()).toBe(1);
	expect(await nadia.getByText('Une costumière rencontrée.').count()).toBe(1);
	const odile = await pageOf('odile', { javaScript: true });
	await odile.goto(at('/heures'));
	expect(await odile.getByText(m.worth_shared_none()).count()).toBe(1);
	await nadia.getByRole('button', { name: m.worth_share({ organisation: 'L’Atelier du Soleil' }) }).click();
	await odile.goto(at('/heures'));
	expect(await odile.getByRole('row', { name: /Atelier du Soleil/ }).count()).toBe(1);
	expect(await odile.getByText('Une costumière rencontrée.').count()).toBe(0);
	expect(await violations(odile)).toEqual([]);
	for (const name of ['samir', 'claire', 'agathe', 'yann'] as const)
		expect((await (await pageOf(name)).request.get(at('/heures'))).status(), name).toBe(404);
});

test('a page for the town hall, ticked, reworded, printed on one page', { timeout: 300_000 }, async () => {
	const nadia = await pageOf('nadia', { javaScript: false, phone: true });
	await nadia.goto(at('/convaincre'));
	await nadia.locator('input[name=pour][value=town]').check();
	await nadia.getByRole('button', { name: m.pitches_go_on() }).click();
	expect(await nadia.getByText(m.pitches_addressee_missing()).count()).toBeGreaterThan(0);
	await nadia.locator('#nom').fill('la mairie de Valsorbier');
	await nadia.getByRole('button', { name: m.pitches_go_on() }).click();
	await nadia.locator('#opening').fill('mot '.repeat(90));
	await nadia.getByRole('button', { name: m.pitches_make() }).click();
	expect(await nadia.getByText(m.pitches_opening_too_long({ n: 90, max: 60 })).count()).toBeGreaterThan(0);
	await nadia.locator('#opening').fill('Voici ce que la commune y gagne.');
	await nadia.getByRole('button', { name: m.pitches_make() }).click();
	expect(await nadia.getByText(m.pitches_made()).count()).toBe(1);
	expect(await sideways(nadia)).toBeLessThanOrEqual(0);
	const made = nadia.url();
	await nadia.getByText(m.pitches_reword_open()).click();
	await nadia.locator('#opening').fill('La commune y gagne beaucoup.');
	await nadia.getByRole('button', { name: m.pitches_reword_save() }).click();
	expect(await nadia.getByText('La commune y gagne beaucoup.').count()).toBeGreaterThan(0);
	const pdf = await nadia.request.get(`${made}/page.pdf`);
	expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
	const again = await pageOf('nadia', { javaScript: true });
	await again.goto(made);
	expect(await violations(again)).toEqual([]);
	await again.goto(at('/convaincre?pour=town&nom=la+mairie'));
	expect(await violations(again)).toEqual([]);
	await again.goto(at('/y-aller'));
	expect(await violations(again)).toEqual([]);
	for (const name of ['odile', 'samir', 'claire', 'agathe', 'yann'] as const)
		for (const url of [made, `${made}/page.pdf`]) expect((await (await pageOf(name)).request.get(url)).status(), name).toBe(404);
});
