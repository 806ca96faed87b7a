import { m } from '#words';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import type { Job } from '#platform/jobs.server.ts';
import { closeCheckIn, openCheckIn, showIfComplete, tellOrganisation } from './commands.server.ts';
import { findUnderWay, seeCheckIn } from './queries.server.ts';
import { isDue } from './rules.ts';

const atOnce = 200;

/** The cooperations in which something is due today: a check-in to open, to show or to close, a reminder to send. */
export async function cooperationsToLookAt({ db, now }: Context): Promise<string[]> {
	const open = await db
		.selectFrom('checkIns')
		.select('cooperationId')
		.where('closedAt', 'is', null)
		.orderBy('closesAt')
		.limit(atOnce)
		.execute();
	const agreed = await db
		.selectFrom('checkInRhythms as r')
		.innerJoin('cooperations as k', 'k.id', 'r.cooperationId')
		.select('r.cooperationId')
		.where('r.rhythm', '=', 'quarter')
		.where('k.endedAt', 'is', null)
		.where('r.chosenAt', '<=', new Date(now.getTime() - 91 * 86_400_000))
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('checkIns as c')
						.select('c.id')
						.whereRef('c.cooperationId', '=', 'r.cooperationId')
						.where('c.openedAt', '>', new Date(now.getTime() - 91 * 86_400_000))
				)
			)
		)
		.limit(atOnce)
		.execute();
	return [...new Set([...open, ...agreed].map(({ cooperationId }) => cooperationId))];
}

/** Does what is due in one cooperation: closes or shows what has come to its end, reminds once, opens where a quarter has passed. */
export async function lookAt(context: Context, cooperationId: string): Promise<void> {
	const { now } = context;
	const write = allow(context, context.actor.is === 'system');
	const cooperation = await findCooperationById(context, cooperationId);
	const held = await write
		.selectFrom('checkIns')
		.select('id')
		.where('cooperationId', '=', cooperationId)
		.where('closedAt', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	const underWay = held ? await findUnderWay(context, cooperation) : null;
	if (underWay && (underWay.closesAt < now || cooperation.endedAt)) {
		await closeCheckIn(write, context, cooperation, underWay);
		return;
	}
	if (underWay) {
		const complete = await showIfComplete(write, context, cooperation, underWay);
		if (!complete && !underWay.remindedAt && underWay.remindAt <= now) await remind(context, cooperationId);
		return;
	}
	const rhythm = await write
		.selectFrom('checkInRhythms')
		.selectAll()
		.where('cooperationId', '=', cooperationId)
		.executeTakeFirst();
	const last = await write
		.selectFrom('checkIns')
		.select(({ fn }) => fn.max('openedAt').as('at'))
		.where('cooperationId', '=', cooperationId)
		.executeTakeFirst();
	if (rhythm?.rhythm !== 'quarter' || cooperation.endedAt || !cooperation.accepted.length) return;
	const since = last?.at && last.at > rhythm.chosenAt ? last.at : rhythm.chosenAt;
	if (isDue(since, now)) await openCheckIn(context, cooperationId, { id: newId(), closesOn: null, actingFor: null });
}

/** Reminds, once, the organisations that have not answered, each with a link of its own. */
async function remind(context: Context, cooperationId: string): Promise<void> {
	const { now } = context;
	const write = allow(context, context.actor.is === 'system');
	const cooperation = await findCooperationById(context, cooperationId);
	const checkIn = (await findUnderWay(context, cooperation))!;
	const seen = await seeCheckIn(context, cooperation, checkIn);
	await write.updateTable('checkIns').set({ remindedAt: now }).where('id', '=', checkIn.id).execute();
	const day = longDay(checkIn.closesOn, today(now, cooperation.zone));
	const silent = seen.organisations.filter(({ answered, there }) => !answered && there);
	const house = await signerOf(context, write, { cooperationId, actingFor: null });
	for (const { organisationId, name } of silent) {
		const about = { cooperation: cooperation.name, organisation: name, day };
		await tellOrganisation(
			write,
			context,
			checkIn,
			{ id: organisationId, name },
			{
				text: m.evaluations_point_told_reminder(about),
				mail: {
					subject: m.evaluations_point_reminder_mail_subject(about),
					title: m.evaluations_point_mail_title({ organisation: name }),
					paragraphs: [m.evaluations_point_told_reminder(about), m.evaluations_point_mail_free()]
				}
			},
			house
		);
	}
	if (silent.length)
		await tell(write, context, {
			chain: { cooperation: cooperation.id },
			verb: 'point-reminded',
			ids: { checkIn: checkIn.id },
			says: { names: silent.map(({ name }) => name).join(', ') }
		});
}

/** Every hour, each cooperation in which something is due, in a transaction of its own. */
export const lookAfterCheckIns = (wake: (job: string) => void): Job => ({
	name: 'look-after-check-ins',
	every: '20 * * * *',
	run: async (run) => {
		for (const id of await run.asSystem(cooperationsToLookAt)) {
			if (run.stopping()) return;
			await run.asSystem((context) => lookAt(context, id));
		}
		wake('deliver-mails');
	}
});
