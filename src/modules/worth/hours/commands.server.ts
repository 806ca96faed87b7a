import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { mayTakePart } from '#modules/cooperations/policy.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { listLivingPartnerships } from '#modules/cooperations/queries/mine.server.ts';
import { managersOf } from '#modules/organisations/queries/people.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { duration, today } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { mayRemind } from '../policy.ts';
import type { NotedMonth, Wish } from './forms.ts';
import { firstDayOf, monthOf, monthSaid, notableMonth, plusMonths } from './rules.ts';

async function ownHours(context: Context, cooperationId: string, actingFor: string | null) {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayTakePart(context.actor, cooperation));
	return { cooperation, write, own: speaker(context, cooperation, actingFor) };
}

/** Notes what an organisation put into a month. What a colleague noted in between is shown; nothing is written over unread. */
export async function noteMonth(context: Context, cooperationId: string, input: NotedMonth): Promise<void> {
	const { now } = context;
	const { cooperation, write, own } = await ownHours(context, cooperationId, input.actingFor);
	const { zone } = cooperation;
	notableMonth(input.month, { begun: today(cooperation.begunAt, zone), today: today(now, zone) });
	const month = firstDayOf(input.month);
	const said = { minutes: input.hours, words: input.words, brought: input.brought };
	const done =
		input.sequence === null
			? await write
					.insertInto('monthlyHours')
					.values({
						id: input.id,
						cooperationId: cooperation.id,
						organisationId: own.id,
						month,
						...said,
						notedAt: now,
						notedBy: personOf(context.actor)
					})
					.onConflict((conflict) => conflict.doNothing())
					.executeTakeFirst()
					.then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows)
			: await write
					.updateTable('monthlyHours')
					.set({ ...said, sequence: input.sequence + 1, notedAt: now, notedBy: personOf(context.actor) })
					.where('organisationId', '=', own.id)
					.where('cooperationId', '=', cooperation.id)
					.where('month', '=', month)
					.where('sequence', '=', input.sequence)
					.executeTakeFirst()
					.then(({ numUpdatedRows }) => numUpdatedRows);
	if (done === 0n) {
		const there = await write
			.selectFrom('monthlyHours')
			.select(['minutes', 'words', 'brought'])
			.where('organisationId', '=', own.id)
			.where('cooperationId', '=', cooperation.id)
			.where('month', '=', month)
			.executeTakeFirst();
		if (!there) throw new Refused('forms.id-unreal');
		if (there.minutes === said.minutes && there.words === said.words && there.brought === said.brought) return;
		throw new Refused('worth.noted-meanwhile', { month: monthSaid(input.month), hours: duration(there.minutes) }, 'hours');
	}
	await tell(write, context, {
		chain: { organisation: own.id },
		verb: 'hours-noted',
		ids: { organisation: own.id },
		says: { cooperation: cooperation.name, month: monthSaid(input.month), hours: duration(input.hours) }
	});
}

/** Notes for a month what was noted for the last one before it. */
export async function noteAsLastMonth(
	context: Context,
	cooperationId: string,
	{ id, month, actingFor }: { id: string; month: string; actingFor: string | null }
): Promise<void> {
	const { cooperation, write, own } = await ownHours(context, cooperationId, actingFor);
	const last = await write
		.selectFrom('monthlyHours')
		.select('minutes')
		.where('organisationId', '=', own.id)
		.where('cooperationId', '=', cooperation.id)
		.where('month', '<', firstDayOf(month))
		.orderBy('month', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!last) throw new Refused('worth.no-month-before', {}, 'hours');
	await noteMonth(context, cooperationId, {
		id,
		month,
		hours: last.minutes,
		words: null,
		brought: null,
		sequence: null,
		actingFor: own.id
	});
}

/** Shows the hours of an organisation to the partners, or keeps them again: an act of that organisation, which the partners read. */
export async function shareHours(context: Context, cooperationId: string, { wanted, actingFor }: Wish): Promise<void> {
	const { now } = context;
	const { cooperation, write, own } = await ownHours(context, cooperationId, actingFor);
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const changed =
		wanted === 'yes'
			? await write
					.insertInto('hoursShares')
					.values({
						id: newId(),
						cooperationId: cooperation.id,
						organisationId: own.id,
						sharedAt: now,
						sharedBy: personOf(context.actor)
					})
					.onConflict((conflict) => conflict.doNothing())
					.executeTakeFirst()
					.then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows)
			: await write
					.updateTable('hoursShares')
					.set({ stoppedAt: now, stoppedBy: personOf(context.actor) })
					.where('cooperationId', '=', cooperation.id)
					.where('organisationId', '=', own.id)
					.where('stoppedAt', 'is', null)
					.executeTakeFirst()
					.then(({ numUpdatedRows }) => numUpdatedRows);
	if (!changed) return;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: wanted === 'yes' ? 'hours-shared' : 'hours-kept',
		ids: { organisation: own.id },
		says: { organisation: own.name }
	});
}

/** Asks for a reminder each month for all the cooperations of an organisation, or for none any more. */
export async function askForReminder(context: Context, cooperationId: string, { wanted, actingFor }: Wish): Promise<void> {
	const { write, own } = await ownHours(context, cooperationId, actingFor);
	if (wanted === 'no') {
		await write.deleteFrom('hoursReminders').where('organisationId', '=', own.id).execute();
		return;
	}
	await write
		.insertInto('hoursReminders')
		.values({ organisationId: own.id, askedAt: context.now, askedBy: personOf(context.actor) })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

const zone = 'Europe/Paris';

/** The organisations that asked to be reminded and were not yet this month. */
export const organisationsToRemind = async ({ db, now }: Context): Promise<string[]> => {
	const past = firstDayOf(plusMonths(monthOf(today(now, zone)), -1));
	const rows = await db
		.selectFrom('hoursReminders')
		.select('organisationId')
		.where((eb) => eb.or([eb('lastMonth', 'is', null), eb('lastMonth', '<', past)]))
		.orderBy('organisationId')
		.limit(500)
		.execute();
	return rows.map(({ organisationId }) => organisationId);
};

/** Reminds the managers of one organisation, once a month, in one sentence for all its cooperations; nothing when all is noted. */
export async function remindOfHours(context: Context, organisationId: string): Promise<number> {
	const { now } = context;
	const write = allow(context, mayRemind(context.actor));
	const past = plusMonths(monthOf(today(now, zone)), -1);
	const taken = await write
		.updateTable('hoursReminders')
		.set({ lastMonth: firstDayOf(past) })
		.where('organisationId', '=', organisationId)
		.where((eb) => eb.or([eb('lastMonth', 'is', null), eb('lastMonth', '<', firstDayOf(past))]))
		.executeTakeFirst();
	if (taken.numUpdatedRows === 0n) return 0;
	const living = (await listLivingPartnerships(write, [organisationId])).filter(
		({ begunAt, zone: own }) => monthOf(today(begunAt, own)) <= past
	);
	const noted = await write
		.selectFrom('monthlyHours')
		.select('cooperationId')
		.where('organisationId', '=', organisationId)
		.where('month', '=', firstDayOf(past))
		.execute();
	const missing = living.filter(({ cooperationId }) => !noted.some((one) => one.cooperationId === cooperationId));
	if (!missing.length) return 0;
	const { path } = (await summariesOf(write, [organisationId])).get(organisationId)!;
	const managers = await managersOf(write, organisationId);
	await notify(
		write,
		now,
		managers.map(({ id }) => ({
			personId: id,
			kind: 'reminder' as const,
			cooperationId: null,
			text: m.worth_told_hours({ month: monthSaid(past), n: missing.length }),
			path: `${path}#charge`
		}))
	);
	return missing.length;
}
