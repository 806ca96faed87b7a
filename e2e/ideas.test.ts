import { expect, test } from 'vitest';
import { m } from '#words';
import { hashToken } from '#platform/secrets.server.ts';
import { looksRight } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, db, pageOf } = await openWorld();
const sentence = 'Un bal des saisons sur la place.';

/** The page behind the link of the last mail to an address: the mail waits, since no server is told where to send it. */
async function linkFor(email: string): Promise<string> {
	const { text } = await db
		.selectFrom('mails')
		.select('text')
		.where('toEmail', '=', email)
		.orderBy('queuedAt', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	const [, token] = /\/idee\/([\w-]{32})/.exec(text)!;
	expect(
		await db.selectFrom('participationLinks').select('id').where('tokenHash', '=', hashToken(token!)).execute()
	).toHaveLength(1);
	return `${address}/idee/${token}`;
}

test(
	'an inhabitant drops an idea on a phone, an organisation joins it, looks with whom, and it becomes a cooperation; without JavaScript',
	{ timeout: 300_000 },
	async () => {
		const rose = await pageOf(null, { javaScript: false, phone: true });
		await rose.goto(`${address}/idees`);
		await rose.getByRole('link', { name: m.ideas_drop_do() }).first().click();
		await rose.getByRole('button', { name: m.ideas_drop_it() }).click();
		expect(await rose.getByText(m.ideas_text_missing()).count()).toBeGreaterThan(0);
		await rose.locator('#text').fill(sentence);
		await rose.locator('#commune').fill('Paris 20e');
		await rose.locator('#name').fill('Rose Martin');
		await rose.locator('#email').fill('rose@example.org');
		await rose.locator('#agreed').check();
		await rose.getByRole('button', { name: m.ideas_drop_it() }).click();
		expect(await rose.getByText(m.ideas_look_at_mail()).count()).toBe(1);
		expect(await rose.getByText(sentence).count()).toBe(0);
		await rose.goto(await linkFor('rose@example.org'));
		await rose.getByRole('button', { name: m.ideas_confirm_it() }).click();
		await rose.locator('#dream').fill('Un parquet toute la semaine.');
		await rose.getByRole('button', { name: m.ideas_dream_keep() }).click();
		expect(await rose.getByText('Un parquet toute la semaine.').count()).toBeGreaterThan(0);
		await looksRight(await pageOf(null, { javaScript: true, phone: true }), await linkFor('rose@example.org'));

		const nadia = await pageOf('nadia', { javaScript: false, phone: true });
		await nadia.goto(`${address}/idees?q=bal&lieu=Paris+20e`);
		await nadia.getByRole('link', { name: sentence }).click();
		expect(await nadia.getByText('Rose', { exact: true }).count()).toBe(1);
		expect(await nadia.content()).not.toContain('rose@example.org');
		await nadia.locator('#organisation').selectOption({ label: 'L’Atelier du Soleil' });
		await nadia.locator('#bring').fill('Nous prêtons une sono.');
		await nadia.getByRole('button', { name: m.ideas_join_it() }).click();
		for (const [kind, text] of [
			['equipment', 'Un parquet de danse.'],
			['notoriety', 'Une émission de radio.']
		] as const) {
			await nadia.locator('#kind').selectOption(kind);
			await nadia.locator('form[action^="?/need"] #text').fill(text);
			await nadia.getByRole('button', { name: m.ideas_need_add() }).click();
		}
		await nadia.getByRole('link', { name: m.ideas_with_whom() }).click();
		expect(await nadia.getByRole('heading', { level: 1 }).textContent()).toContain(m.matching_title_idea());
		const looking = await pageOf('nadia', { javaScript: true, phone: true });
		const idea = nadia.url().replace('/avec-qui', '');
		for (const page of [nadia.url(), idea, `${address}/idees`, `${address}/idees/nouvelle`]) await looksRight(looking, page);
		await nadia.goto(idea);
		await nadia.getByRole('button', { name: m.ideas_become_it() }).click();
		expect(nadia.url()).toContain('/cooperations/');
		expect(await nadia.getByRole('heading', { level: 1 }).textContent()).toContain('bal des saisons');

		const nobody = await pageOf(null, { javaScript: false });
		await nobody.goto(`${address}/idees?etat=devenues`);
		await nobody.getByRole('link', { name: sentence }).click();
		expect(await nobody.getByText(m.ideas_became_private()).count()).toBe(1);
		expect(await nobody.getByRole('button', { name: m.ideas_join_it() }).count()).toBe(0);
		await rose.goto(await linkFor('rose@example.org'));
		expect(await rose.getByText(m.ideas_became_title()).count()).toBeGreaterThan(0);
		await rose.getByRole('button', { name: m.ideas_leave_link() }).click();
		expect(await db.selectFrom('ideaVoices').select('id').where('email', '=', 'rose@example.org').execute()).toEqual([]);
	}
);
