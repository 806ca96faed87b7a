import { newToken, hashToken } from '#platform/secrets.server.ts';
import { connect } from '#platform/database/connection.server.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { plantWorld, type Name, type World } from '../seeds/world.ts';
import { openBrowser } from './browser.ts';
import { startProduct } from './product.ts';

/** A running product that holds the small world, and pages on which somebody has signed in. */
export async function openWorld() {
	const product = await startProduct();
	const db = connect(product.databaseUrl, { connections: 2 });
	afterAll(() => db.destroy());
	const world: World = await plantWorld(db);
	const { visitor } = await openBrowser();

	/** Signs somebody in without the mail: the mail's own journey is tested apart. */
	async function signIn(context: BrowserContext, name: Name): Promise<void> {
		const token = newToken();
		const now = new Date();
		await db
			.insertInto('sessions')
			.values({
				tokenHash: hashToken(token),
				personId: world.actors[name].id,
				createdAt: now,
				expiresAt: new Date(now.getTime() + 3_600_000)
			})
			.execute();
		await context.addCookies([{ name: 'session', value: token, url: product.address }]);
	}

	/** A page of somebody, as the product shows it to them; without a name, of a stranger. */
	async function pageOf(name: Name | null, options: { javaScript?: boolean; phone?: boolean } = {}): Promise<Page> {
		const page = await visitor(options);
		if (name) await signIn(page.context(), name);
		return page;
	}
	/** The text of the last mail of a kind to somebody. */
	const lastMail = async (kind: string, email: string): Promise<string> =>
		(
			await db
				.selectFrom('mails')
				.select('text')
				.where('kind', '=', kind)
				.where('toEmail', '=', email)
				.orderBy('queuedAt', 'desc')
				.limit(1)
				.executeTakeFirstOrThrow()
		).text;

	/** Begins the cooperation two months ago, so that something of it can be behind. */
	const beganTwoMonthsAgo = () =>
		db
			.updateTable('cooperations')
			.set({ begunAt: new Date(Date.now() - 60 * 86_400_000) })
			.where('id', '=', world.cooperation.id)
			.execute();

	return { ...product, db, world, visitor, pageOf, lastMail, beganTwoMonthsAgo };
}
