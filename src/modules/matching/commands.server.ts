import { personOf } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { mayChoose } from './policy.ts';

/** Says whether an organisation may be suggested to others. Nothing else is ever written here: suggestions are only read. */
export async function chooseSuggested(
	context: Context,
	address: string,
	{ suggested }: { suggested: 'yes' | 'no' }
): Promise<void> {
	const organisation = await findOrganisation(context, address);
	const write = allow(context, mayChoose(context.actor, organisation.id));
	const changed =
		suggested === 'no'
			? await write
					.insertInto('suggestionRefusals')
					.values({ organisationId: organisation.id, refusedAt: context.now, refusedBy: personOf(context.actor) })
					.onConflict((conflict) => conflict.doNothing())
					.executeTakeFirst()
					.then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows)
			: await write
					.deleteFrom('suggestionRefusals')
					.where('organisationId', '=', organisation.id)
					.executeTakeFirst()
					.then(({ numDeletedRows }) => numDeletedRows);
	if (!changed) return;
	await tell(write, context, {
		chain: { organisation: organisation.id },
		verb: suggested === 'no' ? 'suggestions-refused' : 'suggestions-wanted',
		ids: { organisation: organisation.id },
		says: {}
	});
}
