import type pg from 'pg';
import { Refused } from '#platform/errors.ts';
import { neededTables, tableOf, type Table } from '../rules/bce.ts';
import { openAccount, type Import, type Progress } from './account.server.ts';
import { joinedPages, writeEstablishments } from './bce/joining.server.ts';
import { lay, TablesReader, type Tables } from './bce/laying.server.ts';
import { begin } from './beginning.server.ts';
import { headOf } from './cutting.server.ts';
import { end } from './ending.server.ts';
import type { Text } from './opening.server.ts';
import type { RejectedRows } from './rejecting.server.ts';
import { createStage, store } from './storing.server.ts';

/*
 * The Banque-Carrefour is read in two movements. The rows of its tables that say something of a body of ours are laid in
 * `official_parts`, step by step like any import; then the bodies are joined, thousands at a time, in the order of their keys. Both
 * say how far they are in the import's own row: cut anywhere, it goes on.
 */

/** To join takes about a fifth of the whole: so much of the bar is left for it. */
const joining = 0.25;

/** The tables among the texts of what was brought; what lacks one that is needed, gives one twice, or only says changes, is refused. */
export async function tablesOf(texts: readonly Text[]): Promise<Tables> {
	const found = new Map<Table, Text>();
	for (const text of texts) {
		const table = tableOf((await headOf(text)).headers);
		if (table === 'update' || /_(?:insert|delete)\.csv$/i.test(text.name)) throw new Refused('register.bce-update');
		if (table && found.has(table))
			throw new Refused('register.bce-table-twice', { name: found.get(table)!.name, other: text.name });
		if (table) found.set(table, text);
	}
	const missing = neededTables.filter((table) => !found.has(table));
	if (missing.length) throw new Refused('register.bce-tables-missing', { names: missing.map((one) => `${one}.csv`).join(', ') });
	const sizes = [...found.values()].reduce((sum, { size }) => sum + size, 0);
	return { found, total: Math.ceil(sizes * (1 + joining)) };
}

/** Reads the tables of the Banque-Carrefour: they are laid, then joined. */
export async function* readTables(
	client: pg.Client,
	one: Import,
	{ texts, rejected }: { texts: readonly Text[]; rejected: RejectedRows }
): AsyncGenerator<Progress, void> {
	const tables = await tablesOf(texts);
	if (!one.started_at) {
		await begin(client, one);
		await client.query('truncate official_parts');
	}
	const { total } = tables;
	const account = await openAccount(client, one, total);
	const { counted } = account;
	let bytes = Number(one.bytes_read);
	if (!one.parts_read_at) {
		const reader = new TablesReader(client, tables, counted.read);
		for await (const laid of reader.steps()) {
			const rejectedBytes = await rejected.add(laid.rejected);
			await client.query('begin');
			await lay(client, laid);
			counted.read += laid.read;
			counted.other += laid.other;
			counted.joined += laid.joined;
			counted.rejected += laid.rejected.length;
			bytes = laid.bytes;
			yield await account.commit({ bytes, rejectedBytes });
			if (account.stopped()) break;
		}
		if (account.stopped()) {
			yield { is: 'stopped' };
			return;
		}
		await client.query('update official_imports set parts_read_at = now(), cut = $2 where id = $1', [one.id, reader.cut]);
		one.cut = reader.cut;
		await client.query('analyze official_parts');
	}
	const { rows } = await client.query<{ all: number }>(
		`select count(distinct key)::int as all from official_parts where part = 'enterprise'`
	);
	const each = (total - bytes) / Math.max(1, rows[0]!.all);
	await createStage(client, one.source);
	const wanted = one.communes.length ? { communes: new Set(one.communes) } : null;
	const file = tables.found.get('enterprise')!.name;
	for await (const joined of joinedPages(client, { after: one.joined_until ?? '', wanted, first: one.first, file })) {
		const rejectedBytes = await rejected.add(joined.rejected);
		const { staged } = joined;
		const outcome = await store(client, one, { written: [Buffer.from(staged.join(''))], rows: staged.length });
		await writeEstablishments(client, joined, one.id);
		counted.rejected += joined.rejected.length;
		counted.elsewhere += joined.elsewhere + outcome.elsewhere;
		counted.repeated += joined.repeated + outcome.repeated;
		for (const name of ['added', 'changed', 'unchanged'] as const) counted[name] += outcome[name];
		await client.query('update official_imports set joined_until = $2 where id = $1', [one.id, joined.until]);
		bytes = Math.min(total, bytes + each * (staged.length + joined.rejected.length + joined.elsewhere));
		yield await account.commit({
			bytes: Math.round(bytes),
			rejectedBytes,
			ended: outcome.ended,
			older: outcome.older,
			unverified: joined.unverified
		});
		if (account.stopped()) {
			yield { is: 'stopped' };
			return;
		}
	}
	yield { is: 'builds' };
	await end(client, one, { cut: one.cut, rejected });
	await client.query('truncate official_parts');
	yield { is: 'done', counts: counted };
}
