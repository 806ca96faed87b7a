import { objects } from '#content/objects/objects.ts';
import { takeObject } from '#modules/cooperations/origin/commands.server.ts';
import { originOf } from '#modules/cooperations/origin/queries.server.ts';
import { living } from '#modules/cooperations/stages/commands.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { addLine } from '#modules/lines/commands.server.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Taken } from './forms.ts';
import { takingsOf } from './queries.server.ts';
import { staysHome } from './rules.ts';

/**
 * Takes up in a cooperation what others have done: the lines that were kept, in the name of the organisation that keeps them.
 * What was taken already, by a double click or by a partner a moment before, is not written again. How many were written.
 */
export async function takeUp(
	context: Context,
	cooperationId: string,
	objectId: string,
	{ lines, actingFor }: Taken
): Promise<number> {
	const object = objects.find(({ id }) => id === objectId);
	if (!object) throw new NotFound();
	const { cooperation, write, by } = await living(context, cooperationId, actingFor);
	const before = new Set((await takingsOf(write, cooperation.id, object.id, [by.id])).map(({ proposal }) => proposal));
	let shared = 0;
	let written = 0;
	for (const kept of lines) {
		const line = object.lines.find(({ id }) => id === kept.proposal);
		if (!line) throw new Refused('library.line-unknown');
		if (before.has(line.id)) continue;
		const [id, taking, home] = [newId(), newId(), staysHome(line)];
		await addLine(write, context, cooperation, {
			id,
			kind: line.kind,
			text: kept.text,
			audience: null,
			evidence: 'direct',
			source: { kind: 'library', id: taking },
			speaker: by,
			topic: line.topic ?? null,
			phase: line.phase ?? null,
			startsOn: line.kind === 'date' ? kept.day : null,
			endsOn: line.kind === 'date' ? (kept.lastDay ?? kept.day) : kept.day,
			quantity: line.unit ? kept.quantity : null,
			unit: line.unit && kept.quantity ? line.unit : null
		});
		await write
			.insertInto('libraryTakings')
			.values({
				id: taking,
				cooperationId: cooperation.id,
				object: object.id,
				proposal: line.id,
				line: id,
				home,
				takenFor: by.id,
				takenAt: context.now
			})
			.execute();
		written++;
		if (!home) shared++;
	}
	// What only stays at home says nothing to the partners.
	if (!shared) return written;
	if (!(await originOf(write, cooperation.id))?.object)
		await takeObject(write, context, cooperation, {
			object: object.name,
			objectKey: object.id,
			objectKind: object.kind,
			by: by.id
		});
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'cooperation-inspired',
		ids: { organisation: by.id },
		says: { organisation: by.name, object: object.name, n: shared }
	});
	return written;
}
