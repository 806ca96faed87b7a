import fs from 'node:fs';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { DB } from '#platform/database/tables.ts';
import { digestOf } from '#modules/register/commands/opening.server.ts';
import type { Doors } from './doors.ts';

/** A record of a register and, for a test that has a data folder, a file that waits in its folder of imports. */
export async function doorsOfRegister(db: Kysely<DB>): Promise<Doors> {
	await sql`insert into official_bodies (source, key, name, kind, active, fingerprint, import_id, changed_at)
		values ('rna-waldec', 'W341000001', 'LES AMIS DU LAVOIR', 'association', true, 1, 1, '2026-11-01')`.execute(db);
	const data = process.env.ENSEMBLIER_DATA;
	if (data) {
		const folder = path.join(data, 'imports');
		fs.mkdirSync(folder, { recursive: true });
		fs.writeFileSync(path.join(folder, 'rna.csv'), 'id;titre;objet;position;libcom;adrs_codeinsee\n');
	}
	// A reading that was stopped, with a rejected row; its file is the one that waits.
	const file = data ? path.join(data, 'imports', 'rna.csv') : 'rna.csv';
	const { rows } = await sql<{ id: number }>`insert into official_imports (source, file_name, file_path, file_size, file_digest,
		brought_at, started_at, stopped_at, rejected_bytes) values ('rna-import', 'rna.csv', ${file}, 46, ${data ? (await digestOf(file)).digest : ''},
		'2026-11-01', '2026-11-01', '2026-11-01', 7), ('rna-import', 'autre.csv', 'autre.csv', 1, '', '2026-11-01', null, null, 0) returning id`.execute(
		db
	);
	if (data) {
		fs.mkdirSync(path.join(data, 'imports', 'rejets'), { recursive: true });
		fs.writeFileSync(path.join(data, 'imports', 'rejets', `${rows[0]!.id}.csv`), 'ligne\r\n');
	}
	const reading = String(rows[0]!.id);
	return {
		places: { source: 'rna-waldec', key: 'W341000001', reading },
		forms: {
			'/administration/repertoire ?/bring': { file: 'rna.csv', departments: '34', communes: '' },
			'/administration/repertoire ?/goOn': { reading },
			'/administration/repertoire ?/stop': { reading: String(rows[1]!.id) },
			'/administration/repertoire ?/codes': { list: 'naf', file: new File(['93.12Z;Clubs de sports\n'], 'naf.csv') }
		}
	};
}
