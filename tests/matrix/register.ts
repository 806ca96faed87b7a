import fs from 'node:fs';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { DB } from '#platform/database/tables.ts';
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
	return {
		places: { source: 'rna-waldec', key: 'W341000001' },
		forms: { '/administration/repertoire ?/bring': { file: 'rna.csv', departments: '34', communes: '' } }
	};
}
