import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

type Found = { violations: { id: string; nodes: { target: unknown }[] }[] };

/** What axe finds on a page, and where: in a window that may run scripts, since the page itself sends none. */
export async function violations(page: Page, options: { runOnly?: string[] } = {}): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
	const found = await page.evaluate((asked) => {
		const { axe: tool } = window as unknown as { axe: { run: (options: object) => Promise<Found> } };
		return tool.run(asked);
	}, options);
	return found.violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => String(target)).join(', ')}`);
}

/** How many pixels of a page are beyond its window. */
export const sideways = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Goes to a page, which must fit its window and satisfy axe. */
export async function looksRight(page: Page, url: string): Promise<void> {
	await page.goto(url);
	expect(await sideways(page), url).toBeLessThanOrEqual(0);
	expect(await violations(page), url).toEqual([]);
}
