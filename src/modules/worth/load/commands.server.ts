import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { findOrganisation } from '#modules/organisations/queries.server.ts';
import { duration } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { maySayCapacity } from '../policy.ts';

/** Says how many hours a month an organisation has for all its cooperations; nothing takes it back. Only its members read it. */
export async function sayCapacity(context: Context, at: string, { hours }: { hours: number | null }): Promise<void> {
	const { actor, now } = context;
	const organisation = await findOrganisation(context, at);
	const write = allow(context, maySayCapacity(actor, organisation.id));
	const before = await write
		.selectFrom('capacities')
		.select('minutes')
		.where('organisationId', '=', organisation.id)
		.executeTakeFirst();
	if ((before?.minutes ?? null) === hours) return;
	if (hours === null) await write.deleteFrom('capacities').where('organisationId', '=', organisation.id).execute();
	else {
		const said = { minutes: hours, saidAt: now, saidBy: personOf(actor) };
		await write
			.insertInto('capacities')
			.values({ organisationId: organisation.id, ...said })
			.onConflict((conflict) => conflict.column('organisationId').doUpdateSet(said))
			.execute();
	}
	await tell(write, context, {
		chain: { organisation: organisation.id },
		verb: hours === null ? 'capacity-withdrawn' : 'capacity-said',
		ids: { organisation: organisation.id },
		says: { hours: duration(hours ?? 0) }
	});
}
