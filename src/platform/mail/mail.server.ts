import { createTransport, type SendMailOptions } from 'nodemailer';

export type Mailbox = { name?: string; email: string };
export type Mail = {
	/** given by whoever keeps the mail, and the same at each attempt: '<x4t9q@coop.example.org>' */
	messageId: string;
	/** when the mail was written; the same at each attempt */
	date?: Date;
	from: Mailbox;
	replyTo?: Mailbox;
	to: Mailbox;
	subject: string;
	text: string;
	html?: string;
	/** travels as an alternative of the text, so that mail clients show an invitation and not a file */
	calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string; filename: string };
	attachments?: { filename: string; contentType: string; content: Uint8Array }[];
	/** the page that stops such mails */
	unsubscribe?: string;
};
export type Delivery =
	| 'accepted'
	/** the server will never take this mail */
	| { refused: string }
	/** not taken, try again */
	| { later: string }
	/** handed over whole, and no answer came: sending it again could send it twice */
	| { unclear: string };

type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

const ofTheLetter = ['MAIL FROM', 'RCPT TO', 'DATA'];
const aboutSignIn = [530, 534, 535, 538];

function judge(error: SmtpError, handedOver: boolean): Delivery {
	const reason = error.message;
	const { responseCode: answer, command = '' } = error;
	if (answer) {
		// a 5xx to the greeting, to TLS or to the sign-in is about our settings and not about this mail
		return answer >= 500 && ofTheLetter.includes(command) && !aboutSignIn.includes(answer)
			? { refused: reason }
			: { later: reason };
	}
	// without an answer: an address that can't be written, or a mail larger than the server announced
	if (error.code === 'EENVELOPE' || (error.code === 'EMESSAGE' && command === 'MAIL FROM')) return { refused: reason };
	return handedOver ? { unclear: reason } : { later: reason };
}

function mailbox({ name, email }: Mailbox) {
	return { name: name ?? '', address: email };
}

/** Hands one mail to the SMTP server at `transportUrl` (smtp://user:password@host:port) and says what became of it; never throws. */
export async function deliver(transportUrl: string, mail: Mail): Promise<Delivery> {
	const message: SendMailOptions = {
		messageId: mail.messageId,
		date: mail.date,
		from: mailbox(mail.from),
		replyTo: mail.replyTo && mailbox(mail.replyTo),
		to: mailbox(mail.to),
		subject: mail.subject,
		text: mail.text,
		html: mail.html,
		icalEvent: mail.calendar,
		attachments: mail.attachments?.map(({ filename, contentType, content }) => ({
			filename,
			contentType,
			content: Buffer.from(content)
		})),
		headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply, DR, RN, NRN' },
		list: mail.unsubscribe ? { unsubscribe: { url: mail.unsubscribe } } : undefined,
		disableFileAccess: true,
		disableUrlAccess: true
	};

	let handedOver = false;
	let transport;
	try {
		transport = createTransport({ url: transportUrl, connectionTimeout: 30_000, greetingTimeout: 30_000 });
		transport.use('stream', ({ message: node }, done) => {
			const open = node.createReadStream.bind(node);
			// its end is the moment at which the last byte is given to the connection, just before the closing dot
			node.createReadStream = (options) => open(options).once('end', () => (handedOver = true));
			done();
		});
		await transport.sendMail(message);
		return 'accepted';
	} catch (error) {
		return judge(error as SmtpError, handedOver);
	} finally {
		transport?.close();
	}
}
