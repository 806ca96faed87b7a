import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { m } from '#words';
import { readSettings, type Settings } from './settings.ts';

const plain: Settings = {
	databaseUrl: null,
	dataFolder: path.resolve('data'),
	host: '127.0.0.1',
	port: 3000,
	address: null,
	proxies: 0,
	smtpUrl: null,
	mailFrom: null,
	keeper: null,
	phone: null
};

test.each<[string, Record<string, string>, Partial<Settings>]>([
	['nothing is needed', {}, {}],
	['a blank variable says nothing', { PORT: ' ', DATABASE_URL: '', SMTP_URL: '' }, {}],
	[
		'a server',
		{ DATABASE_URL: 'postgresql://me:secret@db.example/ours' },
		{ databaseUrl: 'postgresql://me:secret@db.example/ours' }
	],
	['a folder', { ENSEMBLIER_DATA: '/srv/ensemblier' }, { dataFolder: '/srv/ensemblier' }],
	['a port that the machine chooses', { PORT: '0' }, { port: 0 }],
	['every address of the machine', { HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
	['the same, by IPv6', { HOST: '::' }, { host: '::' }],
	['this machine, by IPv6', { HOST: '::1' }, { host: '::1' }],
	[
		'a public address loses its final slash',
		{ ENSEMBLIER_ADDRESS: 'https://ensemblier.example/' },
		{ address: 'https://ensemblier.example' }
	],
	['a public address keeps its port', { ENSEMBLIER_ADDRESS: 'http://10.0.0.7:8080' }, { address: 'http://10.0.0.7:8080' }],
	['a server in front', { ENSEMBLIER_PROXIES: '1' }, { proxies: 1 }],
	[
		'who keeps it',
		{ ENSEMBLIER_KEEPER: 'La maison de Valsorbier', ENSEMBLIER_PHONE: '+33 (0)4 00 00 00 00' },
		{ keeper: 'La maison de Valsorbier', phone: '+33 (0)4 00 00 00 00' }
	],
	[
		'mail',
		{ SMTP_URL: 'smtps://me:secret@mail.example:465', MAIL_FROM: 'La vallée <bonjour@vallee.example>' },
		{ smtpUrl: 'smtps://me:secret@mail.example:465', mailFrom: 'La vallée <bonjour@vallee.example>' }
	],
	['a sender alone, before its server is known', { MAIL_FROM: 'bonjour@vallee.example' }, { mailFrom: 'bonjour@vallee.example' }]
])('%s', (_, env, expected) => {
	expect(readSettings(env)).toEqual({ settings: { ...plain, ...expected } });
});

test.each<[string, string, string]>([
	['DATABASE_URL', 'mysql://db.example/ours', m.platform_setting_database()],
	['DATABASE_URL', 'db.example', m.platform_setting_database()],
	['PORT', '70000', m.platform_setting_port()],
	['PORT', '3000a', m.platform_setting_port()],
	['PORT', '-1', m.platform_setting_port()],
	['HOST', 'http://localhost', m.platform_setting_host()],
	['HOST', 'localhost:3000', m.platform_setting_host()],
	['ENSEMBLIER_ADDRESS', 'ensemblier.example', m.platform_setting_address()],
	['ENSEMBLIER_ADDRESS', 'https://ensemblier.example/outil', m.platform_setting_address()],
	['ENSEMBLIER_ADDRESS', 'ftp://ensemblier.example', m.platform_setting_address()],
	['ENSEMBLIER_PROXIES', 'yes', m.platform_setting_proxies()],
	['SMTP_URL', 'mail.example', m.platform_setting_smtp()],
	['MAIL_FROM', 'La vallée', m.platform_setting_mail_from()],
	['MAIL_FROM', 'a@b.example\r\nBcc: c@d.example', m.platform_setting_mail_from()]
])('%s=%j is refused in words', (name, value, sentence) => {
	const others = name === 'SMTP_URL' ? { MAIL_FROM: 'bonjour@vallee.example' } : {};
	expect(readSettings({ ...others, [name]: value })).toEqual({ mistakes: [sentence] });
});

test('mail without a sender is refused', () => {
	expect(readSettings({ SMTP_URL: 'smtp://mail.example' })).toEqual({ mistakes: [m.platform_setting_mail_from_missing()] });
});

test('every mistake is told at once', () => {
	expect(readSettings({ PORT: 'x', ENSEMBLIER_ADDRESS: 'x', SMTP_URL: 'smtp://mail.example' })).toEqual({
		mistakes: [m.platform_setting_port(), m.platform_setting_address(), m.platform_setting_mail_from_missing()]
	});
});

test.each([['README.md'], ['docs/exploitation.md']])('%s lists every setting', (file) => {
	const root = path.resolve(import.meta.dirname, '../..');
	const names = readFileSync(path.join(root, 'src/platform/settings.ts'), 'utf8').matchAll(/^\t\t([A-Z_]+): text/gm);
	const listed = readFileSync(path.join(root, file), 'utf8');
	const wanted = [...names].map(([, name]) => name!);
	expect(wanted).toContain('ENSEMBLIER_ADDRESS');
	for (const name of wanted) expect(listed).toContain(`\`${name}\``);
});
