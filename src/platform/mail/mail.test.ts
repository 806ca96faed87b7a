import { createServer } from 'node:net';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { smtpServer, type SmtpBehaviour, type SmtpStandIn } from '../../../tests/smtp.ts';
import { invitation } from '../calendar.ts';
import { letter } from './letter.ts';
import { deliver, type Mail } from './mail.server.ts';

let server: SmtpStandIn;
beforeAll(async () => {
	server = await smtpServer();
});
afterAll(() => server.close());
beforeEach(() => {
	server.behaviour = 'accept';
	server.messages.length = 0;
});

const mail: Mail = {
	messageId: '<x4t9q@ensemblier.example>',
	date: new Date('2026-11-22T09:00:00Z'),
	from: { name: 'Ensemblier, vallée', email: 'coop@ensemblier.example' },
	replyTo: { name: 'Nadia Belkacem', email: 'nadia@treteaux.example' },
	to: { name: 'Théâtre "des Deux Rives"', email: 'rives@theatre.example' },
	subject: 'Réunion du 21 janvier\u00a0: où\u00a0?',
	text: 'Bonjour,\n.un point en début de ligne\nÀ bientôt 🎭\n'
};

test('an accepted mail arrives as it was written', async () => {
	expect(await deliver(server.url, { ...mail, unsubscribe: 'https://coop.example/stop?k=1' })).toBe('accepted');
	expect(server.messages).toHaveLength(1);
	const [got] = server.messages;
	expect(got!.from).toBe('coop@ensemblier.example');
	expect(got!.to).toEqual(['rives@theatre.example']);
	const read = await PostalMime.parse(got!.raw);
	expect(read.messageId).toBe(mail.messageId);
	expect(read.date).toBe('2026-11-22T09:00:00.000Z');
	expect(read.from).toEqual({ name: 'Ensemblier, vallée', address: 'coop@ensemblier.example' });
	expect(read.to).toEqual([{ name: 'Théâtre "des Deux Rives"', address: 'rives@theatre.example' }]);
	expect(read.replyTo).toEqual([{ name: 'Nadia Belkacem', address: 'nadia@treteaux.example' }]);
	expect(read.subject).toBe(mail.subject);
	expect(read.text).toBe(mail.text);
	const header = (key: string) => read.headers.filter((one) => one.key === key).map((one) => one.value);
	expect(header('auto-submitted')).toEqual(['auto-generated']);
	expect(header('x-auto-response-suppress')).toEqual(['OOF, AutoReply, DR, RN, NRN']);
	expect(header('list-unsubscribe')).toEqual(['<https://coop.example/stop?k=1>']);
});

test('an invitation is an alternative of the text, with its method', async () => {
	const content = invitation({
		uid: 'x4t9q@ensemblier.example',
		sequence: 0,
		starts: new Date('2027-01-21T17:30:00Z'),
		ends: new Date('2027-01-21T19:00:00Z'),
		zone: 'Europe/Paris',
		title: 'Réunion, la première',
		organiser: mail.from as { name: string; email: string },
		attendees: [{ name: 'Théâtre', email: mail.to.email, reply: 'needs-action' }],
		stamp: new Date('2026-11-22T09:00:00Z'),
		lastModified: new Date('2026-11-22T09:00:00Z')
	});
	const page = letter({ sender: 'Ensemblier', title: 'Une date est choisie', paragraphs: ['À bientôt.'] });
	const calendar = { method: 'REQUEST', content, filename: 'reunion.ics' } as const;
	expect(await deliver(server.url, { ...mail, ...page, calendar })).toBe('accepted');
	const raw = server.messages[0]!.raw.toString();
	// the part stands beside the text and the page, inside multipart/alternative
	const alternative = /Content-Type: multipart\/alternative;\s+boundary="([^"]+)"/.exec(raw)!;
	const parts = raw.split(`--${alternative[1]}`).slice(1, -1);
	expect(parts.map((part) => /Content-Type: ([^;\r]+)/.exec(part)![1])).toEqual(['text/plain', 'text/html', 'text/calendar']);
	expect(parts[2]).toMatch(/Content-Type: text\/calendar; charset=utf-8;\s+method=REQUEST/);

	const read = await PostalMime.parse(raw);
	expect(read.text!.trimEnd()).toBe(page.text.trimEnd());
	expect(read.html!.trimEnd()).toBe(page.html.trimEnd());
	const beside = read.attachments.find(({ mimeType }) => mimeType === 'text/calendar')!;
	expect(beside.method).toBe('REQUEST');
	// the reader gives calendars with its own line ends
	expect(
		Buffer.from(beside.content as ArrayBuffer)
			.toString()
			.replace(/\r?\n/g, '\r\n')
	).toBe(content);
	// the same file, to save: its very bytes
	const saved = raw.split('Content-Type: application/ics; name=reunion.ics')[1]!.split('\r\n\r\n')[1]!.split('\r\n--')[0]!;
	expect(Buffer.from(saved, 'base64').toString()).toBe(content);
});

test('attachments keep their name and their bytes', async () => {
	const content = Uint8Array.from({ length: 300 }, (_, n) => n % 256);
	await deliver(server.url, {
		...mail,
		attachments: [{ filename: 'Convention signée.pdf', contentType: 'application/pdf', content }]
	});
	const [file] = (await PostalMime.parse(server.messages[0]!.raw)).attachments;
	expect(file!.filename).toBe('Convention signée.pdf');
	expect(file!.mimeType).toBe('application/pdf');
	expect(new Uint8Array(file!.content as ArrayBuffer)).toEqual(content);
});

test('what people write never becomes a header or another recipient', async () => {
	const line = '\r\nBcc: thief@elsewhere.example\r\n\r\nHello';
	await deliver(server.url, {
		...mail,
		subject: `Objet${line}`,
		from: { name: `Nom${line}`, email: 'coop@ensemblier.example' },
		to: { name: `Nom${line}, autre@elsewhere.example`, email: 'rives@theatre.example' }
	});
	expect(server.messages[0]!.to).toEqual(['rives@theatre.example']);
	const read = await PostalMime.parse(server.messages[0]!.raw);
	expect(read.bcc ?? []).toEqual([]);
	expect(read.to).toHaveLength(1);
	expect(read.text).toBe(mail.text);
});

const cases: [SmtpBehaviour, 'refused' | 'later' | 'unclear', number][] = [
	['refuse recipient', 'refused', 0],
	['refuse content', 'refused', 0],
	['refuse greeting', 'later', 0],
	['defer recipient', 'later', 0],
	['defer content', 'later', 0],
	['cut before data', 'later', 0],
	['cut after data', 'unclear', 1]
];
test.each(cases)('%s: %s', async (behaviour, outcome, received) => {
	server.behaviour = behaviour;
	const delivery = await deliver(server.url, mail);
	expect(Object.keys(delivery)).toEqual([outcome]);
	expect(Object.values(delivery)[0]).not.toBe('');
	expect(server.messages).toHaveLength(received);
});

test('a wrong password is not a refusal of the mail, and the right one lets it through', async () => {
	const url = server.url.replace('//', '//coop:secret@');
	server.behaviour = 'refuse sign-in';
	expect(await deliver(url, mail)).toHaveProperty('later');
	server.behaviour = 'accept';
	expect(await deliver(url, mail)).toBe('accepted');
});

test('nobody listens: later', async () => {
	const gone = await smtpServer();
	await gone.close();
	expect(await deliver(gone.url, mail)).toHaveProperty('later');
});

test('an address that no server could take is refused here', async () => {
	expect(await deliver(server.url, { ...mail, to: { email: '' } })).toHaveProperty('refused');
	expect(server.messages).toHaveLength(0);
});

test('cut in the middle of a large mail: the server had no end to accept', async () => {
	// smtp-server reads to the end of what it is sent; this one leaves after the first bytes of the content
	const half = createServer((socket) => {
		socket.on('error', () => {});
		socket.write('220 half\r\n');
		let content = false;
		socket.on('data', (data) => {
			if (content) return socket.destroy();
			for (const line of data.toString().split('\r\n').filter(Boolean)) {
				content = line === 'DATA';
				socket.write(content ? '354 go on\r\n' : '250 fine\r\n');
			}
		});
	});
	await new Promise<void>((resolve) => half.listen(0, '127.0.0.1', resolve));
	const { port } = half.address() as { port: number };
	const attachments = [{ filename: 'a.bin', contentType: 'application/octet-stream', content: new Uint8Array(30_000_000) }];
	expect(await deliver(`smtp://127.0.0.1:${port}`, { ...mail, attachments })).toHaveProperty('later');
	await new Promise((resolve) => half.close(resolve));
});
