import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { afterAll, expect, test } from 'vitest';
import { m } from '#words';
import { post } from '#modules/notices/commands.server.ts';
import { allow, inTransaction } from '#platform/context.server.ts';
import { connect } from '#platform/database/connection.server.ts';
import { plantWorld } from '../seeds/world.ts';
import { smtpServer } from '../tests/smtp.ts';
import { openBrowser } from './browser.ts';
import { startProduct } from './product.ts';

const smtp = await smtpServer();
afterAll(smtp.close);
const { address, databaseUrl } = await startProduct({ SMTP_URL: smtp.url, MAIL_FROM: 'Ensemblier <nous@exemple.org>' });
const db = connect(databaseUrl, { connections: 2 });
afterAll(() => db.destroy());
const world = await plantWorld(db, new Date());
const { visitor } = await openBrowser();

/** The text of the last mail with that subject after so many others, once it has arrived; the test's own limit ends the wait. */
async function arrived(email: string, subject: string, before: number): Promise<string> {
	for (;;) {
		for (const { to, raw } of smtp.messages.slice(before).toReversed())
			if (to.includes(email)) {
				const mail = await PostalMime.parse(raw);
				if (mail.subject === subject) return mail.text!;
			}
		await sleep(50);
	}
}

async function enterAs(email: string) {
	const page = await visitor();
	await page.goto(`${address}/entrer`);
	await page.getByLabel(m.people_email()).first().fill(email);
	const before = smtp.messages.length;
	await page.getByRole('button', { name: m.people_enter_send() }).click();
	const text = await arrived(email, m.people_entry_mail_subject(), before);
	await page.goto(/http\S+\/entrer\/\S+/.exec(text)![0]);
	await page.getByRole('button', { name: m.people_enter() }).click();
	return page;
}

test('a link that is asked for arrives, signs in, and is not kept; its administrator shares the care of the instance', async () => {
	const page = await enterAs('agathe@example.org');
	await page.goto(`${address}/administration/courriels?etat=sent`);
	await page.getByRole('link', { name: m.people_entry_mail_subject() }).click();
	expect(await page.getByText(m.administration_mail_emptied()).count()).toBe(1);
	await page.goto(`${address}/administration/personnes?q=nadia`);
	await page.getByText(m.administration_person_acts({ name: 'Nadia Benali' })).click();
	await page.getByRole('button', { name: m.administration_name() }).click();
	expect(await page.getByRole('status').textContent()).toContain(m.administration_named({ name: 'Nadia Benali' }));
	const nadia = await enterAs('nadia@example.org');
	await nadia.goto(`${address}/administration`);
	expect(await nadia.getByText(m.administration_administrators({ n: 2 })).count()).toBe(1);
	const odile = await enterAs('odile@example.org');
	expect((await odile.goto(`${address}/administration`))?.status()).toBe(403);
});

test('the link under a mail opens a page; its button stops such mails, without signing in', async () => {
	const now = new Date();
	await inTransaction(db, { actor: { is: 'system', name: 'test' }, now, mode: 'write' }, (context) =>
		post(allow(context, true), now, {
			to: { name: 'Odile Marchand', email: 'odile@example.org' },
			subject: 'Des nouvelles',
			letter: { title: 'Des nouvelles', paragraphs: [] },
			kind: 'notices',
			stop: { personId: world.actors.odile.id }
		})
	);
	const odile = await enterAs('odile@example.org');
	const { stopToken } = await db
		.selectFrom('mails')
		.select('stopToken')
		.where('subject', '=', 'Des nouvelles')
		.executeTakeFirstOrThrow();
	const page = await visitor({ phone: true });
	await page.goto(`${address}/avis/${stopToken}`);
	await odile.goto(`${address}/compte/avis`);
	expect(await odile.getByRole('heading', { level: 1 }).textContent(), 'a link never acts').toBe(m.notices_title_day());
	await page.getByLabel(m.notices_rhythm_never()).check();
	await page.getByRole('button', { name: m.notices_choose() }).click();
	expect(await page.getByRole('status').textContent()).toContain(m.notices_choices_kept());
	await odile.reload();
	expect(await odile.getByRole('heading', { level: 1 }).textContent()).toBe(m.notices_title_never());
});
