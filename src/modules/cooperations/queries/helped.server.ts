import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { personOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { nobody } from '#platform/ids.ts';
import { accompaniedCooperations } from '#modules/hubs/queries.server.ts';

/** The asks by which somebody helps a cooperation today, on its own calendar: accepted, begun, neither over nor ended. */
const helpingToday = (context: Context) =>
	context.db
		.selectFrom('resourceAsks as a')
		.innerJoin('cooperations as h', 'h.id', 'a.cooperationId')
		.where('a.personId', '=', personOf(context.actor) ?? nobody)
		.where('a.answer', '=', 'yes')
		.where('a.endedAt', 'is', null)
		.where(sql<SqlBool>`(${context.now}::timestamptz at time zone h.zone)::date between a.from_day and a.to_day`);

/** The cooperations that the actor helps today as a resource person: a subquery of ids. */
const helpedCooperations = (context: Context) => helpingToday(context).select('a.cooperationId');

/** The cooperations that show the actor what is for those who accompany: through one of their hubs, or as a resource person. */
export const followedCooperations = (context: Context) => accompaniedCooperations(context).union(helpedCooperations(context));

/** As what the actor helps the cooperation `c` today; null when they don't. */
export const helpOf = (context: Context) =>
	helpingToday(context)
		.where(sql<SqlBool>`a.cooperation_id = c.id`)
		.select(
			sql<{
				posture: string;
				prepares: boolean;
			}>`jsonb_build_object('posture', a.posture, 'prepares', a.prepares_since is not null)`.as('help')
		)
		.limit(1);

/** Whether the actor writes the minutes of this cooperation today, and something was written since the day they came. */
export const preparedSince = (context: Context, cooperation: RawBuilder<unknown>, at: RawBuilder<unknown>) =>
	sql<SqlBool>`exists (${helpingToday(context)
		.where('a.preparesSince', 'is not', null)
		.where(sql<SqlBool>`a.cooperation_id = ${cooperation} and ${at} >= a.from_day::timestamp at time zone h.zone`)
		.select('a.id')})`;
