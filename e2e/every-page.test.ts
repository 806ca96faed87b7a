import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { connect } from '#platform/database/connection.server.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';
import { plantValley } from '../seeds/valley.ts';
import { sideways, violations } from './accessible.ts';
import { openBrowser } from './browser.ts';
import { startProduct } from './product.ts';

/*
 * Every kind of page that a volunteer, an accompagnatrice, an administrator and a stranger can reach by following links, in the
 * living valley: no violation that axe knows, nothing sideways at 320 px, no JavaScript, one title, light on the line.
 */
const { address, databaseUrl } = await startProduct();
const db = connect(databaseUrl, { connections: 2 });
await plantValley(db);
afterAll(() => db.destroy());
const { visitor } = await openBrowser();

async function sessionOf(email: string): Promise<string> {
	const { id } = await db.selectFrom('persons').select('id').where('email', '=', email).executeTakeFirstOrThrow();
	const token = newToken();
	const now = new Date();
	await db
		.insertInto('sessions')
		.values({ tokenHash: hashToken(token), personId: id, createdAt: now, expiresAt: new Date(now.getTime() + 3_600_000) })
		.execute();
	return token;
}

/** The kind of a page: its path without the codes and numbers of one thing. */
const kindOf = (path: string): string =>
	new URL(path, address).pathname
		.split('/')
		.map((part) =>
			/-[2-9b-z]{7}$/.test(part) ||
			/^[0-9a-f-]{36}$/.test(part) ||
			/^[\w-]{32}$/.test(part) ||
			/^(?!projets$)[2-9b-z]{7}$/.test(part)
				? '*'
				: part
		)
		.join('/');

const isPage = (href: string): boolean => {
	const url = new URL(href, address);
	return (
		url.origin === new URL(address).origin &&
		!/\.(ics|pdf|csv|xlsx|json|jsonld|xml|png|jpg|svg)$|\/versions\/\d+\/(document$|feuilles\/)/.test(url.pathname)
	);
};

/** Follows links to one page of each kind; gives the links that lead nowhere. */
async function crawl(page: Page, look: (path: string, kind: string) => Promise<void>): Promise<string[]> {
	const dead: string[] = [];
	const seen = new Set<string>();
	const waiting = ['/'];
	while (waiting.length) {
		const path = waiting.shift()!;
		const kind = kindOf(path);
		if (seen.has(kind)) continue;
		seen.add(kind);
		const answer = await page.goto(address + path);
		if (!answer || answer.status() >= 400) {
			dead.push(`${path}: ${answer?.status()}`);
			continue;
		}
		seen.add(kindOf(page.url()));
		await look(path, kind);
		const links = await page.locator('a[href]').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
		for (const href of links) if (isPage(href)) waiting.push(new URL(href).pathname + new URL(href).search);
	}
	return dead;
}

const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test.each<[string | null, string]>([
	['nadia@example.org', 'a volunteer'],
	['claire@example.org', 'an accompagnatrice'],
	['agathe@example.org', 'an administrator'],
	[null, 'a stranger']
])('%s: every page that %s can reach', { timeout: 600_000 }, async (email) => {
	// axe needs JavaScript of its own; the pages send none, which is looked at below.
	const page = await visitor({ javaScript: true });
	if (email) await page.context().addCookies([{ name: 'session', value: await sessionOf(email), url: address }]);
	const troubles: string[] = [];
	const dead = await crawl(page, async (path, kind) => {
		// What a search engine reads is data.
		const scripts = await page.locator('script:not([type="application/ld+json"])').count();
		if (scripts) troubles.push(`${kind}: ${scripts} scripts`);
		if ((await page.locator('h1').count()) !== 1) troubles.push(`${kind}: not one h1`);
		if (!(await page.title()).endsWith(' · Ensemblier')) troubles.push(`${kind}: title « ${await page.title()} »`);
		const html = await page.evaluate(async () => {
			const answer = await fetch(location.href, { headers: { 'accept-encoding': 'br' } });
			await answer.arrayBuffer();
			const [entry] = performance.getEntriesByName(location.href).toReversed() as PerformanceResourceTiming[];
			return entry?.encodedBodySize ?? 0;
		});
		if (html > 20_000) troubles.push(`${kind}: ${html} bytes`);
		for (const [width, scheme] of [
			[1280, 'light'],
			[360, 'dark']
		] as const) {
			await page.setViewportSize({ width, height: 800 });
			await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
			for (const one of await violations(page, { runOnly })) troubles.push(`${kind} (${width} ${scheme}): ${one}`);
		}
		await page.setViewportSize({ width: 320, height: 640 });
		const over = await sideways(page);
		if (over > 0) troubles.push(`${path}: ${over} px sideways at 320 px`);
		await page.setViewportSize({ width: 1280, height: 800 });
		await page.emulateMedia({ colorScheme: 'light' });
	});
	expect([...dead, ...troubles]).toEqual([]);
});
