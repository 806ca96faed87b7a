import http from 'node:http';
import { expect, test } from 'vitest';
import { m } from '#words';
import { openBrowser } from './browser.ts';
import { startProduct } from './product.ts';

const { address } = await startProduct();
const { visitor } = await openBrowser();

test('a page that does not exist helps, in French, without JavaScript', async () => {
	const page = await visitor();
	const answer = await page.goto(`${address}/nulle-part`);
	expect(answer?.status()).toBe(404);
	expect(await page.locator('html').getAttribute('lang')).toBe('fr');
	expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
	expect(await page.locator('script').count()).toBe(0);
});

test.each(['br', 'gzip'])('pages travel compressed by %s, and may be kept by nobody else', async (encoding) => {
	const { headers } = await get(`${address}/nulle-part`, { 'accept-encoding': encoding });
	expect(headers['content-encoding']).toBe(encoding);
	expect(headers['cache-control']).toMatch(/private|no-store/);
	expect(headers['x-content-type-options']).toBe('nosniff');
	expect(headers['content-security-policy']).toContain("default-src 'none'");
});

test('files named by their content are kept for ever', async () => {
	const page = await visitor();
	await page.goto(`${address}/nulle-part`);
	const sheet = await page.locator('link[rel=stylesheet]').first().getAttribute('href');
	const { status, headers } = await get(new URL(sheet ?? '', `${address}/`).href, {});
	expect(status).toBe(200);
	expect(headers['cache-control']).toMatch(/immutable/);
});

test('a form posted from another site is refused', async () => {
	const { status } = await get(`${address}/nulle-part`, { origin: 'https://ailleurs.example' }, 'a=1');
	expect(status).toBe(403);
});

test('a form posted from here is not taken for one from elsewhere, by whatever name this machine is called', async () => {
	for (const origin of [address, address.replace('localhost', '127.0.0.1')]) {
		const { status } = await get(`${origin}/nulle-part`, { origin }, 'a=1');
		expect(status).not.toBe(403);
	}
});

test('told to stop, it finishes and says so', async () => {
	const product = await startProduct();
	expect(await product.stop()).toBe(0);
	expect(product.said()).toContain(m.platform_stopped());
});

/** Asks as plainly as can be: fetch would decompress, and choose headers of its own. */
function get(
	url: string,
	headers: Record<string, string>,
	form?: string
): Promise<{ status?: number; headers: http.IncomingHttpHeaders }> {
	return new Promise((resolve, reject) => {
		const request = http.request(url, {
			method: form ? 'POST' : 'GET',
			headers: form ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers
		});
		request.once('error', reject);
		request.once('response', (response) => {
			response.resume();
			response.once('end', () => resolve({ status: response.statusCode, headers: response.headers }));
		});
		request.end(form);
	});
}
