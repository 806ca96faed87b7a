import type pg from 'pg';
import { sourceOf } from '../rules/published.ts';
import type { Import } from './account.server.ts';
import { buildIndexes } from './beginning.server.ts';
import type { RejectedRows } from './rejecting.server.ts';
import { copyInto, departmentSql, within } from './storing.server.ts';

/**
 * From how many on, and from which share of what is held, records that a file lacks tell that it is a part: the French registers keep
 * those that are dissolved, and lose next to none; the Banque-Carrefour gives only those in activity.
 */
const isPart = (source: string): string =>
	`d.lacking * 2 > d.held or (d.lacking > 20 and d.lacking * ${source === 'bce' ? 4 : 10} > d.held)`;

type Remark = { code: string; details: Record<string, string | number> };

/** What the report says of the texts: which were passed over, that one is cut. */
export const remarksOf = ({ cut, passedOver }: { cut: boolean; passedOver: readonly string[] }): Remark[] => [
	...(passedOver.length ? [{ code: 'register.remark-passed-over', details: { names: passedOver.slice(0, 10).join(', ') } }] : []),
	...(cut ? [{ code: 'register.remark-cut', details: {} }] : [])
];

/** What follows the last row: those that are no longer listed, who is who in the other registers, the indexes that waited. */
export async function end(
	client: pg.Client,
	one: Import,
	{ cut, passedOver = [], rejected }: { cut: boolean; passedOver?: readonly string[]; rejected: RejectedRows }
): Promise<void> {
	await buildIndexes(client, one.id);
	await client.query('begin');
	const source = sourceOf(one.source);
	const remarks = remarksOf({ cut, passedOver });
	let vanished = 0;
	const { rows: older } = await client.query<{ n: number }>('select bodies_older as n from official_imports where id = $1', [
		one.id
	]);
	if (older[0]!.n) remarks.push({ code: 'register.remark-older', details: { n: older[0]!.n } });
	if (!one.first && !cut && one.source !== 'sirene-seats') {
		const gone = await endListed(client, one, { source, rejected });
		vanished = gone.vanished;
		if (gone.left) remarks.push({ code: 'register.remark-part', details: { n: gone.left } });
	}
	const { rows: others } = await client.query('select from official_bodies where source <> $1 limit 1', [source]);
	if (others.length) await link(client);
	await client.query('truncate official_seen');
	await client.query(
		'update official_imports set finished_at = now(), seen_at = now(), bodies_vanished = $2, remarks = $3 where id = $1',
		[one.id, vanished, JSON.stringify(remarks)]
	);
	await client.query('commit');
	await client.query('analyze official_bodies');
}

/** Marks those that the file no longer lists: how many, and how many it lacks because it is a part. */
async function endListed(
	client: pg.Client,
	one: Import,
	{ source, rejected }: { source: string; rejected: RejectedRows }
): Promise<{ vanished: number; left: number }> {
	// A body whose row could not be kept is still listed.
	await client.query('create temp table named (word text) on commit drop');
	await copyInto(client, 'named', lines(rejected.words()));
	await client.query('create index on named (word)');
	await client.query('analyze named');
	const values = [source, !one.departments.length && !one.communes.length, one.departments, one.communes, one.id];
	const scope = `b.source = $1 and ($2 or ${within('$3', '$4')})`;
	const lacking = `b.vanished_at is null and b.import_id <> $5 and not exists (select from official_seen o where o.body_id = b.id)
		and not exists (select from named where word = b.key)`;
	// A file of one department says nothing of the others.
	const gone = await client.query(
		`with departments as (
			select coalesce(${departmentSql('b')}, '') as department, count(*) filter (where ${lacking}) as lacking, count(*) as held
			from official_bodies b where b.vanished_at is null and ${scope} group by 1)
		update official_bodies b set vanished_at = clock_timestamp(), changed_at = clock_timestamp()
		from departments d where ${scope} and ${lacking} and d.department = coalesce(${departmentSql('b')}, '') and not (${isPart(source)})`,
		values
	);
	const { rows } = await client.query<{ n: number }>(
		`select count(*)::int as n from official_bodies b where ${scope} and ${lacking}`,
		values
	);
	return { vanished: gone.rowCount ?? 0, left: rows[0]!.n };
}

async function* lines(words: AsyncIterable<string>): AsyncGenerator<string, void> {
	for await (const word of words) yield `${word}\n`;
}

/**
 * Who is who, by the numbers that registers publish of one another. A record is shown under that of the association register; the
 * link that no number says any more is ended, and kept.
 */
async function link(client: pg.Client): Promise<void> {
	await client.query('create temp table said (body_id bigint, other_id bigint, by_number text) on commit drop');
	await client.query(
		`insert into said
		select i.id, w.id, 'former' from official_bodies i join official_bodies w on w.source = 'rna-waldec' and w.key = i.rna
			where i.source = 'rna-import' and i.rna is not null
		union
		select s.id, r.id, 'rna' from official_bodies s join official_bodies r on r.source = 'rna-waldec' and r.key = s.rna
			where s.source = 'sirene' and s.rna is not null
		union
		select s.id, r.id, 'siren' from official_bodies r join official_bodies s on s.source = 'sirene' and s.key = r.siren
			where r.source in ('rna-waldec', 'rna-import') and r.siren is not null`
	);
	await client.query('analyze said');
	await client.query(
		`update official_links l set until = clock_timestamp() where until is null and not exists
			(select from said s where (s.body_id, s.other_id, s.by_number) = (l.body_id, l.other_id, l.by_number))`
	);
	await client.query(
		`insert into official_links (body_id, other_id, by_number, since) select body_id, other_id, by_number, clock_timestamp() from said s
		where not exists (select from official_links l where l.until is null
			and (s.body_id, s.other_id, s.by_number) = (l.body_id, l.other_id, l.by_number))`
	);
	// Under the living one, then the one that declared something last.
	await client.query(
		`with shown as (
			select distinct on (l.body_id) l.body_id, coalesce(next.other_id, o.id) as other_id
			from official_links l join official_bodies o on o.id = l.other_id
			left join official_links next on next.body_id = o.id and next.by_number = 'former' and next.until is null
			where l.until is null order by l.body_id, o.source desc, o.active desc, o.declared_on desc nulls last, o.id)
		update official_bodies b set same_as = shown.other_id, changed_at = clock_timestamp() from shown
		where b.id = shown.body_id and b.same_as is distinct from shown.other_id`
	);
	await client.query(
		`update official_bodies b set same_as = null, changed_at = clock_timestamp() where same_as is not null
			and not exists (select from official_links l where l.body_id = b.id and l.until is null)`
	);
}
