import { personOf } from '#platform/actor.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { word } from '#platform/say.ts';
import { answersSharingFor } from './policy.ts';
import type { Openness } from './rules.ts';

/** A carrier says whether the closing review may be shared. It may change its mind: the last answer counts, at once. */
export async function answerSharing(
	context: Context,
	cooperationId: string,
	{ organisation, openness }: { organisation: string; openness: Openness }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, answersSharingFor(context.actor, cooperation).includes(organisation));
	await write.selectFrom('cooperations').select('id').where('id', '=', cooperation.id).forUpdate().execute();
	const last = await write
		.selectFrom('reviewConsents')
		.select(['id', 'openness'])
		.where('cooperationId', '=', cooperation.id)
		.where('organisationId', '=', organisation)
		.where('replacedAt', 'is', null)
		.executeTakeFirst();
	if (last?.openness === openness) return;
	if (last) await write.updateTable('reviewConsents').set({ replacedAt: context.now }).where('id', '=', last.id).execute();
	await write
		.insertInto('reviewConsents')
		.values({
			id: newId(),
			cooperationId: cooperation.id,
			organisationId: organisation,
			openness,
			givenAt: context.now,
			givenBy: personOf(context.actor)
		})
		.execute();
	const { name } = cooperation.accepted.find(({ organisationId }) => organisationId === organisation)!;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'cooperation-review-sharing',
		ids: { organisation, openness },
		says: { organisation: name, answer: word(`lines_review_${openness}`) }
	});
}
