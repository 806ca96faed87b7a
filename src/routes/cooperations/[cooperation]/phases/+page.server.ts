import { durationKinds } from '#content/stages/durations.ts';
import { mayTakePart, readerOf, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { moveStage, pauseCooperation, resumeCooperation } from '#modules/cooperations/stages/commands.server.ts';
import { moveForm, pauseForm, resumeForm } from '#modules/cooperations/stages/forms.ts';
import { findStage, listStageMoves } from '#modules/cooperations/stages/queries.server.ts';
import { monthsBetween, movable, usualMonths } from '#modules/cooperations/stages/rules.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: at }: Params) => {
	const cooperation = await findCooperation(context, at);
	const { moves, pauses } = await listStageMoves(context, cooperation);
	const now = await findStage(context, cooperation.id);
	const day = today(context.now, cooperation.zone);
	return {
		cooperation,
		reader: readerOf(context.actor, cooperation),
		day,
		now,
		lasts: monthsBetween(now.since, day),
		begunOn: today(cooperation.begunAt, cooperation.zone),
		kind: durationKinds.find(({ id }) => id === now.kind)!,
		usual: movable.map((stage) => ({ stage, months: usualMonths(stage, now.kind) })),
		moves: moves.map(({ id, stage, since, note, saidBy }) => ({ id, stage, since, note, saidBy })),
		pauses: pauses.map(({ id, reason, until, at: from, resumedAt }) => ({
			id,
			reason,
			until,
			from: today(from, cooperation.zone),
			resumedOn: resumedAt && today(resumedAt, cooperation.zone),
			now: resumedAt === null && now.pausedUntil === until
		})),
		may: mayTakePart(context.actor, cooperation) && cooperation.endedAt === null,
		speakers: speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation)),
		newMove: newId(),
		newPause: newId()
	};
});

export const actions = {
	move: action(
		'signed in',
		moveForm,
		async (context, input, { cooperation }: Params) =>
			moveStage(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.cooperations_stage_moved() }
	),
	pause: action(
		'signed in',
		pauseForm,
		async (context, input, { cooperation }: Params) =>
			pauseCooperation(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.cooperations_paused() }
	),
	resume: action(
		'signed in',
		resumeForm,
		async (context, input, { cooperation }: Params) =>
			resumeCooperation(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.cooperations_resumed() }
	)
};
