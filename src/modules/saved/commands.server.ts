import { sql } from 'kysely';
import { allow, type Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { mayKeepViews } from './policy.ts';
import { ownViews } from './queries.server.ts';
import { addressOf, mostKept, mostOfOneList, narrowed } from './rules.ts';

/** Keeps a narrowed list under a name; the same list again only changes its name. Gives the address where it is read. */
export async function saveView(context: Context, input: { address: string; name: string }): Promise<{ path: string }> {
	const { actor, now } = context;
	const write = allow(context, mayKeepViews(actor));
	const view = narrowed(input.address);
	if (!view) throw new Refused('saved.not-a-list');
	if (!view.query) throw new Refused('saved.everything');
	const { here, all } = await ownViews(context)
		.select([
			sql<number>`count(*) filter (where place = ${view.place} and query <> ${view.query})::int`.as('here'),
			sql<number>`count(*)::int`.as('all')
		])
		.executeTakeFirstOrThrow();
	if (here >= mostOfOneList || all >= mostKept) throw new Refused('saved.too-many', { max: mostOfOneList });
	await write
		.insertInto('savedViews')
		.values({
			id: newId(),
			personId: actor.is === 'person' ? actor.id : '',
			place: view.place,
			query: view.query,
			name: input.name,
			savedAt: now
		})
		.onConflict((conflict) => conflict.constraint('view_is_saved_once').doUpdateSet({ name: input.name }))
		.execute();
	return { path: addressOf(view) };
}

/** Gives another name to a view of one's own. */
export async function renameView(context: Context, { id, name }: { id: string; name: string }): Promise<void> {
	const write = allow(context, mayKeepViews(context.actor));
	const { numUpdatedRows } = await write
		.updateTable('savedViews')
		.set({ name })
		.where('id', '=', id)
		.where('id', 'in', ownViews(context).select('id'))
		.executeTakeFirstOrThrow();
	if (!numUpdatedRows) throw new NotFound();
}

/** Keeps a view no longer; what it showed is not touched. */
export async function removeView(context: Context, { id }: { id: string }): Promise<void> {
	const write = allow(context, mayKeepViews(context.actor));
	await write.deleteFrom('savedViews').where('id', '=', id).where('id', 'in', ownViews(context).select('id')).execute();
}

/** Erases one's views, by right. */
export async function eraseMyViews(context: Context): Promise<void> {
	const { actor } = context;
	if (actor.is !== 'person') return;
	await allow(context, mayKeepViews(actor)).deleteFrom('savedViews').where('personId', '=', actor.id).execute();
}
