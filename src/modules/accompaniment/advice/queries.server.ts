import { sql } from 'kysely';
import type { PreceptId } from '#content/advice/precepts.ts';
import {
	endedCooperations,
	namesOfCooperations,
	sharedCooperations,
	type Cooperation
} from '#modules/cooperations/queries.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { accompaniedCooperations, accompanyingHub } from '#modules/hubs/queries.server.ts';
import { livingRelationsOf } from '#modules/hubs/queries/relations.server.ts';
import { hubsOf, organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { orNobody } from '#platform/ids.ts';
import { addressees, type AdviceState } from './rules.ts';

/** Every read of advice starts here: the hub that sent it, as long as it accompanies, and the partners that it is for. */
const visibleAdvice = (context: Context) =>
	context.db
		.selectFrom('advice as v')
		.innerJoin('hubs as h', 'h.organisationId', 'v.hubId')
		.where((eb) =>
			eb.or([
				eb.and([
					eb('v.hubId', 'in', orNobody(hubsOf(context.actor))),
					eb('v.cooperationId', 'in', accompaniedCooperations(context))
				]),
				eb.and([
					eb('v.cooperationId', 'in', sharedCooperations(context)),
					eb.or([eb('v.organisationId', 'is', null), eb('v.organisationId', 'in', orNobody(organisationsOf(context.actor)))])
				])
			])
		);

const shown = (context: Context) =>
	visibleAdvice(context).select([
		'v.id',
		'v.hubId',
		'v.cooperationId',
		'v.organisationId',
		'v.precept',
		'v.text',
		'v.sentAt',
		'v.sentBy',
		'h.senderName as hub'
	]);

/** One piece of advice given to this cooperation, whose reader the actor is. */
export async function findAdvice(context: Context, cooperationId: string, id: string) {
	const row = await shown(context).where('v.id', '=', id).where('v.cooperationId', '=', cooperationId).executeTakeFirst();
	if (!row) throw new NotFound();
	return row;
}

/** Whether the hub that advised accompanies the cooperation today: whether somebody hears an answer. */
export async function isHeard(
	{ db }: Context,
	{ hubId, cooperationId }: { hubId: string; cooperationId: string }
): Promise<boolean> {
	return (await livingRelationsOf(db, cooperationId)).some((one) => one.hubId === hubId);
}

/** How much advice a cooperation's page shows: the latest. */
const atMost = 30;

/**
 * The advice given to a cooperation, the latest first. A partner reads what is for it and what its own organisations made of it;
 * whoever sent it reads what each partner made of it.
 */
export async function listAdvice(context: Context, cooperation: Cooperation) {
	const rows = await shown(context)
		.where('v.cooperationId', '=', cooperation.id)
		.orderBy('v.sentAt', 'desc')
		.orderBy('v.id', 'desc')
		.limit(atMost)
		.execute();
	const answers = rows.length
		? await context.db
				.selectFrom('adviceAnswers')
				.select(['adviceId', 'organisationId', 'state', 'reason', 'answeredAt'])
				.where(
					'adviceId',
					'in',
					rows.map(({ id }) => id)
				)
				.execute()
		: [];
	const living = await livingRelationsOf(context.db, cooperation.id);
	const speaks = speaksHereFor(context.actor, cooperation);
	const sends = await accompanyingHub(context, cooperation.id);
	return {
		hubId: cooperation.endedAt ? null : sends,
		advice: rows.map((row) => {
			const sender = hubsOf(context.actor).includes(row.hubId) && sends !== null;
			const heard = !cooperation.endedAt && living.some(({ hubId }) => hubId === row.hubId);
			return {
				...row,
				precept: row.precept as PreceptId,
				heard,
				readers: addressees(row, cooperation.partners)
					.filter(({ organisationId }) => sender || speaks.includes(organisationId))
					.map(({ organisationId, name }) => {
						const answer = answers.find((one) => one.adviceId === row.id && one.organisationId === organisationId);
						return {
							organisationId,
							name,
							state: (answer?.state ?? null) as AdviceState | null,
							reason: answer?.reason ?? null,
							answeredAt: answer?.answeredAt ?? null,
							mine: heard && speaks.includes(organisationId)
						};
					})
			};
		})
	};
}
export type AdviceSeen = Awaited<ReturnType<typeof listAdvice>>['advice'][number];

/** An accepted partner `p` that a piece of advice `v` is for and that has not answered: what makes it unread. */
const unreadBy = sql<boolean>`p.cooperation_id = v.cooperation_id and p.accepted_at is not null and p.left_at is null
	and case when v.organisation_id is null then p.accepted_at <= v.sent_at else p.organisation_id = v.organisation_id end
	and not exists (select from advice_answers a where a.advice_id = v.id and a.organisation_id = p.organisation_id)`;

/** What waits on one's home: the advice that one's organisations have not answered, of hubs that accompany today. In two queries. */
export async function listAdviceForMe(context: Context, { limit = 5 } = {}) {
	const mine = organisationsOf(context.actor);
	if (!mine.length) return [];
	const rows = await context.db
		.selectFrom('advice as v')
		.innerJoin('hubs as h', 'h.organisationId', 'v.hubId')
		.innerJoin('partners as p', (join) => join.on(unreadBy))
		.select(['v.id', 'v.cooperationId', 'v.text', 'v.precept', 'h.senderName as hub', 'p.organisationId'])
		.where('p.organisationId', 'in', mine)
		.where('v.cooperationId', 'not in', endedCooperations(context))
		.where(
			sql<boolean>`exists (select from accompaniments s where s.hub_id = v.hub_id and s.cooperation_id = v.cooperation_id
				and s.accepted_at is not null and s.ended_at is null)`
		)
		.orderBy('v.sentAt')
		.orderBy('v.id')
		.limit(limit)
		.execute();
	const names = new Map(
		(await namesOfCooperations(context, [...new Set(rows.map(({ cooperationId }) => cooperationId))])).map((one) => [one.id, one])
	);
	return rows.flatMap((row) => {
		const cooperation = names.get(row.cooperationId);
		return cooperation
			? [{ ...row, precept: row.precept as PreceptId, cooperation: cooperation.name, path: cooperation.path }]
			: [];
	});
}

/** Of the cooperations that one's hubs accompany, the advice that some partner has not answered: how much, since when. One query. */
export async function countUnread(context: Context): Promise<Map<string, { count: number; since: Date }>> {
	const rows = await visibleAdvice(context)
		.select(['v.cooperationId', sql<number>`count(*)::int`.as('count'), sql<Date>`min(v.sent_at)`.as('since')])
		.where('v.hubId', 'in', orNobody(hubsOf(context.actor)))
		.where(sql<boolean>`exists (select from partners p where ${unreadBy})`)
		.groupBy('v.cooperationId')
		.execute();
	return new Map(rows.map(({ cooperationId, count, since }) => [cooperationId, { count, since }]));
}
