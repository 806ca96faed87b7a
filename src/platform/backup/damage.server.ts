import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { DB } from '../database/tables.ts';
import { placeOfFile } from './archive.server.ts';

/** The files of which a row speaks and that the disk has lost, or holds otherwise than they were kept. */
export async function* findDamagedFiles(
	db: Kysely<DB>,
	dataFolder: string
): AsyncGenerator<{ sha256: string; state: 'missing' | 'changed' }> {
	for (let after = ''; ;) {
		const rows = await db
			.selectFrom('files')
			.select('sha256')
			.where('sha256', '>', after)
			.orderBy('sha256')
			.limit(1000)
			.execute();
		for (const { sha256 } of rows) {
			const content = await fs.readFile(path.join(dataFolder, placeOfFile(sha256))).catch(() => null);
			if (!content) yield { sha256, state: 'missing' };
			else if (createHash('sha256').update(content).digest('hex') !== sha256) yield { sha256, state: 'changed' };
		}
		if (rows.length < 1000) return;
		after = rows.at(-1)!.sha256;
	}
}
