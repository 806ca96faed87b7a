import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What the server does with a mail; a cut closes the connection without a word. */
export type SmtpBehaviour =
	| 'accept'
	| 'refuse recipient'
	| 'refuse content'
	| 'refuse greeting'
	| 'refuse sign-in'
	| 'defer recipient'
	| 'defer content'
	| 'cut before data'
	| 'cut after data';
export type SmtpMessage = { from: string; to: string[]; raw: Buffer };
export type SmtpStandIn = {
	url: string;
	/** what was received whole, in order: a mail whose answer was cut off is among them */
	messages: SmtpMessage[];
	/** may be changed between two mails */
	behaviour: SmtpBehaviour;
	close: () => Promise<void>;
};

function answer(responseCode: number, message: string): Error {
	return Object.assign(new Error(message), { responseCode });
}

/** A real SMTP server in this process, on a port of its own, for tests that send mail. */
export async function smtpServer({ behaviour = 'accept' }: { behaviour?: SmtpBehaviour } = {}): Promise<SmtpStandIn> {
	const cut = (session: SMTPServerSession) => {
		for (const connection of server.connections) if (connection.session.id === session.id) connection._socket.destroy();
	};
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		authOptional: true,
		allowInsecureAuth: true,
		disableReverseLookup: true,
		logger: false,
		onConnect(_session, callback) {
			callback(standIn.behaviour === 'refuse greeting' ? answer(554, 'No service here') : undefined);
		},
		onAuth(auth, _session, callback) {
			if (standIn.behaviour === 'refuse sign-in') callback(answer(535, 'Authentication failed'));
			else callback(null, { user: auth.username });
		},
		onRcptTo(_address, session, callback) {
			if (standIn.behaviour === 'cut before data') cut(session);
			else if (standIn.behaviour === 'refuse recipient') callback(answer(550, 'No such mailbox'));
			else if (standIn.behaviour === 'defer recipient') callback(answer(450, 'Mailbox busy, try again'));
			else callback();
		},
		onData(stream, session, callback) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				if (standIn.behaviour === 'refuse content') return callback(answer(554, 'Refused as unwanted'));
				if (standIn.behaviour === 'defer content') return callback(answer(451, 'Local error, try again'));
				const { mailFrom, rcptTo } = session.envelope;
				standIn.messages.push({
					from: mailFrom ? mailFrom.address : '',
					to: rcptTo.map(({ address }) => address),
					raw: Buffer.concat(chunks)
				});
				if (standIn.behaviour === 'cut after data') cut(session);
				else callback();
			});
		}
	});
	// a client that leaves in the middle is part of what is tested
	server.on('error', () => {});
	const standIn: SmtpStandIn = {
		url: '',
		messages: [],
		behaviour,
		close: () => new Promise((resolve) => server.close(resolve))
	};
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	standIn.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
	return standIn;
}
