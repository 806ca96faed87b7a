import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { mayManage } from '../policy.ts';

/** Keeps that an organisation said its facts were true, or put them right. The caller has been allowed. */
export const keepConfirmation = (write: Writer, context: Context, organisationId: string, outcome: 'confirmed' | 'corrected') =>
	write
		.insertInto('factConfirmations')
		.values({ id: newId(), organisationId, outcome, confirmedAt: context.now, confirmedBy: personOf(context.actor) })
		.execute();

/** « C'est toujours juste »: whoever manages says once a year that what the directory tells is true. Sent twice in a day, it is one. */
export async function sayStillTrue(context: Context, organisationId: string): Promise<void> {
	const write = allow(context, mayManage(context.actor, organisationId));
	const today = await write
		.selectFrom('factConfirmations')
		.select('id')
		.where('organisationId', '=', organisationId)
		.where('confirmedAt', '>', new Date(context.now.getTime() - 86_400_000))
		.limit(1)
		.executeTakeFirst();
	if (today) return;
	await keepConfirmation(write, context, organisationId, 'confirmed');
	await tell(write, context, { chain: { organisation: organisationId }, verb: 'facts-confirmed', says: {} });
}

/** Where letters to the organisation go: written by those who manage it, printed on envelopes, shown on no page of others. */
export async function writePostalAddress(
	context: Context,
	organisationId: string,
	address: { street: string | null; postcode: string | null }
): Promise<void> {
	const write = allow(context, mayManage(context.actor, organisationId));
	await write.updateTable('organisations').set(address).where('id', '=', organisationId).execute();
	await tell(write, context, { chain: { organisation: organisationId }, verb: 'facts-addressed', says: {} });
}
