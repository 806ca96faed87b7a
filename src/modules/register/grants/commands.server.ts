import type pg from 'pg';
import { Refused } from '#platform/errors.ts';
import type { Counts, Progress } from '../commands/importing.server.ts';
import { headOf, refused, rowsOf, uncut, type Head, type Rejected } from '../commands/cutting.server.ts';
import { textsOf } from '../commands/opening.server.ts';
import { recentFor } from '../rules/sources.ts';
import { grantReader, isGrants, type Grant } from './rules.ts';

/** Rows written in one transaction. */
const step = 5000;

type One = { id: number; file_path: string; counts: Counts };

/**
 * Reads a file of published grants, from where it was cut: each step is one transaction. A grant that is known already is left as it
 * is, so that the same file read again writes nothing.
 */
export async function* readGrants(
	client: pg.Client,
	{ id, file_path: file, counts }: One,
	rejected: { add: (rows: Rejected[]) => Promise<number> }
): AsyncGenerator<Progress, void> {
	const { texts, close } = await textsOf(file);
	try {
		const total = texts.reduce((sum, { size }) => sum + size, 0);
		await client.query(
			`update official_imports set started_at = coalesce(started_at, now()), bytes_total = $2, resumed_at = now(),
				resumed_rows = rows_read where id = $1`,
			[id, total]
		);
		const before = counts.read;
		const began = performance.now();
		let chunk: { grants: Grant[]; rejected: Rejected[]; read: number } = { grants: [], rejected: [], read: 0 };
		const commit = async (bytes: number): Promise<Progress> => {
			const size = await rejected.add(chunk.rejected);
			await client.query('begin');
			const { added, unchanged, repeated } = await write(client, id, chunk.grants);
			counts.read += chunk.read;
			counts.rejected += chunk.rejected.length;
			counts.added += added;
			counts.unchanged += unchanged;
			counts.repeated += repeated;
			await client.query(
				`update official_imports set bytes_read = $2, rejected_bytes = $3, rows_read = $4, rows_rejected = $5, rows_added = $6,
					rows_unchanged = $7, rows_repeated = $8, numbers_unverified = numbers_unverified + $9, seen_at = now() where id = $1`,
				[
					id,
					bytes,
					size,
					counts.read,
					counts.rejected,
					counts.added,
					counts.unchanged,
					counts.repeated,
					chunk.grants.filter(({ unverified }) => unverified !== null).length
				]
			);
			await client.query('commit');
			chunk = { grants: [], rejected: [], read: 0 };
			const rate = (counts.read - before) / Math.max(0.001, (performance.now() - began) / 1000);
			const left = bytes ? Math.ceil(((counts.read / bytes) * (total - bytes)) / Math.max(1, rate)) : null;
			return { is: 'at work', counts: { ...counts }, bytes, total, rate: Math.round(rate), left };
		};
		let bytes = 0;
		let passed = 0;
		for (const text of texts) {
			const head = await headOf(text);
			const { read, mend } = readerOf(head, text.name);
			for await (const { rows, letters } of rowsOf(text, head, mend)) {
				bytes += letters;
				for (const row of rows) {
					if (passed++ < before) continue;
					chunk.read++;
					if ('reason' in row) chunk.rejected.push(uncut(row, text.name));
					else {
						const fate = read(row.cells);
						if (fate.is === 'kept') chunk.grants.push(fate.grant);
						else chunk.rejected.push(refused(row, fate, text.name));
					}
				}
				if (chunk.read >= step) yield await commit(bytes);
			}
		}
		yield await commit(bytes);
		await client.query('begin');
		// What is searched among the registers knows at once who was given something lately.
		await client.query(
			`update official_words w set life = 2 from official_bodies b, official_grants g
			where g.import_id = $1 and g.rna = b.key and b.source = 'rna-waldec' and w.body_id = b.id and w.life = 1
				and g.amount_cents > 0 and g.granted_on >= (now() - make_interval(days => ${recentFor}))::date and g.granted_on <= now()::date`,
			[id]
		);
		await client.query('update official_imports set finished_at = now(), seen_at = now() where id = $1', [id]);
		await client.query('commit');
		await client.query('analyze official_grants');
		yield { is: 'done', counts };
	} finally {
		close();
	}
}

/** How the rows of one text are read; a file that tells of something else is refused. */
function readerOf({ headers, separator }: Head, name: string) {
	if (!isGrants(headers))
		throw new Refused('register.other-columns', { name, columns: headers.slice(0, 6).join(', ').slice(0, 200) });
	return grantReader(headers, separator);
}

async function write(client: pg.Client, importId: number, grants: Grant[]) {
	const once = [...new Map(grants.map((one) => [one.fingerprint, one])).values()];
	const { rows: known } = await client.query<{ fingerprint: string; own: boolean }>(
		'select fingerprint::text, import_id = $2 as own from official_grants where fingerprint = any ($1::bigint[])',
		[once.map(({ fingerprint }) => fingerprint), importId]
	);
	const there = new Map(known.map(({ fingerprint, own }) => [fingerprint, own]));
	const fresh = once.filter(({ fingerprint }) => !there.has(fingerprint));
	await client.query(
		`insert into official_grants (fingerprint, giver, beneficiary, siren, rna, unverified, amount_cents, granted_on, day_known, import_id)
		select fingerprint, giver, beneficiary, siren, rna, unverified, cents, "on", "dayKnown", $2
		from jsonb_to_recordset($1::jsonb) as g (fingerprint bigint, giver text, beneficiary text, siren text, rna text, unverified text,
			cents bigint, "on" date, "dayKnown" boolean)`,
		[JSON.stringify(fresh), importId]
	);
	const unchanged = once.filter(({ fingerprint }) => there.get(fingerprint) === false).length;
	return { added: fresh.length, unchanged, repeated: grants.length - fresh.length - unchanged };
}
