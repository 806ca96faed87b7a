import { sql, type Kysely } from 'kysely';
import { findCommune } from '#modules/territories/queries.server.ts';
import { communeLabel } from '#modules/territories/rules.ts';
import { indexRecords } from '#modules/register/finding/commands.server.ts';
import { bodyColumns, type Body } from '#modules/register/rules/published.ts';
import { rnaReader } from '#modules/register/rules/rna.ts';
import type { DB } from '#platform/database/tables.ts';
import { formats, nationalRecords } from '../../bench/national.ts';

/** How many associations of the valley and of what is near its register holds. */
const rows = 240;

/**
 * A register that nobody declared, so that the directory of the demonstration has official records under its structures: written as
 * the ministry does, read as the product does, kept as a reading leaves them.
 */
export async function plantRegister(db: Kysely<DB>, now: Date, departments: readonly string[]): Promise<void> {
	const read = rnaReader('rna-waldec', formats.waldec.header.split(';'), (code) => {
		const commune = findCommune(code);
		return (
			commune && { code: commune.code, label: communeLabel(commune), department: commune.department, parent: commune.parent }
		);
	});
	const bodies: Body[] = [];
	for (const one of nationalRecords({ rows, departments })) {
		const cells = formats.waldec
			.line(one)!
			.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/)
			.map((cell) => cell.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'));
		const fate = read(cells);
		if (fate.is === 'kept') bodies.push(fate.record);
	}
	const { id } = await db
		.insertInto('officialImports')
		.values({
			source: 'rna-waldec',
			fileName: 'rna_waldec_demonstration.csv',
			filePath: 'rna_waldec_demonstration.csv',
			fileSize: rows,
			departments: [...departments],
			broughtAt: now,
			startedAt: now,
			finishedAt: now,
			rowsRead: bodies.length,
			rowsAdded: bodies.length
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	const kept = bodies.map((body, i) =>
		Object.fromEntries([...bodyColumns.map((column) => [column, body[column] ?? null]), ['fingerprint', i]])
	);
	const names = bodyColumns.join(', ');
	await sql`insert into official_bodies (source, ${sql.raw(names)}, fingerprint, import_id, changed_at)
		select 'rna-waldec', ${sql.raw(names)}, fingerprint, ${id}, ${now} from jsonb_populate_recordset(null::official_bodies, ${JSON.stringify(kept)}::jsonb)`.execute(
		db
	);
	await indexRecords(db, now);
}
