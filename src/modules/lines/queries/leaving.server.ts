import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { listLines, type LineSeen } from '../queries.server.ts';

/** How many lines that partners hold are settled at once: more than anybody would promise. */
const heldAtMost = 2000;

export type Leaving = { tasks: LineSeen[]; roles: LineSeen[]; contributions: LineSeen[] };

/** What each partner holds that its leaving would settle: open tasks, roles and risks it watches, promises. Never what is at home. */
export async function listLeavings(
	context: Context,
	cooperation: Pick<Cooperation, 'id' | 'accepted'>
): Promise<Map<string, Leaving>> {
	const lines = (await listLines(context, cooperation.id, ['task', 'role', 'risk', 'contribution'], { size: heldAtMost })).filter(
		({ audience }) => audience !== 'organisation'
	);
	return new Map(
		cooperation.accepted.map(({ organisationId }) => {
			const named = lines.filter(({ whoOrganisation }) => whoOrganisation === organisationId);
			return [
				organisationId,
				{
					tasks: named.filter(({ kind, doneAt }) => kind === 'task' && doneAt === null),
					roles: named.filter(({ kind }) => kind === 'role' || kind === 'risk'),
					contributions: lines.filter(
						({ kind, whoOrganisation, actingFor }) => kind === 'contribution' && (whoOrganisation ?? actingFor) === organisationId
					)
				}
			];
		})
	);
}
