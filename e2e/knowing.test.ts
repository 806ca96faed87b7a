import axe from 'axe-core';
import { expect, test } from 'vitest';
import { m } from '#words';
import type { Name } from '../seeds/world.ts';
import { openWorld } from './world.ts';

const { address, world, visitor, pageOf, lastMail } = await openWorld();
const home = (name: Name) => world.actors[name].belongings[0]!.path;
const sheet = `${home('nadia')}/partenaires/${home('odile').replace('/structures/', '')}`;

/** The link of the last mail of a kind to somebody, here. */
const linkTo = async (kind: string, email: string): Promise<string> =>
	address + /\/(?:mise-en-relation|courrier)\/[\w-]+/.exec(await lastMail(kind, email))![0];

async function faults(name: Name | null, url: string): Promise<string[]> {
	const page = await pageOf(name, { javaScript: true, phone: true });
	await page.goto(url);
	const { violations } = (await page.evaluate(`${axe.source}; axe.run()`)) as { violations: { id: string }[] };
	const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
	await page.context().close();
	return [...violations.map(({ id }) => id), ...(Number(wide) > 0 ? ['sideways'] : [])];
}

test('a note on a partner is read at home, and nowhere else', { timeout: 300_000 }, async () => {
	const nadia = await pageOf('nadia', { phone: true });
	await nadia.goto(`${address}${home('nadia')}/partenaires`);
	await nadia.getByRole('link', { name: 'Compagnie des Tréteaux' }).first().click();
	await nadia.getByRole('button', { name: m.sheets_note_keep() }).click();
	await nadia.getByText(m.sheets_note_missing()).first().waitFor();
	await nadia.getByLabel(m.sheets_note()).first().fill('La xylorimbette prête sa sono.');
	await nadia.getByRole('button', { name: m.sheets_note_keep() }).click();
	await nadia.getByText(m.sheets_note_kept()).waitFor();
	await nadia.getByText('La xylorimbette prête sa sono.').waitFor();
	await nadia.getByRole('link', { name: 'Avril enchanté' }).waitFor();
	expect(await faults('nadia', address + sheet)).toEqual([]);
	for (const name of ['odile', 'claire', 'agathe', 'samir'] as const) {
		const other = await pageOf(name);
		expect((await other.request.get(address + sheet)).status(), name).toBe(404);
		for (const url of [`${home('odile')}/partenaires/${home('nadia').replace('/structures/', '')}`, home('odile'), '/'])
			expect(await (await other.request.get(address + url)).text(), `${name} ${url}`).not.toContain('xylorimbette');
	}
});

test(
	'two are put in touch: one answers at home, the other by its link, then each can reach the other',
	{ timeout: 300_000 },
	async () => {
		const claire = await pageOf('claire');
		await claire.goto(`${address}${home('claire')}/mises-en-relation/nouvelle`);
		for (const words of ['Radio Sorbier', 'Les Jardins du Canal']) {
			await claire.getByLabel(m.introductions_find()).fill(words);
			await claire.getByRole('button', { name: m.introductions_find_do() }).click();
			await claire.getByRole('link', { name: words }).first().click();
		}
		await claire.getByLabel(m.introductions_reason()).fill('Une radio, un jardin : une émission dehors.');
		await claire.getByRole('button', { name: m.introductions_send() }).click();
		await claire.getByText(m.introductions_sent()).waitFor();
		expect(await faults('claire', claire.url())).toEqual([]);
		const samir = await pageOf('samir', { phone: true });
		await samir.goto(address);
		expect(await samir.getByText('bruno@example.org').count()).toBe(0);
		await samir.getByRole('button', { name: m.introductions_yes() }).click();
		await samir.getByText(m.introductions_said_yes()).waitFor();
		const bruno = await visitor({ phone: true });
		const link = await linkTo('introduction', 'bruno@example.org');
		await bruno.goto(link);
		expect(await bruno.getByText('samir@example.org').count()).toBe(0);
		expect(await faults(null, link)).toEqual([]);
		await bruno.getByRole('button', { name: m.introductions_not_now() }).click();
		await samir.reload();
		expect(await samir.getByText(m.introductions_answer_not_now(), { exact: true }).count()).toBe(1);
		await bruno.getByRole('button', { name: m.introductions_yes() }).click();
		await bruno.getByRole('link', { name: 'samir@example.org' }).waitFor();
		await bruno.getByRole('button', { name: m.introductions_outcome_met() }).click();
		await bruno.getByText(m.introductions_outcome_saved()).waitFor();
		await claire.reload();
		await claire.getByText(m.introductions_outcome_met()).first().waitFor();
		await samir.reload();
		await samir.getByRole('button', { name: m.introductions_begin() }).click();
		await samir.getByText(m.cooperations_begun()).waitFor();
		await samir.getByText('Les Jardins du Canal').first().waitFor();
		await claire.reload();
		await claire.getByText(m.introductions_outcome_together()).first().waitFor();
	}
);

test(
	'once a year: asked by mail, confirmed by the link, wanted no more; and printed on paper',
	{ timeout: 300_000 },
	async () => {
		const nadia = await pageOf('nadia');
		await nadia.goto(`${address}${home('nadia')}/envois/nouvel`);
		expect(await faults('nadia', nadia.url())).toEqual([]);
		await nadia.locator('input[name=kind][value=refresh]').check();
		await nadia.getByLabel(m.mailings_title()).fill('Tout est juste ?');
		await nadia.getByLabel(m.mailings_text()).fill('Une minute suffit.');
		await nadia.getByRole('button', { name: m.mailings_send() }).click();
		await nadia.getByText(m.mailings_nobody()).first().waitFor();
		expect(await nadia.getByLabel(m.mailings_text()).inputValue()).toBe('Une minute suffit.');
		await nadia.getByLabel('Compagnie des Tréteaux').check();
		await nadia.getByRole('button', { name: m.mailings_send() }).click();
		await nadia.getByText(m.mailings_sent()).waitFor();
		const letter = nadia.url();
		const odile = await visitor({ phone: true });
		const link = await linkTo('mailing', 'odile@example.org');
		await odile.goto(link);
		expect(await faults(null, link)).toEqual([]);
		await odile.getByRole('button', { name: m.mailings_link_confirm() }).click();
		await odile.getByText(m.mailings_link_thanks()).waitFor();
		await odile.getByRole('button', { name: m.mailings_link_no_more_all() }).click();
		await odile.getByText(m.mailings_link_is_all()).waitFor();
		await nadia.goto(letter);
		await nadia.getByText(m.mailings_answer_confirmed()).first().waitFor();
		expect(await faults('nadia', letter)).toEqual([]);
		for (const file of ['lettres.pdf?qui=toutes', 'etiquettes.pdf?qui=toutes&format=99x38&debut=3']) {
			const pdf = await nadia.request.get(`${letter}/${file}`);
			expect((await pdf.body()).subarray(0, 5).toString(), file).toBe('%PDF-');
		}
	}
);

test('everyone draws another one, and the draw is checked', { timeout: 300_000 }, async () => {
	const nadia = await pageOf('nadia', { phone: true });
	await nadia.goto(`${address}${home('nadia')}/tirages`);
	await nadia.getByLabel(m.draws_title()).fill('Petit déjeuner');
	await nadia.getByLabel(m.draws_held_on()).fill('2090-01-10');
	await nadia.getByRole('button', { name: m.draws_open() }).click();
	await nadia.getByText(m.draws_opened()).waitFor();
	for (const words of ['Radio Sorbier', 'Les Jardins du Canal', 'Compagnie des Tréteaux']) {
		await nadia.getByRole('searchbox').fill(words);
		await nadia.getByRole('button', { name: m.draws_find_do() }).click();
		await nadia.getByRole('checkbox', { name: words }).check();
		await nadia.getByRole('button', { name: m.draws_add() }).click();
		// The page that answers must be there before the next name is written, else it comes and takes it away.
		await nadia.getByRole('region', { name: m.draws_on_list() }).getByRole('link', { name: words }).waitFor();
	}
	expect(await faults('nadia', nadia.url())).toEqual([]);
	await nadia.getByRole('button', { name: m.draws_do(), exact: true }).click();
	await nadia.getByText(m.draws_check_ok()).waitFor();
	await nadia.getByText(m.draws_clean()).waitFor();
	expect(await faults('nadia', nadia.url())).toEqual([]);
	const samir = await pageOf('samir');
	await samir.goto(nadia.url());
	await samir.getByText(m.draws_check_ok()).waitFor();
	const sheets = await samir.request.get(`${nadia.url().split('?')[0]}/fiches.pdf`);
	expect((await sheets.body()).subarray(0, 5).toString()).toBe('%PDF-');
});
