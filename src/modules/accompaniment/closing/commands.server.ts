import { m } from '#words';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { writeClosed, writeEnd, writeProposal } from '#modules/hubs/commands.server.ts';
import { mayKeepHub } from '#modules/hubs/policy.ts';
import { findHub, findOpenHub } from '#modules/hubs/queries.server.ts';
import { relationsOfHub } from '#modules/hubs/queries/relations.server.ts';
import { stateOf } from '#modules/hubs/rules.ts';
import { tellManagers, tellThose } from '#modules/organisations/commands/telling.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { accompagnateursOf } from '#modules/organisations/queries/people.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { allow, as, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';

/**
 * Closes a house. What it accompanied is left without, or proposed to another house: an organisation accepted this one and not the
 * other, so it answers again. Everybody concerned is told; what was written stays.
 */
export async function closeHouse(context: Context, hubId: string, { to }: { to: string | null }): Promise<{ name: string }> {
	const house = await findHub(context, hubId);
	const write = allow(context, mayKeepHub(context.actor, hubId));
	const { closedAt } = await write
		.selectFrom('hubs')
		.select('closedAt')
		.where('organisationId', '=', hubId)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (closedAt) return { name: house.name };
	const other = to === null ? null : to === hubId ? null : await findOpenHub(write, to);
	if (to !== null && !other) throw new Refused('hubs.close-to-unknown', {}, 'to');
	const relations = await relationsOfHub(write, hubId);
	const already = other ? await relationsOfHub(write, other.id) : [];
	const organisations = await summariesOf(
		write,
		relations.flatMap(({ organisationId }) => organisationId ?? [])
	);
	const text = other ? m.hubs_told_closed_to({ hub: house.name, other: other.name }) : m.hubs_told_closed({ hub: house.name });
	for (const relation of relations) {
		const { organisationId, cooperationId } = relation;
		const lived = stateOf(relation) === 'living';
		await writeEnd(write, context, relation);
		const accompanied = organisationId ? { organisationId } : { cooperationId: cooperationId! };
		const there = already.some((one) =>
			organisationId ? one.organisationId === organisationId : one.cooperationId === cooperationId
		);
		// an organisation that is the other house accompanies itself
		if (lived && other && !there && organisationId !== other.id)
			await writeProposal(write, context, { hub: other, accompanied, byHub: true });
		if (!lived && relation.proposedByHub) continue;
		if (organisationId)
			await tellManagers(write, context, [organisationId], {
				kind: 'accompaniment',
				cooperationId: null,
				text,
				path: `${organisations.get(organisationId)?.path ?? ''}/accompagnement`
			});
		else {
			const cooperation = await findCooperationById(as(context, { is: 'system', name: 'accompaniment' }), cooperationId!);
			await tellManagers(
				write,
				context,
				cooperation.partners.filter((one) => standingOf(one) === 'accepted').map((one) => one.organisationId),
				{ kind: 'accompaniment', cooperationId, text, path: `${cooperation.path}/accompagnement` }
			);
		}
	}
	await tellThose(write, context, await accompagnateursOf(write, hubId), {
		kind: 'organisation',
		cooperationId: null,
		text: m.hubs_told_closed_here({ hub: house.name }),
		path: '/'
	});
	if (other)
		await tellThose(write, context, await accompagnateursOf(write, other.id), {
			kind: 'accompaniment',
			cooperationId: null,
			text: m.hubs_told_taken_over({ hub: house.name, other: other.name }),
			path: '/maison'
		});
	await writeClosed(write, context, house);
	return house;
}
