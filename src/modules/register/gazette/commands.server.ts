import type pg from 'pg';
import { Refused } from '#platform/errors.ts';
import { sampleOf } from '../commands/cutting.server.ts';
import { rankAgain, type Gathering } from '../commands/gathering.server.ts';
import { announcementReader, isGazette, type Announcement } from './rules.ts';

/** A file of the official gazette. */
export const announcements: Gathering<Announcement> = {
	readerOf: async (text, head) => {
		const { headers } = head;
		const sample = await sampleOf(text, head);
		if (!isGazette(headers, sample))
			throw new Refused('register.other-columns', { name: text.name, columns: headers.slice(0, 6).join(', ').slice(0, 200) });
		return { read: announcementReader(headers, sample) };
	},
	write,
	finish: (client, importId) => rankAgain(client, 'select number from official_announcements where import_id = $1', importId),
	table: 'official_announcements'
};

/**
 * Writes the announcements that are new. Those of a body that no register read here lists are kept too, since it may be read later:
 * how many they are is a remark of the reading.
 */
async function write(client: pg.Client, importId: number, records: Announcement[]) {
	const { rows } = await client.query<{ added: number; unchanged: number }>(
		`with said as (
			select distinct on (number, "on", kind) number, siren, kind, "on"
			from jsonb_to_recordset($1::jsonb) as a (number text, siren text, kind text, "on" date) order by number, "on", kind, siren
		), fresh as (
			insert into official_announcements (number, siren, kind, published_on, import_id) select number, siren, kind, "on", $2 from said
			on conflict on constraint announcement_is_read_once do nothing returning number, siren
		), strangers as (
			select count(*)::int as n from fresh f where not exists (select from official_bodies b where b.source in ('rna-waldec', 'sirene')
				and b.key in (f.number, f.siren))
				and not exists (select from organisation_identifiers i where i.kind in ('rna', 'siren') and i.value in (f.number, f.siren))
		), remarked as (
			update official_imports set remarks = jsonb_build_array(jsonb_build_object('code', 'register.remark-strangers', 'details',
				jsonb_build_object('n', coalesce((remarks -> 0 -> 'details' ->> 'n')::int, 0) + strangers.n)))
			from strangers where id = $2 and strangers.n > 0
		)
		select (select count(*)::int from fresh) as added, (select count(*)::int from said s join official_announcements a
			on (a.number, a.published_on, a.kind) = (s.number, s."on", s.kind) and a.import_id <> $2) as unchanged`,
		[JSON.stringify(records), importId]
	);
	const { added, unchanged } = rows[0]!;
	return { added, unchanged, repeated: records.length - added - unchanged, unverified: 0 };
}
