import http from 'node:http';
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { m } from '#words';
import { CannotStart } from './cannot-start.ts';
import { openWebServer, type Handler, type WebServer } from './web-server.server.ts';

let opened: WebServer[] = [];

afterEach(async () => {
	await Promise.all(opened.map((server) => server.close()));
	opened = [];
});

const largestBody = 1_000_000;

async function open(
	handler: Handler | Promise<Handler>,
	front = { address: null as string | null, proxies: 0 },
	port = 0
): Promise<string> {
	const server = await openWebServer({
		host: '127.0.0.1',
		port,
		front,
		largestBody,
		uploads: ['/large'],
		handler: Promise.resolve(handler)
	});
	opened.push(server);
	return server.address;
}

function ask(url: string, headers: Record<string, string> = {}): Promise<{ text: string; headers: http.IncomingHttpHeaders }> {
	return new Promise((resolve, reject) => {
		http
			.get(url, { headers, agent: false }, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => resolve({ text: Buffer.concat(chunks).toString(), headers: response.headers }));
			})
			.once('error', reject);
	});
}

/** Answers with what the pages would be told about the request. */
const echo: Handler = ({ headers }, response) =>
	response.end([headers['x-forwarded-proto'], headers['x-forwarded-host'], headers['x-forwarded-for']].join(' '));

const forged = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '203.0.113.9' };

test('nothing that a client claims about the address counts', async () => {
	const plain = await open(echo);
	expect((await ask(plain, { ...forged, host: 'nas.local:3000' })).text).toBe('http nas.local:3000 127.0.0.1');
	const named = await open(echo, { address: 'https://ensemblier.example', proxies: 0 });
	expect((await ask(named, { ...forged, host: 'evil.example' })).text).toBe('https ensemblier.example 127.0.0.1');
});

test('a server that the operator placed in front tells who asks', async () => {
	const address = await open(echo, { address: 'https://ensemblier.example', proxies: 1 });
	const askThrough = (forwarded: string) => ask(address, { 'x-forwarded-for': forwarded });
	expect((await askThrough('203.0.113.9')).text).toBe('https ensemblier.example 203.0.113.9');
	expect((await askThrough('198.51.100.1, 203.0.113.9')).text).toBe('https ensemblier.example 203.0.113.9');
	expect((await ask(address)).text).toBe('https ensemblier.example 127.0.0.1');
});

test('of two servers in front, the farther one tells; what a client claimed before it does not count', async () => {
	const address = await open(echo, { address: 'https://ensemblier.example', proxies: 2 });
	const { text } = await ask(address, { 'x-forwarded-for': '198.51.100.1, 203.0.113.9, 10.0.0.2' });
	expect(text).toBe('https ensemblier.example 203.0.113.9');
	const direct = await ask(address, { 'x-forwarded-for': '203.0.113.9' });
	expect(direct.text).toBe('https ensemblier.example 127.0.0.1');
});

test('a form that another site sent is refused in words, before any page is asked; ours passes', async () => {
	const address = await open((_, response) => response.end('taken'));
	const send = (headers: Record<string, string>) =>
		fetch(address, { method: 'POST', headers, body: new URLSearchParams({ text: 'Une phrase.' }) });
	for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }] as Record<string, string>[]) {
		const answer = await send(headers);
		expect(answer.status).toBe(403);
		expect(await answer.text()).toContain(m.platform_form_from_elsewhere());
	}
	expect(await (await send({ origin: address })).text()).toBe('taken');
});

test('one address takes a larger file: whoever stands behind it is told no length, and reads it as it comes', async () => {
	const address = await open(async (request, response) => {
		let bytes = 0;
		for await (const piece of request as AsyncIterable<Buffer>) bytes += piece.length;
		response.end(`${request.headers['content-length']} ${bytes}`);
	});
	const send = (path: string) =>
		fetch(address + path, { method: 'POST', headers: { origin: address }, body: 'x'.repeat(3_000_000) });
	expect(await (await send('/large?depuis=ici')).text()).toBe('undefined 3000000');
	expect((await send('/larger')).status).toBe(413);
	expect(
		(await fetch(`${address}/large`, { method: 'POST', headers: { origin: 'https://evil.example' }, body: 'x' })).status
	).toBe(403);
});

test('what weighs too much is refused in words once it has been sent, and no page is asked; what fits passes', async () => {
	const address = await open((request, response) => {
		let bytes = 0;
		request.on('data', (chunk: Buffer) => (bytes += chunk.length)).once('end', () => response.end(`taken ${bytes}`));
	});
	const send = (bytes: number) =>
		fetch(address, {
			method: 'POST',
			headers: { origin: address, 'content-type': 'text/plain' },
			body: 'a'.repeat(bytes)
		});
	expect(await (await send(largestBody)).text()).toBe(`taken ${largestBody}`);
	const refused = await send(largestBody + 1);
	expect(refused.status).toBe(413);
	const said = await refused.text();
	expect(said).toContain(m.platform_too_big());
	expect(said).not.toContain('taken');
	// the same connection serves the next request
	expect(await (await send(10)).text()).toBe('taken 10');
});

test('an address without end is refused in words, and what is no request too', async () => {
	const address = await open((_, response) => response.end('taken'));
	const endless = await fetch(`${address}/?q=${'a'.repeat(20_000)}`);
	expect([endless.status, endless.headers.get('content-type')]).toEqual([431, 'text/html; charset=utf-8']);
	expect(await endless.text()).toContain(m.platform_too_long());
	const said = await new Promise<string>((resolve) => {
		const socket = net.connect(Number(new URL(address).port), '127.0.0.1', () => socket.write('pas du http\r\n\r\n'));
		let text = '';
		socket.on('data', (chunk) => (text += String(chunk))).once('close', () => resolve(text));
	});
	expect(said).toMatch(/^HTTP\/1\.1 400 /);
	expect(said).toContain(m.shell_refused_title());
});

test('browsers are held to https only where the public address is', async () => {
	expect((await ask(await open(echo))).headers['strict-transport-security']).toBeUndefined();
	const secure = await open(echo, { address: 'https://ensemblier.example', proxies: 1 });
	expect((await ask(secure)).headers['strict-transport-security']).toBe('max-age=31536000');
});

test('a request that comes before the pages are ready waits for them', async () => {
	const ready = Promise.withResolvers<Handler>();
	const answer = ask(await open(ready.promise));
	ready.resolve((_, response) => response.end('ready'));
	expect((await answer).text).toBe('ready');
});

test('closing finishes the request under way and takes no other', async () => {
	const arrived = Promise.withResolvers<http.ServerResponse>();
	const address = await open((_, response) => arrived.resolve(response));
	const underWay = ask(address);
	const response = await arrived.promise;
	const closed = opened[0]?.close();
	await expect(ask(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	response.end('finished');
	expect((await underWay).text).toBe('finished');
	await closed;
	opened = [];
});

test('a port that is taken is told in words', async () => {
	const { port } = new URL(await open(echo));
	await expect(open(echo, undefined, Number(port))).rejects.toThrow(
		new CannotStart(m.platform_port_taken({ host: '127.0.0.1', port }))
	);
});
