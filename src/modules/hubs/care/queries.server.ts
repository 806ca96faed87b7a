import type { Context } from '#platform/context.server.ts';
import { listLeftAlone } from '#modules/organisations/erasure/queries.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import { countManagers, managersOf } from '#modules/organisations/queries/people.server.ts';
import { accompaniedOrganisations } from '../queries.server.ts';
import { mayInviteFirst } from './policy.ts';

/** The house of the actor that an organisation accepted; null when none did. */
export const hubInviting = async (context: Context, organisationId: string): Promise<string | null> =>
	(await accompaniedOrganisations(context).select('hubId').where('organisationId', '=', organisationId).executeTakeFirst())
		?.hubId ?? null;

/**
 * Who alone holds the key of an organisation: for its people, and for a house that it accepted; null when several do, or nobody, or
 * for anybody else. To that person, how many others they hold alone as well.
 */
export async function findOnlyManager(
	context: Context,
	organisationId: string
): Promise<{ name: string; self: boolean; others: number; accompanies: boolean } | null> {
	const { actor, db } = context;
	if (actor.is !== 'person') return null;
	const belongs = organisationsOf(actor).includes(organisationId);
	if (!belongs && !(await hubInviting(context, organisationId))) return null;
	const [only, ...more] = await managersOf(db, organisationId);
	if (!only || more.length) return null;
	const self = only.id === actor.id;
	const alone = self ? await listLeftAlone(context) : [];
	return { name: only.name, self, others: Math.max(0, alone.length - 1), accompanies: !belongs };
}

/** Whether the actor may invite the first manager of an organisation that has none. */
export async function mayInviteFirstManager(context: Context, organisationId: string): Promise<boolean> {
	return mayInviteFirst(context.actor, {
		managers: await countManagers(context.db, organisationId),
		accompanied: (await hubInviting(context, organisationId)) !== null
	});
}
