import type { Context } from '#platform/context.server.ts';
import { housesToAsk } from '#modules/hubs/queries/around.server.ts';
import { findReached } from '#modules/organisations/queries/directory.server.ts';
import type { Need } from '../queries.server.ts';

/** How somebody without an account answers: what the organisation agreed to show outside, and the houses of its commune to call. */
export async function waysToAnswer(
	context: Context,
	{ organisationId, communeCode }: Pick<Need, 'organisationId' | 'communeCode'>
) {
	const reached = await findReached(context, organisationId);
	return {
		reached: reached && (reached.email || reached.phone || reached.website) ? reached : null,
		houses: communeCode ? await housesToAsk(context.db, communeCode) : []
	};
}
