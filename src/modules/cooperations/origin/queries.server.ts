import { sql } from 'kysely';
import { ask, type Context, type Reader } from '#platform/context.server.ts';
import { followedCooperations } from '../queries/helped.server.ts';
import { findCooperationById, namesOfCooperations, sharedCooperations, type Cooperation } from '../queries.server.ts';
import { forThoseInside, namesOfSayers } from '../stages/queries.server.ts';
import { triggerIds, type EntryMode, type Trigger } from './rules.ts';

const columns = [
	'id',
	'mode',
	'reason',
	'triggers',
	'object',
	'objectKey',
	'objectKind',
	'parentId',
	'toldAt as at',
	'toldBy as by',
	'toldFor as for'
] as const;

/** What stands today of a cooperation's origin, whoever asks. */
export const originOf = (db: Reader, cooperationId: string) =>
	db
		.selectFrom('origins')
		.select(columns)
		.where('cooperationId', '=', cooperationId)
		.where('replacedAt', 'is', null)
		.executeTakeFirst();

/** How many links of a lineage are followed: more is no lineage. */
const longestLineage = 100;

/** Where a cooperation comes from: what stands, what was said before, the parent and the children that the actor may see. */
export async function findOrigin(context: Context, cooperation: Cooperation) {
	const partner = forThoseInside(context, cooperation) === 'partner';
	const rows = await context.db
		.selectFrom('origins')
		.select([...columns, 'replacedAt'])
		.where('cooperationId', '=', cooperation.id)
		.orderBy('toldAt', 'desc')
		.orderBy('id', 'desc')
		.limit(50)
		.execute();
	const saidBy = await namesOfSayers(context, rows);
	const said = rows.map((row) => ({
		...row,
		mode: row.mode as EntryMode | null,
		triggers: row.triggers.filter((one): one is Trigger => (triggerIds as readonly string[]).includes(one)),
		reason: partner ? row.reason : null,
		saidBy: saidBy(row)
	}));
	const now = said.find(({ replacedAt }) => replacedAt === null) ?? null;
	const children = await context.db
		.selectFrom('origins')
		.select('cooperationId')
		.where('parentId', '=', cooperation.id)
		.where('replacedAt', 'is', null)
		.limit(200)
		.execute();
	return {
		now,
		/** Where the mode of entry changed: what it was, and why it changed. */
		changes: said.flatMap((one, n) => {
			const before = said[n + 1]?.mode;
			return before && before !== one.mode ? [{ ...one, before }] : [];
		}),
		parent: now?.parentId ? ((await namesOfCooperations(context, [now.parentId]))[0] ?? null) : null,
		children: await namesOfCooperations(
			context,
			children.map(({ cooperationId }) => cooperationId)
		)
	};
}

/** The cooperations that this one may follow: those that the actor takes part in, but itself. */
export async function listPossibleParents(context: Context, cooperation: Cooperation) {
	const rows = await context.db
		.selectFrom('cooperations')
		.select(['id', 'name'])
		.where('id', 'in', sharedCooperations(context))
		.where('id', '!=', cooperation.id)
		.orderBy('name')
		.orderBy('id')
		.limit(200)
		.execute();
	return rows;
}

/** Whether a lineage that begins at `from` and goes up meets `sought`, in one query; one without end meets everything. */
export async function lineageMeets(db: Reader, from: string, sought: string): Promise<boolean> {
	const rows = await ask(
		db,
		sql<{ id: string; links: number }>`
		with recursive up (id, links) as (
			select ${from}::uuid, 1
			union all
			select o.parent_id, links + 1 from up join origins o on o.cooperation_id = up.id and o.replaced_at is null
			where o.parent_id is not null and links < ${longestLineage})
		select id, links from up`
	);
	return rows.some(({ id, links }) => id === sought || links >= longestLineage);
}

/** The cooperation that this one follows, for those who see it from inside; null otherwise. */
export async function findParent(context: Context, cooperation: Cooperation): Promise<Cooperation | null> {
	const parentId = (await originOf(context.db, cooperation.id))?.parentId;
	if (!parentId) return null;
	const seen = await context.db
		.selectFrom('cooperations')
		.select('id')
		.where('id', '=', parentId)
		.where('id', 'in', sharedCooperations(context))
		.executeTakeFirst();
	return seen ? findCooperationById(context, parentId) : null;
}

/** The cooperations around an object of the library, among those that the actor takes part in or accompanies. */
export async function listAroundObject(context: Context, objectKey: string) {
	const rows = await context.db
		.selectFrom('origins')
		.select('cooperationId')
		.where('objectKey', '=', objectKey)
		.where('replacedAt', 'is', null)
		.where((eb) =>
			eb.or([eb('cooperationId', 'in', sharedCooperations(context)), eb('cooperationId', 'in', followedCooperations(context))])
		)
		.limit(100)
		.execute();
	return namesOfCooperations(
		context,
		rows.map(({ cooperationId }) => cooperationId)
	);
}
