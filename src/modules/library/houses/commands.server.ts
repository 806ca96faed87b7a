import type { z } from 'zod';
import { tell } from '#modules/journal/commands.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import type { houseTextForm } from './forms.ts';
import { mayWriteThere } from './policy.ts';
import { findHouseText } from './queries.server.ts';

/** Writes a text into a house's library, its own or adapted from one that it may read. Sent twice, it is written once. */
export async function writeHouseText(context: Context, hubId: string, input: z.output<typeof houseTextForm>): Promise<void> {
	const write = allow(context, mayWriteThere(context.actor, hubId));
	if (input.adaptedFrom) await findHouseText(context, input.adaptedFrom);
	const { numInsertedOrUpdatedRows } = await write
		.insertInto('houseTexts')
		.values({ ...input, hubId, writtenAt: context.now, writtenBy: personOf(context.actor) })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirstOrThrow();
	if (numInsertedOrUpdatedRows)
		await tell(write, context, {
			chain: { organisation: hubId },
			verb: input.shared ? 'hub-text-shared' : 'hub-text-written',
			says: { title: input.title }
		});
}

/** Takes a text out of a house's library. What others adapted from it stays theirs. */
export async function endHouseText(context: Context, hubId: string, { id }: { id: string }): Promise<void> {
	const write = allow(context, mayWriteThere(context.actor, hubId));
	const ended = await write
		.updateTable('houseTexts')
		.set({ endedAt: context.now })
		.where('id', '=', id)
		.where('hubId', '=', hubId)
		.where('endedAt', 'is', null)
		.returning('title')
		.executeTakeFirst();
	if (!ended) throw new NotFound();
	await tell(write, context, { chain: { organisation: hubId }, verb: 'hub-text-ended', says: { title: ended.title } });
}
