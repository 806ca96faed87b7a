import { personOf } from '#platform/actor.ts';
import type { z } from 'zod';
import { tell } from '#modules/journal/commands.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { today } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { word } from '#platform/say.ts';
import { speaker } from '../commands.server.ts';
import { mayTakePart } from '../policy.ts';
import { findCooperationById, type Cooperation } from '../queries.server.ts';
import type { moveForm, pauseForm, resumeForm } from './forms.ts';
import { findStage, listStageMoves } from './queries.server.ts';
import { checkMove, checkPause, type Stall } from './rules.ts';

/** One writes after the other: what a second person reads here is what the first has written. */
export const oneAtATime = (write: Writer, cooperationId: string) =>
	write.selectFrom('cooperations').select('id').where('id', '=', cooperationId).forUpdate().execute();

export async function living(context: Context, cooperationId: string, actingFor: string | null) {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayTakePart(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const by = speaker(context, cooperation, actingFor);
	await oneAtATime(write, cooperation.id);
	return { cooperation, write, by, person: personOf(context.actor) };
}

/** Says that the cooperation is in another stage, since a day. `shown` is the number of the move that the page showed. */
export async function moveStage(
	context: Context,
	cooperationId: string,
	{ id, shown, stage, since, note, actingFor }: z.output<typeof moveForm>
): Promise<void> {
	const { cooperation, write, by, person } = await living(context, cooperationId, actingFor);
	const sent = await write.selectFrom('stageMoves').select('cooperationId').where('id', '=', id).executeTakeFirst();
	if (sent?.cooperationId === cooperation.id) return;
	if (sent) throw new Refused('forms.id-unreal');
	const now = await findStage(context, cooperation.id);
	if (now.n !== shown) throw await movedMeanwhile(context, cooperation);
	checkMove(now, { stage, since, note }, today(context.now, cooperation.zone));
	await write
		.insertInto('stageMoves')
		.values({
			id,
			cooperationId: cooperation.id,
			n: now.n + 1,
			stage,
			since,
			note,
			movedAt: context.now,
			movedBy: person,
			movedFor: by.id
		})
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'cooperation-stage-moved',
		ids: { organisation: by.id },
		says: { organisation: by.name, from: word(`cooperations_stage_${now.stage}`), to: word(`cooperations_stage_${stage}`) }
	});
}

async function movedMeanwhile(context: Context, cooperation: Cooperation): Promise<Refused> {
	const [last] = (await listStageMoves(context, cooperation)).moves;
	return new Refused('cooperations.stage-moved-meanwhile', {
		who: last?.saidBy ?? '',
		stage: last ? word(`cooperations_stage_${last.stage}`) : ''
	});
}

/** Lets the cooperation rest until a day, with a reason: nothing is noticed meanwhile. */
export async function pauseCooperation(
	context: Context,
	cooperationId: string,
	{ id, reason, until, actingFor }: z.output<typeof pauseForm>
): Promise<void> {
	const { cooperation, write, by, person } = await living(context, cooperationId, actingFor);
	const sent = await write.selectFrom('pauses').select('cooperationId').where('id', '=', id).executeTakeFirst();
	if (sent?.cooperationId === cooperation.id) return;
	if (sent) throw new Refused('forms.id-unreal');
	checkPause(until, today(context.now, cooperation.zone));
	if ((await findStage(context, cooperation.id)).pausedUntil) throw new Refused('cooperations.paused-already');
	// A rest whose last day has passed is over, whether somebody said so or not.
	await write
		.updateTable('pauses')
		.set({ resumedAt: context.now })
		.where('cooperationId', '=', cooperation.id)
		.where('resumedAt', 'is', null)
		.execute();
	await write
		.insertInto('pauses')
		.values({ id, cooperationId: cooperation.id, reason, until, pausedAt: context.now, pausedBy: person, pausedFor: by.id })
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'cooperation-paused',
		ids: { organisation: by.id },
		says: { organisation: by.name, until: until.split('-').toReversed().join('/') }
	});
}

/** Ends the rest before its day. Said twice, it is said once. */
export async function resumeCooperation(
	context: Context,
	cooperationId: string,
	{ pauseId, actingFor }: z.output<typeof resumeForm>
): Promise<void> {
	const { cooperation, write, by, person } = await living(context, cooperationId, actingFor);
	const { numUpdatedRows } = await write
		.updateTable('pauses')
		.set({ resumedAt: context.now, resumedBy: person, resumedFor: by.id })
		.where('id', '=', pauseId)
		.where('cooperationId', '=', cooperation.id)
		.where('resumedAt', 'is', null)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) return;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'cooperation-resumed',
		ids: { organisation: by.id },
		says: { organisation: by.name }
	});
}

/**
 * Keeps what stalls, so that each is told once. Returns whether there is something to tell: of those noticed now, the first is
 * told with its way out and the others count as told with it.
 */
export async function keepStalls(
	context: Context,
	cooperationId: string,
	stalls: Stall[],
	toldTo: string | null
): Promise<boolean> {
	const write = allow(context, context.actor.is === 'system');
	if (!stalls.length) return false;
	const { numInsertedOrUpdatedRows } = await write
		.insertInto('stallNotices')
		.values(
			stalls.map(({ reason, since }) => ({
				id: newId(),
				cooperationId,
				reason,
				since,
				noticedAt: context.now,
				toldAt: toldTo ? context.now : null,
				toldTo
			}))
		)
		.onConflict((conflict) => conflict.constraint('stall_is_told_once').doNothing())
		.executeTakeFirst();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
