import { expect, test } from 'vitest';
import { m } from '#words';
import { openWorld } from './world.ts';

const { address, pageOf } = await openWorld();

test('a need is said on a phone by a choice and a sentence, read by others, confirmed and closed; without JavaScript', async () => {
	const nadia = await pageOf('nadia', { javaScript: false, phone: true });
	await nadia.goto(`${address}/besoins`);
	await nadia.getByRole('link', { name: m.needs_say_do() }).click();
	await nadia.getByRole('button', { name: m.needs_say_it() }).click();
	expect(await nadia.getByText(m.needs_text_missing()).count()).toBeGreaterThan(0);
	await nadia.getByLabel(m.needs_kind_equipment()).check();
	await nadia.locator('#text').fill('Une sono pour la fête de juin.');
	await nadia.getByRole('button', { name: m.needs_say_it() }).click();
	expect(await nadia.getByRole('heading', { level: 1 }).textContent()).toBe('Une sono pour la fête de juin.');
	const samir = await pageOf('samir', { javaScript: false });
	await samir.goto(`${address}/besoins?q=sono`);
	await samir.getByRole('link', { name: 'Une sono pour la fête de juin.' }).click();
	expect(await samir.getByRole('link', { name: m.needs_see_structure() }).count()).toBe(1);
	const nobody = await pageOf(null, { javaScript: false });
	await nobody.goto(`${address}/besoins`);
	expect(await nobody.getByText('Une sono').count()).toBe(0);
	await nadia.getByRole('button', { name: m.needs_still_yes() }).click();
	await nadia.getByRole('button', { name: m.needs_close_met_need() }).click();
	expect(await nadia.getByText(m.needs_closed_met()).count()).toBeGreaterThan(0);
	await samir.goto(`${address}/besoins?q=sono`);
	expect(await samir.getByText(m.needs_none_needs()).count()).toBe(1);
});
