import { hash } from 'node:crypto';
import type pg from 'pg';
import { word } from '#platform/say.ts';
import { placeKey } from '#modules/territories/rules.ts';
import { joinParts, type Communes, type Joined, type Part } from '../../rules/bce.ts';
import { bodyColumns } from '../../rules/published.ts';
import type { Rejected } from '../cutting.server.ts';
import { copyInto } from '../storing.server.ts';
import { labelsOf } from './laying.server.ts';

/** Bodies that are joined in one transaction. */
const page = 5000;
/** The communes of Belgium that an administrator brought, found by a postcode and a name in either language. */
async function belgianCommunes(client: pg.Client): Promise<Communes> {
	const { rows } = await client.query<{ code: string; name: string; names: string[]; postcodes: string[] }>(
		`select code, name, name || other_names as names, postcodes from areas where kind = 'foreign_commune' and ended_at is null`
	);
	const byPostcode = new Map<string, typeof rows>();
	const byName = new Map<string, typeof rows>();
	const put = (into: Map<string, typeof rows>, under: string, row: (typeof rows)[number]) => {
		const there = into.get(under);
		if (there) there.push(row);
		else into.set(under, [row]);
	};
	for (const row of rows) {
		for (const key of new Set(row.names.map((one) => placeKey(one).trim()))) put(byName, key, row);
		for (const postcode of row.postcodes) put(byPostcode, postcode, row);
	}
	return (postcode, names) => {
		const keys = names.flatMap((name) => (name ? [placeKey(name).trim()] : []));
		const there = postcode ? (byPostcode.get(postcode) ?? []) : [];
		const named = there.filter((row) => row.names.some((one) => keys.includes(placeKey(one).trim())));
		const found =
			named[0] ??
			(there.length === 1 ? there[0] : undefined) ??
			keys.flatMap((key) => (byName.get(key)?.length === 1 ? byName.get(key)! : []))[0];
		return found ? { key: `ext-${found.code}`, name: found.name } : null;
	};
}

/** What is joined at a time: lines for the staging table of imports, and what could not be. */
export type Page = {
	until: string;
	staged: string[];
	rejected: Rejected[];
	repeated: number;
	elsewhere: number;
	unverified: number;
	establishments: string[];
	keys: string[];
};

/** Joins the bodies whose key comes after `after`, a page at a time. */
export async function* joinedPages(
	client: pg.Client,
	{
		after,
		wanted,
		first,
		file
	}: { after: string; wanted: { communes: ReadonlySet<string> } | null; first: boolean; file: string }
): AsyncGenerator<Page, void> {
	const labels = await labelsOf(client);
	const communes = await belgianCommunes(client);
	for (let from = after; ;) {
		const { rows } = await client.query<{ key: string; parts: [Part, (string | null)[], number][] }>(
			`select key, jsonb_agg(jsonb_build_array(part, said, line) order by part, line) as parts from official_parts
			where key in (select key from official_parts where key > $1 and part = 'enterprise' group by key order by key limit ${page})
			group by key order by key`,
			[from]
		);
		if (!rows.length) return;
		from = rows.at(-1)!.key;
		const joined: Page = {
			until: from,
			staged: [],
			rejected: [],
			repeated: 0,
			elsewhere: 0,
			unverified: 0,
			establishments: [],
			keys: []
		};
		for (const { key, parts } of rows) {
			const own = parts.filter(([part]) => part === 'enterprise');
			joined.repeated += own.length - 1;
			const body = joinParts(
				key,
				parts.map(([part, said]) => [part, said] as const),
				{ labels, communes }
			);
			if (!body) {
				joined.rejected.push({ line: own[0]![2], why: word('register_why_name'), raw: key, file });
				continue;
			}
			stage(joined, body, wanted, first);
		}
		yield joined;
	}
}

function stage(joined: Page, body: Joined, wanted: { communes: ReadonlySet<string> } | null, first: boolean): void {
	const { record, postcode, commune, establishments } = body;
	const elsewhere = wanted !== null && !wanted.communes.has(postcode ?? '') && !wanted.communes.has(commune ?? '');
	if (elsewhere && first) {
		joined.elsewhere++;
		return;
	}
	// What is unknown is written as nothing, as every import does.
	const values = bodyColumns.map((column) => (record as Record<string, string | null>)[column] ?? '');
	const said = values.join('\t').replaceAll('\\', '\\\\');
	// An establishment that opens or closes is a change of its body.
	const places = establishments.map(({ number, since }) => `${number}${since}`).join();
	const fingerprint = Number.parseInt(hash('sha1', said + places).slice(0, 13), 16);
	if (record.unverified) joined.unverified++;
	joined.staged.push(`${joined.staged.length}\t${elsewhere ? 't' : 'f'}\t${said}\t${fingerprint}\n`);
	joined.keys.push(record.key);
	for (const { number, since } of establishments) joined.establishments.push(`${number}\t${record.key}\t${since ?? '\\N'}\n`);
}

/** The establishments of the bodies of a page, as the register gives them today. */
export async function writeEstablishments(client: pg.Client, joined: Page, importId: number): Promise<void> {
	await client.query('create temp table if not exists said_places (number text, key text, started_on date) on commit drop');
	if (joined.establishments.length) await copyInto(client, 'said_places (number, key, started_on)', joined.establishments);
	await client.query(
		`delete from official_establishments e where e.key = any ($1) and not exists (select from said_places s where s.number = e.number)`,
		[joined.keys]
	);
	await client.query(
		`insert into official_establishments (number, key, started_on, import_id)
			select distinct on (s.number) s.number, s.key, s.started_on, $1 from said_places s
			where exists (select from official_bodies b where b.source = 'bce' and b.key = s.key) order by s.number
		on conflict (number) do update set key = excluded.key, started_on = excluded.started_on, import_id = excluded.import_id
			where (official_establishments.key, official_establishments.started_on) is distinct from (excluded.key, excluded.started_on)`,
		[importId]
	);
}
