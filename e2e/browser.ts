import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { findChromium } from '../scripts/chromium.ts';

const quiet = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	'--disable-quic'
];

/**
 * Opens one browser for the test file; each visitor has cookies of their own. Most journeys go without JavaScript,
 * as the pages must serve everybody.
 */
export async function openBrowser(): Promise<{
	visitor: (options?: { javaScript?: boolean; phone?: boolean }) => Promise<Page>;
}> {
	const executablePath = findChromium() ?? undefined;
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
	afterAll(() => browser.close());
	return {
		visitor: async ({ javaScript = false, phone = false } = {}) => {
			const context: BrowserContext = await browser.newContext({
				javaScriptEnabled: javaScript,
				locale: 'fr-FR',
				timezoneId: 'Europe/Paris',
				viewport: phone ? { width: 360, height: 740 } : { width: 1280, height: 800 }
			});
			return context.newPage();
		}
	};
}
