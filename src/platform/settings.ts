import path from 'node:path';
import { m } from '#words';
import { z } from 'zod';

/** What whoever runs an instance may decide, all of it by environment variables. */
export type Settings = {
	/** The PostgreSQL to use; null: the embedded one, in the data folder. */
	databaseUrl: string | null;
	/** Where files and the embedded database are kept. */
	dataFolder: string;
	host: string;
	/** 0 lets the machine choose. */
	port: number;
	/** The public address that links are built from, without a final slash; null: http://localhost and the port. */
	address: string | null;
	/** How many servers stand in front and tell who asks in X-Forwarded-For; 0: nobody is believed. */
	proxies: number;
	/** The server that takes our mail; null: mail waits in the outbox. */
	smtpUrl: string | null;
	/** Who keeps this instance, and whom to telephone: said at the foot of every page. */
	keeper: string | null;
	phone: string | null;
	/** Who our mail comes from; given whenever smtpUrl is. */
	mailFrom: string | null;
};

type Environment = Record<string, string | undefined>;

const addressOf = (protocols: string[], whole: boolean) => (text: string) => {
	const url = URL.parse(text);
	if (!url || !protocols.includes(url.protocol) || !url.hostname) return false;
	return !whole || (url.pathname === '/' && !url.search && !url.hash && !url.username);
};

// An empty variable is one that was left blank in a file of settings: it says nothing.
const text = z.preprocess(
	(value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
	z.string().optional()
);

const whole = (largest: number) => (value: string) => /^\d{1,5}$/.test(value) && Number(value) <= largest;
const absent = (check: (value: string) => boolean) => (value: string | undefined) => value === undefined || check(value);

const environment = z
	.object({
		DATABASE_URL: text.refine(absent(addressOf(['postgres:', 'postgresql:'], false)), m.platform_setting_database()),
		ENSEMBLIER_DATA: text.refine(
			absent((folder) => !folder.includes('\0')),
			m.platform_setting_data()
		),
		HOST: text.refine(
			absent((host) => /^[\w.:-]+$/.test(host) && !/:\d+$/.test(host.replace(/^.*::/, ''))),
			m.platform_setting_host()
		),
		PORT: text.refine(absent(whole(65_535)), m.platform_setting_port()),
		ENSEMBLIER_ADDRESS: text.refine(absent(addressOf(['http:', 'https:'], true)), m.platform_setting_address()),
		ENSEMBLIER_PROXIES: text.refine(absent(whole(9)), m.platform_setting_proxies()),
		SMTP_URL: text.refine(absent(addressOf(['smtp:', 'smtps:'], false)), m.platform_setting_smtp()),
		ENSEMBLIER_KEEPER: text.refine(
			absent((keeper) => keeper.trim().length <= 120),
			m.platform_setting_keeper()
		),
		ENSEMBLIER_PHONE: text.refine(
			absent((phone) => /^\+?[\d .()-]{3,30}$/.test(phone.trim())),
			m.platform_setting_phone()
		),
		MAIL_FROM: text.refine(
			absent((from) => /^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(from)),
			m.platform_setting_mail_from()
		)
	})
	.refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM, {
		error: m.platform_setting_mail_from_missing(),
		when: () => true
	});

/** Reads the settings, or tells every mistake at once, a sentence for each. */
export function readSettings(env: Environment): { settings: Settings } | { mistakes: string[] } {
	const read = environment.safeParse(env);
	if (!read.success) return { mistakes: read.error.issues.map(({ message }) => message) };
	const given = read.data;
	return {
		settings: {
			databaseUrl: given.DATABASE_URL ?? null,
			dataFolder: path.resolve(given.ENSEMBLIER_DATA ?? 'data'),
			host: given.HOST ?? '127.0.0.1',
			port: Number(given.PORT ?? 3000),
			address: given.ENSEMBLIER_ADDRESS ? new URL(given.ENSEMBLIER_ADDRESS).origin : null,
			proxies: Number(given.ENSEMBLIER_PROXIES ?? 0),
			smtpUrl: given.SMTP_URL ?? null,
			mailFrom: given.MAIL_FROM ?? null,
			keeper: given.ENSEMBLIER_KEEPER?.trim() ?? null,
			phone: given.ENSEMBLIER_PHONE?.trim() ?? null
		}
	};
}
