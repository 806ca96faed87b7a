import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { chosenAmong } from '#modules/cooperations/rules.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { worthKeys } from '#content/worth/questions.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { hereOrInvitedFor } from '#modules/cooperations/policy.ts';
import type { Weighed } from './forms.ts';

/** The organisation of the actor that asks itself: chosen, or the only one of theirs that is here. */
const askingItself = (context: Context, cooperation: Cooperation, chosen: string | null): { id: string; name: string } =>
	chosenAmong(cooperation.partners, hereOrInvitedFor(context.actor, cooperation), chosen);

/** Keeps what an organisation answers for itself. Each time is kept beside the others; sent twice, it is kept once. */
export async function weighFor(context: Context, cooperationId: string, input: Weighed): Promise<void> {
	const { actor, now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, hereOrInvitedFor(actor, cooperation).length > 0);
	const own = askingItself(context, cooperation, input.actingFor);
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const made = await write
		.insertInto('weighings')
		.values({
			id: input.id,
			cooperationId: cooperation.id,
			organisationId: own.id,
			minutes: input.minutes,
			madeAt: now,
			madeBy: personOf(actor)
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) return;
	await write
		.insertInto('weighingAnswers')
		.values(
			worthKeys.map((question) => ({
				weighingId: input.id,
				question,
				answer: input[question],
				words: input[`${question}Words`]
			}))
		)
		.execute();
	await tell(write, context, {
		chain: { organisation: own.id },
		verb: 'weighing-made',
		ids: { organisation: own.id },
		says: { cooperation: cooperation.name }
	});
}
