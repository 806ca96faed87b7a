import type pg from 'pg';
import { Refused } from '#platform/errors.ts';
import { openAccount, type Import, type Progress } from '../commands/account.server.ts';
import { headOf, refused, rowsOf, uncut, type Head, type Rejected } from '../commands/cutting.server.ts';
import type { Text } from '../commands/opening.server.ts';
import type { RejectedRows } from '../commands/rejecting.server.ts';
import { recentFor } from '../rules/sources.ts';
import { grantReader, isGrants, type Grant } from './rules.ts';

/** Rows written in one transaction. */
const step = 5000;

/**
 * Reads a file of published grants, from where it was cut: each step is one transaction. A grant that is known already is left as it
 * is, so that the same file read again writes nothing.
 */
export async function* readGrants(
	client: pg.Client,
	one: Import,
	{ texts, rejected }: { texts: readonly Text[]; rejected: RejectedRows }
): AsyncGenerator<Progress, void> {
	const account = await openAccount(
		client,
		one,
		texts.reduce((sum, { size }) => sum + size, 0)
	);
	const { counted } = account;
	const before = counted.read;
	let chunk: { grants: Grant[]; rejected: Rejected[]; read: number } = { grants: [], rejected: [], read: 0 };
	const commit = async (bytes: number): Promise<Progress> => {
		const rejectedBytes = await rejected.add(chunk.rejected);
		await client.query('begin');
		const outcome = await write(client, one.id, chunk.grants);
		counted.read += chunk.read;
		counted.rejected += chunk.rejected.length;
		for (const name of ['added', 'unchanged', 'repeated'] as const) counted[name] += outcome[name];
		const unverified = chunk.grants.filter((grant) => grant.unverified !== null).length;
		chunk = { grants: [], rejected: [], read: 0 };
		return account.commit({ bytes, rejectedBytes, unverified });
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
			if (chunk.read < step) continue;
			yield await commit(bytes);
			if (!account.stopped()) continue;
			yield { is: 'stopped' };
			return;
		}
	}
	yield await commit(bytes);
	await client.query('begin');
	// What is searched among the registers knows at once who was given something lately.
	await client.query(
		`update official_words w set life = 2 from official_bodies b, official_grants g
		where g.import_id = $1 and g.rna = b.key and b.source = 'rna-waldec' and w.body_id = b.id and w.life = 1
			and g.amount_cents > 0 and g.granted_on >= (now() - make_interval(days => ${recentFor}))::date and g.granted_on <= now()::date`,
		[one.id]
	);
	await client.query('update official_imports set finished_at = now(), seen_at = now() where id = $1', [one.id]);
	await client.query('commit');
	await client.query('analyze official_grants');
	yield { is: 'done', counts: counted };
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
