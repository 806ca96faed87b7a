import type pg from 'pg';

/*
 * What a cooperation gathers besides its lines, its meetings and its sessions, for the plans of its lists: stages, readings, origins,
 * hours, advice, public pages, ideas, shared reviews. Written by the database from what is already there, without its journal.
 */
export async function plantLife(client: pg.Client, now: Date): Promise<void> {
	const at = now.toISOString();
	const carriers = `(select p.cooperation_id, p.organisation_id, row_number() over (partition by p.cooperation_id order by p.organisation_id) as n
		from partners p where p.accepted_at is not null and p.left_at is null)`;
	const each = (table: string, columns: string, values: string, from: string) =>
		client.query(`insert into ${table} (id, ${columns}) select gen_random_uuid(), ${values} from ${from}`);
	await each(
		'stage_moves',
		'cooperation_id, n, stage, since, moved_at',
		`c.id, m.n, (array['ideas', 'preparation', 'action', 'evaluation'])[m.n], c.begun_at::date + 30 * m.n, c.begun_at`,
		'cooperations c, generate_series(1, 4) as m (n) where not exists (select from stage_moves s where s.cooperation_id = c.id)'
	);
	await each(
		'readings',
		'cooperation_id, answers, forms, read_at, read_for',
		`p.cooperation_id, '{}', array['cooperation'], '${at}'::timestamptz - r.n * interval '60 days', p.organisation_id`,
		`${carriers} p, generate_series(1, 3) as r (n) where p.n = 1`
	);
	await each(
		'origins',
		'cooperation_id, mode, told_at, replaced_at',
		`c.id, 'event', '${at}'::timestamptz - o.n * interval '10 days', case when o.n > 1 then '${at}'::timestamptz end`,
		'cooperations c, generate_series(1, 3) as o (n)'
	);
	await each(
		'pauses',
		'cooperation_id, reason, until, paused_at, resumed_at',
		`c.id, 'Travaux', '${at}'::date, '${at}'::timestamptz - interval '90 days', '${at}'`,
		'cooperations c where not exists (select from pauses p where p.cooperation_id = c.id)'
	);
	await each(
		'monthly_hours',
		'cooperation_id, organisation_id, month, minutes, noted_at',
		`p.cooperation_id, p.organisation_id, date_trunc('month', '${at}'::date - h.n * interval '1 month')::date, 60 * h.n, '${at}'`,
		`${carriers} p, generate_series(1, 12) as h (n)`
	);
	await each(
		'advice',
		'hub_id, cooperation_id, precept, text, sent_at, sent_by',
		`a.hub_id, a.cooperation_id, 'meetings', 'Voyez-vous plus souvent.', '${at}'::timestamptz - d.n * interval '20 days', (select id from persons limit 1)`,
		'accompaniments a, generate_series(1, 4) as d (n) where a.cooperation_id is not null'
	);
	await client.query(
		`insert into advice_answers (advice_id, organisation_id, state, answered_at)
		select d.id, p.organisation_id, 'doing', d.sent_at from advice d join ${carriers} p on p.cooperation_id = d.cooperation_id where p.n > 1`
	);
	await each(
		'public_page_versions',
		'cooperation_id, n, content, proposed_at, proposed_for, published_at',
		`p.cooperation_id, v.n, json_build_object('title', 'Une page', 'place', null, 'lead', 'Nous avons joué ensemble.', 'happened', repeat('Tout commence en automne. ', 40),
			'changed', null, 'next', null, 'figures', '[]'::json, 'lines', '[]'::json, 'open', true, 'order', json_build_array(p.organisation_id)),
			'${at}'::timestamptz - interval '40 days', p.organisation_id, '${at}'::timestamptz - interval '30 days'`,
		`${carriers} p, generate_series(1, 2) as v (n) where p.n = 1`
	);
	await each(
		'public_page_answers',
		'version_id, organisation_id, answer, at, ended_at',
		`v.id, p.organisation_id, 'yes', '${at}'::timestamptz - interval '30 days', case when v.n = 1 then '${at}'::timestamptz end`,
		`public_page_versions v join ${carriers} p on p.cooperation_id = v.cooperation_id where abs(hashtext(v.cooperation_id::text)) % 4 = 0`
	);
	await each(
		'ideas_received',
		'cooperation_id, text, received_at',
		`c.id, 'Une chorale au marché.', '${at}'::timestamptz - i.n * interval '3 days'`,
		'cooperations c, generate_series(1, 5) as i (n)'
	);
	await each(
		'review_consents',
		'cooperation_id, organisation_id, openness, given_at',
		`p.cooperation_id, p.organisation_id, (array['with names', 'without names', 'no'])[1 + abs(hashtext(p.cooperation_id::text)) % 3], '${at}'`,
		`${carriers} p`
	);
}
