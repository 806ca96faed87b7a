import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { inTransaction } from '#platform/context.server.ts';
import { sharedFolder } from '../../../../tests/shared.ts';
import { testWorld } from '../../../../tests/world.ts';
import { bringRegister } from '../commands.server.ts';
import { counts, type Counts } from '../commands/account.server.ts';
import { goOn } from '../commands/importing.server.ts';
import { rejectedFile } from '../queries.server.ts';
import { latestGrant } from './queries.server.ts';

const { db, url, as } = await testWorld();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-grants-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const system = { is: 'system', name: 'import' } as const;

async function bring(file: string): Promise<number> {
	return inTransaction(db, { actor: system, now: new Date(), mode: 'write' }, (context) => bringRegister(context, { file }));
}
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
const header = 'nomAttribuant;dateConvention;nomBeneficiaire;idBeneficiaire;rnaBeneficiaire;objet;montant';

test('a file enters once, whatever it holds; each row that is left aside says why, and no sum is short', async () => {
	const rows = [
		'Ville;2026-03-04;Le Banc;73282932000074;;bal;1200',
		'Ville;2026-03-04;Le Banc;73282932000074;;bal;1200',
		'Ville;2024-03-04;Le Banc;;W751000009;fête;800,50',
		'Ville;2026-01-01;Arrondie;8,30E+13;;;10',
		'Ville;2026-01-01;Madame Exemple;;;;10',
		'Ville;2026-01-01;Le Banc;73282932000074;;;beaucoup',
		'Ville;;Le Banc;73282932000074;;;10',
		'coupée;2026',
		'=cmd|1;2026-01-01;;73282932000074;;;10'
	];
	const file = place('scdl.csv', Buffer.from(`\ufeff${[header, ...rows].join('\r\n')}\r\n`, 'utf8'));
	const { id, counts: first } = await read(file);
	expect(first).toMatchObject({ read: 9, added: 3, repeated: 1, rejected: 5, unchanged: 0 });
	expect(sums(first)).toBe(first.read);
	const rejected = fs.readFileSync(rejectedFile(folder, id), 'utf8');
	for (const [line, why] of [
		[6, 'aucun numéro'],
		[7, 'beaucoup'],
		[8, 'aucune date'],
		[9, '2 colonnes'],
		[10, 'aucun nom']
	])
		expect(rejected).toMatch(new RegExp(`^${line};.*${why}`, 'm'));
	const { rows: kept } = await sql<{
		unverified: number;
	}>`select numbers_unverified::int as unverified from official_imports where id = ${id}`.execute(db);
	expect(kept[0]!.unverified).toBe(1);
	const { counts: again } = await read(file);
	expect(again).toMatchObject({ read: 9, added: 0, unchanged: 3, rejected: 5 });
	expect(sums(again)).toBe(again.read);
	await as('nadia')(async (context) => {
		expect(await latestGrant(context, { sirens: ['732829320'], rnas: ['W751000009'] })).toEqual({
			giver: 'Ville',
			cents: 120_000,
			on: '2026-03-04',
			dayKnown: true
		});
		expect(await latestGrant(context, { sirens: [], rnas: ['W751000009'] })).toMatchObject({ cents: 80_050 });
		expect(await latestGrant({ ...context, actor: { is: 'stranger' } }, { sirens: ['732829320'], rnas: [] })).toBe(null);
	});
});

test('cut between two steps, it goes on from the last, and counts what an uncut reading counts', async () => {
	const rows = Array.from({ length: 12_000 }, (_, n) => `Ville;2025-01-01;Le Banc;73282932000074;;n° ${n};${n + 1}`);
	rows[7000] = 'Ville;2025-01-01;;;;;';
	const file = place('long.csv', [header, ...rows].join('\n'));
	const id = await bring(file);
	for await (const progress of goOn({ url, id, dataFolder: folder })) if (progress.is === 'at work') break;
	let done: Counts | null = null;
	for await (const progress of goOn({ url, id, dataFolder: folder })) if (progress.is === 'done') done = progress.counts;
	expect(done).toMatchObject({ read: 12_000, added: 11_999, rejected: 1, repeated: 0 });
	expect(fs.readFileSync(rejectedFile(folder, id), 'utf8').trimEnd().split('\r\n')).toHaveLength(2);
});

const shared = sharedFolder();
const subventions = shared && path.join(shared, 'data/dev/subventions');
test.skipIf(!subventions || !fs.existsSync(subventions))(
	'files as they are published: every row is kept or said, sums agree',
	async () => {
		const expected = JSON.parse(fs.readFileSync(path.join(subventions!, 'EXPECTED.json'), 'utf8')) as Record<
			string,
			{
				lignes?: number;
				enregistrements_hors_entete?: number;
				identifiants_vides?: number;
				siret_en_notation_scientifique?: number;
			}
		>;
		for (const [name, said] of Object.entries(expected)) {
			const { id, counts: found } = await read(path.join(subventions!, name));
			expect(sums(found), name).toBe(found.read);
			expect(found.read, name).toBe(said.lignes ?? said.enregistrements_hors_entete);
			expect(found.rejected / found.read, name).toBeLessThan(0.15);
			if (said.siret_en_notation_scientifique) {
				const { rows } = await sql<{
					n: number;
				}>`select numbers_unverified::int as n from official_imports where id = ${id}`.execute(db);
				expect(rows[0]!.n).toBe(said.siret_en_notation_scientifique);
				expect(found.rejected).toBe(said.identifiants_vides);
			}
		}
	},
	120_000
);
