import { personOf } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { nobody } from '#platform/ids.ts';
import type { Posture } from '#modules/resources/rules.ts';
import { namesOfCooperations, pathOf, type Cooperation } from '../queries.server.ts';
import { mayReadAsks } from './policy.ts';
import { standingOf } from './rules.ts';

/** Who was asked into a cooperation, for its partners, the house that accompanies it and who helps there today. */
export async function listAsks(context: Context, cooperation: Cooperation) {
	if (!mayReadAsks(context.actor, cooperation)) return [];
	const rows = await context.db
		.selectFrom('resourceAsks as a')
		.innerJoin('persons as p', 'p.id', 'a.personId')
		.select([
			'a.id',
			'a.personId',
			'p.name',
			'a.posture',
			'a.reason',
			'a.fromDay',
			'a.toDay',
			'a.askedAt',
			'a.answer',
			'a.endedAt',
			'a.preparesSince'
		])
		.where('a.cooperationId', '=', cooperation.id)
		.orderBy('a.fromDay', 'desc')
		.limit(50)
		.execute();
	const day = today(context.now, cooperation.zone);
	return rows.map((row) => ({ ...row, posture: row.posture as Posture, standing: standingOf(row, day) }));
}

/** What one was asked, and has not answered, or does today. */
export async function listMyAsks(context: Context) {
	const rows = await context.db
		.selectFrom('resourceAsks as a')
		.innerJoin('organisations as o', 'o.id', 'a.askedFor')
		.innerJoin('cooperations as c', 'c.id', 'a.cooperationId')
		.select(['a.id', 'a.cooperationId', 'c.name as cooperation', 'c.code', 'c.zone', 'o.name as by', 'a.posture', 'a.reason'])
		.select(['a.fromDay', 'a.toDay', 'a.answer', 'a.endedAt', 'a.preparesSince'])
		.where('a.personId', '=', personOf(context.actor) ?? nobody)
		.where('a.endedAt', 'is', null)
		.where('a.toDay', '>=', today(context.now, 'Europe/Paris'))
		.orderBy('a.fromDay')
		.limit(20)
		.execute();
	return rows.map(({ code, ...row }) => {
		const standing = standingOf(row, today(context.now, row.zone));
		const path = standing === 'there' ? pathOf({ name: row.cooperation, code }) : null;
		return { ...row, posture: row.posture as Posture, standing, path };
	});
}

/** What one was asked, and asked of others, for the export. */
export async function listOwnAsks(context: Context) {
	const { db, actor } = context;
	if (actor.is !== 'person') return [];
	const asks = await db
		.selectFrom('resourceAsks')
		.select(['cooperationId', 'posture', 'reason', 'fromDay', 'toDay', 'askedAt', 'answer', 'endedAt', 'preparesSince'])
		.where((eb) =>
			eb.or([
				eb('personId', '=', actor.id),
				eb('askedBy', '=', actor.id),
				eb('endedBy', '=', actor.id),
				eb('preparesSaidBy', '=', actor.id)
			])
		)
		.orderBy('askedAt')
		.execute();
	const names = await namesOfCooperations(context, [...new Set(asks.map(({ cooperationId }) => cooperationId))]);
	const of = new Map(names.map(({ id, name }) => [id, name]));
	return asks.map(({ cooperationId, ...ask }) => ({ cooperation: of.get(cooperationId) ?? null, ...ask }));
}
