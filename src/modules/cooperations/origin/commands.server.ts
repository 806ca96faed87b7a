import { personOf } from '#platform/actor.ts';
import { sql } from 'kysely';
import { tell } from '#modules/journal/commands.server.ts';
import type { Context, Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { word } from '#platform/say.ts';
import { findCooperationById, namesOfCooperations, type Cooperation } from '../queries.server.ts';
import { living } from '../stages/commands.server.ts';
import { forThoseInside } from '../stages/queries.server.ts';
import type { OriginSaid } from './forms.ts';
import { lineageMeets, originOf } from './queries.server.ts';
import { checkMode } from './rules.ts';

type Told = Omit<OriginSaid, 'id' | 'shown' | 'actingFor'> & { objectKey: string | null };
const nothing: Told = { mode: null, reason: null, triggers: [], object: null, objectKey: null, objectKind: null, parentId: null };

/** A cooperation follows one that the actor sees from inside, and no lineage comes back to where it began. */
async function checkParent(write: Writer, context: Context, cooperationId: string, parentId: string): Promise<string> {
	try {
		const parent = await findCooperationById(context, parentId);
		forThoseInside(context, parent);
		// Two lineages at once could close a circle that neither sees: they are written one after the other.
		await sql`select pg_advisory_xact_lock(hashtext('lineage'))`.execute(write);
		if (await lineageMeets(write, parent.id, cooperationId)) throw new Refused('cooperations.parent-circle', {}, 'parentId');
		return parent.name;
	} catch (problem) {
		if (problem instanceof NotFound) throw new Refused('cooperations.parent-unknown', {}, 'parentId');
		throw problem;
	}
}

async function writeOrigin(
	write: Writer,
	context: Context,
	cooperationId: string,
	id: string,
	told: Told,
	by: string
): Promise<void> {
	await write
		.updateTable('origins')
		.set({ replacedAt: context.now })
		.where('cooperationId', '=', cooperationId)
		.where('replacedAt', 'is', null)
		.execute();
	const person = personOf(context.actor);
	await write
		.insertInto('origins')
		.values({ ...told, id, cooperationId, toldAt: context.now, toldBy: person, toldFor: by })
		.execute();
}

/** Says where a cooperation comes from. What was said before stays beside; changing the mode of entry says why. */
export async function tellOrigin(
	context: Context,
	cooperationId: string,
	{ id, shown, actingFor, ...said }: OriginSaid
): Promise<void> {
	const { cooperation, write, by } = await living(context, cooperationId, actingFor);
	const sent = await write.selectFrom('origins').select('cooperationId').where('id', '=', id).executeTakeFirst();
	if (sent?.cooperationId === cooperation.id) return;
	if (sent) throw new Refused('forms.id-unreal');
	const before = await originOf(write, cooperation.id);
	if ((before?.id ?? null) !== shown) throw new Refused('cooperations.origin-told-meanwhile');
	checkMode(before?.mode ?? null, said.mode, said.reason);
	const changes = (before?.mode ?? null) !== null && before?.mode !== said.mode;
	// Whoever doesn't see the parent could not leave it out either.
	const hidden = before?.parentId && !(await namesOfCooperations(context, [before.parentId])).length ? before.parentId : null;
	const parent =
		said.parentId && said.parentId !== before?.parentId ? await checkParent(write, context, cooperation.id, said.parentId) : null;
	await writeOrigin(
		write,
		context,
		cooperation.id,
		id,
		{
			...said,
			parentId: said.parentId ?? hidden,
			triggers: [...new Set(said.triggers)],
			// A reason belongs to a change; the key of a library's object goes when its words do.
			reason: changes ? said.reason : null,
			objectKey: said.object === before?.object ? (before?.objectKey ?? null) : null
		},
		by.id
	);
	const about = { chain: { cooperation: cooperation.id }, ids: { organisation: by.id } };
	if (changes)
		await tell(write, context, {
			...about,
			verb: 'cooperation-entry-changed',
			says: {
				organisation: by.name,
				before: word(`cooperations_mode_${before!.mode}`),
				after: said.mode ? word(`cooperations_mode_${said.mode}`) : '…'
			}
		});
	else await tell(write, context, { ...about, verb: 'cooperation-origin-told', says: { organisation: by.name } });
	if (parent) await tell(write, context, { ...about, verb: 'cooperation-parent-told', says: { organisation: by.name, parent } });
}

/** The concrete thing that lets people start, taken from elsewhere; the rest of the origin stays. The caller has been allowed. */
export async function takeObject(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	{ object, objectKey, objectKind, by }: Pick<Told, 'object' | 'objectKey' | 'objectKind'> & { by: string }
): Promise<void> {
	const before = await originOf(write, cooperation.id);
	const kept = before ? { mode: before.mode, triggers: before.triggers, parentId: before.parentId } : {};
	await writeOrigin(
		write,
		context,
		cooperation.id,
		newId(),
		{
			...nothing,
			...(kept as Partial<Told>),
			object,
			objectKey,
			objectKind: objectKind ?? (before?.objectKind as Told['objectKind']) ?? null
		},
		by
	);
}

/** A cooperation that just began follows another. The caller has been allowed to begin it, and to read the other. */
export async function followParent(
	write: Writer,
	context: Context,
	cooperationId: string,
	{ parentId, by }: { parentId: string; by: string }
): Promise<void> {
	const before = await originOf(context.db, parentId);
	const objectKind = (before?.objectKind ?? null) as Told['objectKind'];
	const { object = null, objectKey = null } = before ?? {};
	await writeOrigin(write, context, cooperationId, newId(), { ...nothing, object, objectKey, objectKind, parentId }, by);
}
