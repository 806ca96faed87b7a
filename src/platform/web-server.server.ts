import http from 'node:http';
import type net from 'node:net';
import type { Duplex } from 'node:stream';
import { constants } from 'node:zlib';
import compression from 'compression';
import { m } from '#words';
import { CannotStart } from './cannot-start.ts';
import { plainPage, type PlainWords } from './plain-page.ts';

/** What answers one request. */
export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** The web server of an instance, once it listens. */
export type WebServer = {
	/** Where it listens, as a browser on this machine would write it. */
	address: string;
	/** Takes no more requests and waits for those under way. */
	close(): Promise<void>;
};

type Front = { address: string | null; proxies: number };

const compress = compression({
	threshold: 1024,
	// Quality 5 of brotli costs about what gzip costs, and makes a page a tenth smaller.
	brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
});

/** Listens, and hands each request to the handler as soon as that is ready. */
export async function openWebServer(options: {
	host: string;
	port: number;
	front: Front;
	/** What a request may weigh, in bytes; the pages count those that do not say what they weigh. */
	largestBody: number;
	/** Addresses that take a larger file: what stands behind them reads the request itself, once it knows who sends it. */
	uploads?: readonly string[];
	handler: Promise<Handler>;
}): Promise<WebServer> {
	const { front, largestBody, handler, uploads = [] } = options;
	const server = http.createServer(async (request, response) => {
		tellOrigin(request, front);
		secure(response, front);
		if (fromElsewhere(request)) return refuseElsewhere(response);
		if (request.method === 'POST' && uploads.includes(request.url?.split('?', 1)[0] ?? '')) {
			// The pages count what they read: of this request they are told no length, and read nothing.
			delete request.headers['content-length'];
			delete request.headers['transfer-encoding'];
		} else {
			if (Number(request.headers['content-length']) > largestBody) return refuseTooBig(request, response, largestBody);
			endSlow(request, response);
		}
		const handle = await handler;
		compress(request as never, response as never, () => handle(request, response));
	});
	server.requestTimeout = uploads.length ? largePatience : patienceWithForms;
	server.on('clientError', refuseUnread);
	await listen(server, options);
	const { port } = server.address() as net.AddressInfo;
	const local = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(options.host);
	return {
		address: `http://${local ? 'localhost' : options.host}:${port}`,
		close: () => close(server)
	};
}

/**
 * Tells SvelteKit under which address it was asked. With a public address set, nothing that a client claims counts;
 * without one, it is the Host that the browser itself wrote, so that every name of this machine works.
 */
function tellOrigin({ headers, socket }: http.IncomingMessage, { address, proxies }: Front): void {
	const chosen = address ? new URL(address) : null;
	headers['x-forwarded-proto'] = chosen ? chosen.protocol.slice(0, -1) : 'http';
	headers['x-forwarded-host'] = chosen ? chosen.host : headers.host;
	headers['x-forwarded-for'] = whoAsks(String(headers['x-forwarded-for'] ?? ''), proxies) ?? socket.remoteAddress;
}

/** How long a form may take to come, and a large file over a slow line, in milliseconds. */
const patienceWithForms = 300_000;
const largePatience = 12 * 3_600_000;

/** A request that takes longer to come than a form ever does holds its connection for nothing. */
function endSlow(request: http.IncomingMessage, response: http.ServerResponse): void {
	const timer = setTimeout(() => {
		const words = { title: m.shell_refused_title(), advice: m.shell_refused_text() };
		if (!response.headersSent) answerPlainly(response, 408, words, { connection: 'close' });
	}, patienceWithForms);
	timer.unref();
	for (const event of ['end', 'close'] as const) request.once(event, () => clearTimeout(timer));
}

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/** A form that another site sent, or that comes under an address which is not this one's. SvelteKit refuses it too, in English and without a page. */
function fromElsewhere({ method = 'GET', headers }: http.IncomingMessage): boolean {
	const type = headers['content-type']?.split(';')[0]!.trim().toLowerCase();
	if (!type || !formTypes.includes(type) || !['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return false;
	return headers.origin !== `${String(headers['x-forwarded-proto'])}://${String(headers['x-forwarded-host'])}`;
}

function refuseElsewhere(response: http.ServerResponse): void {
	const words = { title: m.platform_form_from_elsewhere(), advice: m.platform_form_from_elsewhere_advice() };
	answerPlainly(response, 403, words, { connection: 'close' });
}

/**
 * More than a request may weigh. A browser reads the answer only when it has sent all it has: what comes is let go by unread, as
 * long as somebody sends it in good faith.
 */
function refuseTooBig(request: http.IncomingMessage, response: http.ServerResponse, largestBody: number): void {
	let bytes = 0;
	request.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes > 20 * largestBody) request.destroy();
	});
	const advice = m.platform_too_big_advice({ megabytes: Math.floor(largestBody / 2 ** 20) });
	request.once('end', () => answerPlainly(response, 413, { title: m.platform_too_big(), advice }));
}

/** What could not even be read as a request: an address or cookies without end, a line that is no HTTP, somebody too slow. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
	if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
	const [status, words]: [string, PlainWords] =
		error.code === 'HPE_HEADER_OVERFLOW'
			? ['431 Request Header Fields Too Large', { title: m.platform_too_long(), advice: m.platform_too_long_advice() }]
			: error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
				? ['408 Request Timeout', { title: m.shell_refused_title(), advice: m.shell_refused_text() }]
				: ['400 Bad Request', { title: m.shell_refused_title(), advice: m.shell_refused_text() }];
	socket.end(`HTTP/1.1 ${status}\r\ncontent-type: text/html; charset=utf-8\r\nconnection: close\r\n\r\n${plainPage(words)}`);
}

function answerPlainly(
	response: http.ServerResponse,
	status: number,
	words: PlainWords,
	headers: Record<string, string> = {}
): void {
	response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
	response.end(plainPage(words));
}

/** Only the servers that the operator placed in front may say who asks: each adds one address, so the rest was claimed. */
function whoAsks(forwarded: string, proxies: number): string | undefined {
	return proxies ? forwarded.split(',').at(-proxies)?.trim() || undefined : undefined;
}

/** Headers for every answer; the policy of content, with its nonces, is SvelteKit's. */
function secure(response: http.ServerResponse, { address }: Front): void {
	response.setHeader('X-Content-Type-Options', 'nosniff');
	response.setHeader('Referrer-Policy', 'same-origin');
	response.setHeader('X-Frame-Options', 'DENY');
	response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
	// A page belongs to the one who asked for it; the files of the pages say for themselves how long they last.
	response.setHeader('Cache-Control', 'private, no-cache');
	response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
	if (address?.startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}

function listen(server: http.Server, { host, port }: { host: string; port: number }): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE') reject(new CannotStart(m.platform_port_taken({ host, port })));
			else if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
				reject(new CannotStart(m.platform_host_unknown({ host })));
			else reject(error);
		});
		server.listen(port, host, resolve);
	});
}

const patience = 30_000;

function close(server: http.Server): Promise<void> {
	return new Promise((resolve) => {
		// A connection that was kept open for a next request would hold the server until it is idle long enough.
		const sweep = setInterval(() => server.closeIdleConnections(), 100);
		const end = setTimeout(() => server.closeAllConnections(), patience);
		server.close(() => {
			clearInterval(sweep);
			clearTimeout(end);
			resolve();
		});
		server.closeIdleConnections();
	});
}
