import type { Context } from '#platform/context.server.ts';
import { exactlyOrNearly, holds, mostFound, type Asked } from '#platform/database/text-search.server.ts';
import { namesOfCooperations, visibleCooperationIds } from '#modules/cooperations/queries.server.ts';
import type { Kind } from '../rules.ts';
import { currentLines, unmarked } from '../queries.server.ts';

/**
 * The lines that answer a question, as the actor may read them: the last version that they see of each, in the cooperations whose page
 * opens to them. Withdrawn ones are left out, as everywhere.
 */
export async function searchLines(context: Context, asked: Asked) {
	// Ids and not a subquery: PostgreSQL then knows how few lines there are to look at, and does not read those of others.
	const ids = (await visibleCooperationIds(context).execute()).map(({ id }) => id);
	if (!ids.length) return [];
	return exactlyOrNearly(asked, async (nearly) => {
		const rows = await currentLines(context)
			.select(['l.id', 'l.kind', 'l.text', 'l.cooperationId', 'l.writtenAt'])
			.where(holds(asked, 'l.words', nearly))
			.where('l.cooperationId', 'in', ids)
			.where(unmarked('withdrawn'))
			.orderBy('l.writtenAt', 'desc')
			.orderBy('l.id', 'desc')
			.limit(mostFound)
			.execute();
		const cooperations = await namesOfCooperations(context, [...new Set(rows.map(({ cooperationId }) => cooperationId))]);
		return rows.map((row) => {
			const cooperation = cooperations.find(({ id }) => id === row.cooperationId)!;
			return {
				id: row.id,
				kind: row.kind as Kind,
				title: '',
				text: row.text,
				cooperation: cooperation.name,
				path: `${cooperation.path}/lignes/${row.id}`
			};
		});
	});
}
