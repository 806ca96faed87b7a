import { expect, test } from 'vitest';
import { m } from '#words';
import { violations } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, world, pageOf } = await openWorld();
const at = (page: string) => address + world.cooperation.path + page;

test(
	'a page is proposed, two say yes, a stranger reads it and leaves an idea, one takes it away',
	{ timeout: 300_000 },
	async () => {
		const nadia = await pageOf('nadia', { javaScript: false, phone: true });
		await nadia.goto(at('/page-publique'));
		await nadia.getByRole('link', { name: m.publications_prepare() }).click();
		await nadia.locator('#happened').fill('Tout commence en automne.\n\n<script>alert(1)</script>');
		await nadia.getByRole('button', { name: m.publications_propose() }).click();
		expect(await nadia.getByText(m.publications_lead_missing()).count()).toBeGreaterThan(0);
		expect(await nadia.locator('#happened').inputValue()).toContain('automne');
		await nadia.locator('#lead').fill('Des enfants et des anciens jouent ensemble.');
		await nadia.getByRole('button', { name: m.publications_propose() }).click();
		await nadia.getByRole('button', { name: m.publications_say_yes() }).click();

		const somebody = await pageOf(null, { javaScript: false, phone: true });
		const publicAddress = address + world.cooperation.path.replace('/cooperations/', '/projets/');
		expect((await somebody.goto(publicAddress))?.status()).toBe(404);
		expect(await somebody.getByText(m.publications_lost_title()).count()).toBeGreaterThan(0);

		const odile = await pageOf('odile', { javaScript: true });
		await odile.goto(at('/page-publique'));
		expect(await violations(odile)).toEqual([]);
		await odile.getByRole('button', { name: m.publications_say_yes() }).click();
		expect(await odile.getByText(m.publications_answered_online()).count()).toBe(1);

		await somebody.goto(`${address}/projets`);
		await somebody.getByRole('link', { name: 'Avril enchanté' }).click();
		expect(await somebody.getByText('<script>alert(1)</script>').count()).toBe(1);
		expect(await somebody.locator('script[type="application/ld+json"]').count()).toBe(1);
		const feed = await somebody.request.get(`${address}/projets/flux.xml`);
		expect(await feed.text()).toContain('<title>Avril enchanté</title>');
		await somebody.getByRole('button', { name: m.publications_public_send() }).click();
		expect(await somebody.getByText(m.publications_idea_missing()).count()).toBeGreaterThan(0);
		await somebody.locator('#idea').fill('Un goûter musical dans la cour.');
		await somebody.getByRole('button', { name: m.publications_public_send() }).click();
		expect(await somebody.getByText(m.publications_public_sent()).count()).toBe(1);

		const reader = await pageOf(null, { javaScript: true });
		await reader.goto(publicAddress);
		expect(await violations(reader)).toEqual([]);
		await reader.emulateMedia({ media: 'print' });
		expect(await reader.locator('form').first().isVisible()).toBe(false);
		expect(await reader.locator('h1').isVisible()).toBe(true);

		await odile.goto(at('/page-publique'));
		expect(await odile.getByText('Un goûter musical dans la cour.').count()).toBe(1);
		await odile.getByRole('button', { name: m.publications_idea_keep() }).click();
		expect(await odile.getByText(m.publications_idea_kept()).count()).toBe(1);
		await odile.getByText(m.publications_withdraw_for({ organisation: 'Compagnie des Tréteaux' })).click();
		await odile.getByRole('button', { name: m.publications_withdraw(), exact: true }).click();
		expect(await odile.getByText(m.publications_withdrawn()).count()).toBe(1);
		expect((await somebody.goto(publicAddress))?.status()).toBe(404);
	}
);
