import { expect, test } from 'vitest';
import { m } from '#words';
import { openWorld } from './world.ts';

const { address, db, world, pageOf } = await openWorld();
const home = (name: 'samir' | 'bruno') => address + world.actors[name].belongings[0]!.path;

test('two entries become one after one saw all that hangs on them, and are separated again', { timeout: 120_000 }, async () => {
	const agathe = await pageOf('agathe');
	await agathe.goto(`${home('samir')}/doublon?q=Jardins`);
	await agathe.getByRole('link', { name: /Les Jardins du Canal/ }).click();
	await agathe
		.getByText(m.identity_table_n({ table: m.identity_table_memberships(), n: 1 }))
		.first()
		.waitFor();
	await agathe.getByRole('button', { name: m.identity_merge_button() }).click();
	await agathe.getByText(m.identity_merge_reason_missing()).first().waitFor();
	await agathe.getByLabel(m.identity_merge_reason()).fill('Le même local, le même bureau.');
	await agathe.getByRole('button', { name: m.identity_merge_button() }).click();
	await agathe.getByText(m.identity_merge_not_agreed()).first().waitFor();
	expect(await agathe.getByLabel(m.identity_merge_reason()).inputValue()).toBe('Le même local, le même bureau.');
	await agathe.getByLabel(m.identity_merge_agreed()).check();
	await agathe.getByRole('button', { name: m.identity_merge_button() }).click();
	await agathe.getByText(m.identity_merged(), { exact: true }).waitFor();

	const nadia = await pageOf('nadia');
	await nadia.goto(home('bruno'));
	await nadia.getByRole('heading', { level: 1, name: 'Radio Sorbier' }).waitFor();
	await nadia.goto(`${home('samir')}/personnes`);
	expect(await nadia.textContent('main')).toContain('Bruno Lacaze');
	await nadia.goto(`${address}/structures?q=Jardins+Canal`);
	await nadia
		.getByRole('link', { name: /Radio Sorbier/ })
		.first()
		.waitFor();
	const told = await db.selectFrom('mails').select('toEmail').where('kind', '=', 'identity').execute();
	expect(told.map(({ toEmail }) => toEmail).toSorted()).toEqual(['bruno@example.org', 'samir@example.org']);

	await agathe.getByRole('button', { name: m.identity_separate() }).click();
	await agathe.getByText(m.identity_separated(), { exact: true }).waitFor();
	await nadia.goto(home('bruno'));
	await nadia.getByRole('heading', { level: 1, name: 'Les Jardins du Canal' }).waitFor();
	await nadia.goto(`${home('samir')}/personnes`);
	expect(await nadia.textContent('main')).not.toContain('Bruno Lacaze');
});
