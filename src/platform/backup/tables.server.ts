import type pg from 'pg';

/** What makes a row read the same on every server, whatever its own habits. */
export const plainSettings = `
	set local datestyle = 'ISO, YMD';
	set local intervalstyle = 'postgres';
	set local bytea_output = 'hex';
	set local extra_float_digits = 1;
	set local timezone = 'UTC';
	set local client_encoding = 'UTF8';
	set local statement_timeout = 0;
	set local lock_timeout = 0`;

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const copyable = (table: string, columns: string[]): string =>
	`public.${quote(table)} (${columns.map((column) => quote(column)).join(', ')})`;

/** The tables of the product, with the columns that are written and not computed. What came with an extension is not ours. */
export async function listTables(client: pg.ClientBase): Promise<{ name: string; columns: string[] }[]> {
	const { rows } = await client.query<{ name: string; columns: string[] }>(`
		select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
		from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
			and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
			and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
		group by c.relname order by c.relname`);
	return rows;
}
