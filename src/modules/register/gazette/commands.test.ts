import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { inTransaction } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { m } from '#words';
import { testWorld } from '../../../../tests/world.ts';
import { bringRegister } from '../commands.server.ts';
import { counts, type Counts } from '../commands/account.server.ts';
import { goOn } from '../commands/importing.server.ts';
import { rejectedFile } from '../queries.server.ts';
import { indexRecords } from '../finding/commands.server.ts';
import { announcedOf } from './queries.server.ts';

const { db, url, as, world, later } = await testWorld();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-gazette-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const system = { is: 'system', name: 'import' } as const;
const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);

const bring = (file: string): Promise<number> =>
	inTransaction(db, { actor: system, now: new Date(), mode: 'write' }, (context) => bringRegister(context, { file }));
async function read(file: string): Promise<{ id: number; counts: Counts }> {
	const id = await bring(file);
	let last: Counts | null = null;
	for await (const progress of goOn({ url, id, dataFolder: folder })) if (progress.is === 'done') last = progress.counts;
	return { id, counts: last! };
}
const place = (name: string, text: string | Buffer): string => {
	const file = path.join(folder, name);
	fs.writeFileSync(file, text);
	return file;
};
const sums = (one: Counts) => counts.filter((name) => name !== 'read').reduce((sum, name) => sum + one[name], 0);
const header = 'source;id;typeavis;etatavis;dateparution;numero_rna;titre;objet;dca_siren';
const line = (rna: string, kind: string, on: string, over = '') => `joafe;1;${kind};Initial;${on};${rna};Le Banc;jouer;${over}`;

test('a file enters once; each row that is left aside says why, what is of nobody known is said, and no sum is short', async () => {
	await db
		.insertInto('officialBodies')
		.values({
			source: 'rna-waldec',
			key: 'W751000009',
			name: 'LE BANC',
			kind: 'association',
			active: true,
			fingerprint: 1,
			importId: 1,
			changedAt: later
		})
		.execute();
	const rows = [
		line('W751000009', 'Création', '2024-03-05'),
		line('W751000009', 'Création', '2024-03-05'),
		line('W751000009', 'Modification', '2025-06-03'),
		line('W751000008', 'Création', '2026-01-06'),
		'dca;2;;;2026-02-03;;Le Banc;;732829320',
		line('', 'Création', '2026-01-06'),
		line('W7510', 'Création', '2026-01-06'),
		line('W751000009', 'Création', '06 janvier'),
		'coupée;3',
		'=cmd|1;4;Création;Initial;2026-01-06;;=cmd|1;;'
	];
	const text = `\ufeff${[header, ...rows].join('\r\n')}\r\n`;
	const file = place('jo.csv', text);
	const { id, counts: first } = await read(file);
	expect(first).toMatchObject({ read: 10, added: 4, repeated: 1, rejected: 5, unchanged: 0 });
	expect(sums(first)).toBe(first.read);
	const rejected = fs.readFileSync(rejectedFile(folder, id), 'utf8');
	for (const [at, why] of [
		[7, 'aucun numéro pour «\u00a0Le Banc'],
		[8, 'W7510'],
		[9, '06 janvier'],
		[10, '2 colonnes'],
		[11, 'aucun numéro']
	])
		expect(rejected).toMatch(new RegExp(`^${at};.*${why}`, 'm'));
	const { remarks } = await db.selectFrom('officialImports').select('remarks').where('id', '=', id).executeTakeFirstOrThrow();
	expect(remarks).toEqual([{ code: 'register.remark-strangers', details: { n: 2 } }]);
	// The same, read again or in another wrapping, writes nothing.
	for (const same of [file, place('jo.csv.gz', gzipSync(text)), place('latin.csv', Buffer.from(text.slice(1), 'latin1'))]) {
		const { counts: again } = await read(same);
		expect(again).toMatchObject({ read: 10, added: 0, unchanged: 4, rejected: 5 });
		expect(sums(again)).toBe(again.read);
	}
	await as('nadia')(async (context) => {
		expect(await announcedOf(context, { sirens: [], rnas: ['W751000009'] })).toEqual({
			latest: { kind: 'changed', on: '2025-06-03' },
			dissolvedOn: null
		});
		expect(await announcedOf(context, { sirens: ['732829320'], rnas: [] })).toMatchObject({ latest: { kind: 'accounts' } });
		expect(await announcedOf({ ...context, actor: { is: 'stranger' } }, { sirens: [], rnas: ['W751000009'] })).toEqual({
			latest: null,
			dissolvedOn: null
		});
	});
});

test('a dissolution holds until it is taken back; of two associations in one structure, both must be dissolved', async () => {
	const rows = [line('W751000010', 'Dissolution', '2025-09-02'), line('W751000011', 'Création', '2012-01-03')];
	await read(place('end.csv', [header, ...rows].join('\n')));
	const dissolved = (rnas: string[]) =>
		as('nadia')(async (context) => (await announcedOf(context, { sirens: [], rnas })).dissolvedOn);
	expect(await dissolved(['W751000010'])).toBe('2025-09-02');
	expect(await dissolved(['W751000010', 'W751000011'])).toBe(null);
	await read(place('back.csv', `${header}\njoafe;1;Dissolution;Annulation;2025-09-30;W751000010;Le Banc;;\n`));
	expect(await dissolved(['W751000010'])).toBe(null);
});

test('cut between two steps, it goes on from the last, and counts what an uncut reading counts', async () => {
	const rows = Array.from({ length: 12_000 }, (_, n) => line(`W75${String(2_000_000 + n)}`, 'Création', '2025-01-07'));
	rows[7000] = line('', 'Création', '2025-01-07');
	const id = await bring(place('long.csv', [header, ...rows].join('\n')));
	for await (const progress of goOn({ url, id, dataFolder: folder })) if (progress.is === 'at work') break;
	let done: Counts | null = null;
	for await (const progress of goOn({ url, id, dataFolder: folder })) if (progress.is === 'done') done = progress.counts;
	expect(done).toMatchObject({ read: 12_000, added: 11_999, rejected: 1, repeated: 0 });
	expect(fs.readFileSync(rejectedFile(folder, id), 'utf8').trimEnd().split('\r\n')).toHaveLength(2);
	const { remarks } = await db.selectFrom('officialImports').select('remarks').where('id', '=', id).executeTakeFirstOrThrow();
	expect(remarks).toEqual([{ code: 'register.remark-strangers', details: { n: 11_999 } }]);
});

test('what is no such file is refused in words, and nothing of it stays', async () => {
	const before = await db.selectFrom('officialAnnouncements').select(db.fn.countAll().as('n')).executeTakeFirstOrThrow();
	const whole = gzipSync([header, ...Array.from({ length: 50 }, () => line('W751000012', 'Création', '2025-01-07'))].join('\n'));
	for (const [file, code] of [
		[place('vide.csv', ''), 'register.file-empty'],
		[place('autre.csv', 'titre;dateparution;typeavis\nLe Banc;2026-01-06;Création\n'), 'register.other-columns'],
		[place('coupe.csv.gz', whole.subarray(0, whole.length - 30)), 'register.zip-broken'],
		[place('faux.csv.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4])), 'register.zip-broken']
	] as const) {
		const problem = await read(file).catch((one: unknown) => one);
		expect(problem).toBeInstanceOf(Refused);
		expect((problem as Refused).code).toBe(code);
	}
	expect(await db.selectFrom('officialAnnouncements').select(db.fn.countAll().as('n')).executeTakeFirstOrThrow()).toEqual(before);
});

test(
	'at the end of a reading, ranks know what was published: among the registers and in the directory',
	{ timeout: 120_000 },
	async () => {
		await db.updateTable('officialBodies').set({ declaredOn: null }).where('key', '=', 'W751000009').execute();
		await indexRecords(db, later);
		const nadia = world.structures.nadia;
		const rank = async () => ({
			life: (await db.selectFrom('officialWords').select('life').executeTakeFirstOrThrow()).life,
			lives: (await db.selectFrom('organisations').select('lives').where('id', '=', nadia).executeTakeFirstOrThrow()).lives
		});
		// Nobody here says anything of it.
		await db.updateTable('managers').set({ until: later }).execute();
		await db.updateTable('organisations').set({ lives: false }).execute();
		await db.deleteFrom('officialAnnouncements').execute();
		await db.updateTable('officialWords').set({ life: 1 }).execute();
		await db
			.insertInto('organisationIdentifiers')
			.values({ organisationId: nadia, kind: 'rna', value: 'W751000009', source: 'declared', addedAt: later })
			.execute();
		const run = (name: string, ...rows: string[]) =>
			promisify(execFile)(process.execPath, ['scripts/import.ts', place(name, [header, ...rows].join('\n'))], {
				env: { ...process.env, DATABASE_URL: url, ENSEMBLIER_DATA: folder }
			});
		await run('alive.csv', line('W751000009', 'Modification', days(40)));
		expect(await rank()).toEqual({ life: 2, lives: true });
		const { stdout } = await run(
			'dead.csv',
			line('W751000009', 'Dissolution', days(10)),
			line('W751000099', 'Création', days(40))
		);
		expect(stdout).toContain(m.register_remark_strangers({ n: 1 }));
		expect(await rank()).toEqual({ life: 0, lives: false });
		await run('back.csv', `joafe;1;Dissolution;Annulation;${days(3)};W751000009;Le Banc;;`);
		expect(await rank()).toEqual({ life: 2, lives: true });
	}
);
