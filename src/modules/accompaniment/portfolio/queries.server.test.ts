import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { pauseCooperation } from '#modules/cooperations/stages/commands.server.ts';
import { connect } from '#platform/database/connection.server.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { findMonth, findPortfolio } from './queries.server.ts';
import { columns, filtered } from './rules.ts';

const { db, world, url, as, seenBy } = await testWorld();
const now = new Date('2026-11-16T09:00:00Z');
const late = new Date('2027-02-10T09:00:00Z');

test('what stalls is shown with its way out; once it rests, it is left in peace', async () => {
	await as(
		'claire',
		late
	)(async (context) => {
		const { entries, today } = await findPortfolio(context);
		expect(entries).toMatchObject([
			{ name: 'Avril enchanté', stage: 'ideas', months: 3, usual: 3, associations: 2, others: 0, silent: world.structures.helene }
		]);
		expect(entries[0]!.stalls.map(({ reason }) => reason)).toEqual(['unanswered', 'no-meeting', 'no-line', 'beyond-usual']);
		await pauseCooperation(seenBy(context, 'nadia'), world.cooperation.id, {
			id: newId(),
			reason: 'La salle est en travaux.',
			until: '2027-03-01',
			actingFor: null
		});
		const rests = (await findPortfolio(context)).entries;
		expect(filtered(rests, { view: 'a-reprendre', stage: null }, today).rows).toEqual([]);
		expect(filtered(rests, { view: 'en-pause', stage: null }, today).rows).toHaveLength(1);
	});
});

test('STRANGER TEST: without a house there is no portfolio; another house sees its own', async () => {
	for (const name of ['nadia', 'samir', 'agathe', 'helene'] as const)
		await expect(as(name)(findPortfolio), name).rejects.toThrow(NotFound);
	expect((await as('yann')(findPortfolio)).entries).toEqual([]);
	expect((await as('yann')((context) => findMonth(context, '2026-11'))).moved).toEqual([]);
});

test('a month tells what moved in it', async () => {
	await as('claire')(async (context) => {
		const month = await findMonth(context, '2026-11');
		expect(month.before).toBe('2026-10');
		expect(month.after).toBeNull();
		expect(month.moved.map(({ what }) => what).toSorted()).toEqual(['accompanied', 'partner', 'partner']);
		expect((await findMonth(context, '2026-10')).moved).toEqual([]);
	});
});

test('five hundred cooperations take as many queries as one', async () => {
	let asked = 0;
	const counting = connect(url, { connections: 1 }).withPlugin({
		transformQuery: ({ node }) => node,
		transformResult: ({ result }) => (asked++, Promise.resolve(result))
	});
	const context: Context = { actor: world.actors.claire, db: counting, now };
	try {
		await findPortfolio(context);
		const few = asked;
		const organisations = Object.values(world.structures);
		await sql`
			with made as (
				insert into cooperations (id, code, name, sentence, zone, begun_at, begun_by, begun_for, last_line_at)
				select gen_random_uuid(), 'q' || lpad(to_hex(i), 5, '0'), 'Coopération ' || i, 'Faire ensemble.', 'Europe/Paris',
					${now}::timestamptz - (i || ' days')::interval, ${world.actors.nadia.id}::uuid, ${organisations[0]}::uuid, ${now}::timestamptz - (i % 90 || ' days')::interval
				from generate_series(1, 500) i returning id, begun_at),
			joined as (
				insert into partners (id, cooperation_id, organisation_id, role, position, invited_at, accepted_at)
				select gen_random_uuid(), m.id, o.id::uuid, 'carrier', o.n, m.begun_at, m.begun_at from made m,
					unnest(${organisations.slice(0, 5)}::text[]) with ordinality as o (id, n)),
			moved as (
				insert into stage_moves (id, cooperation_id, n, stage, since, moved_at)
				select gen_random_uuid(), id, 1, (array['acquaintance', 'preparation', 'action', 'evaluation', 'sustained'])[1 + (extract(epoch from begun_at)::bigint / 86400) % 5],
					begun_at::date, begun_at from made),
			advised as (
				insert into advice (id, hub_id, cooperation_id, precept, text, sent_at, sent_by)
				select gen_random_uuid(), ${world.structures.claire}::uuid, id, 'meetings', 'Voyez-vous.', ${now}::timestamptz, ${world.actors.claire.id}::uuid from made)
			insert into accompaniments (id, hub_id, cooperation_id, posture, proposed_by_hub, proposed_at, accepted_at)
			select gen_random_uuid(), ${world.structures.claire}::uuid, id, 'accompanies', false, begun_at, begun_at from made`.execute(db);
		asked = 0;
		const { entries, today } = await findPortfolio(context);
		expect(entries).toHaveLength(501);
		expect(asked).toBe(few);
		expect(few).toBeLessThanOrEqual(8);
		expect(columns(entries).reduce((sum, { count }) => sum + count, 0)).toBe(501);
		const { counts } = filtered(entries, { view: 'conseils', stage: null }, today);
		expect(counts.find(({ view }) => view === 'conseils')!.count).toBe(500);
		asked = 0;
		await findMonth(context, '2026-11');
		expect(asked).toBeLessThanOrEqual(few + 4);
	} finally {
		await counting.destroy();
		await sql`delete from advice`.execute(db);
	}
});
