import { sql, type ExpressionBuilder } from 'kysely';
import { hubsOf, personOf } from '#platform/actor.ts';
import { apart } from '#platform/apart.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Kind } from '../../rules/mandates.ts';
import { mayBringList } from '../policy.ts';
import { columnsAsBrought, findImport } from '../queries.server.ts';
import { fatesOf } from '../queries/fates.server.ts';
import type { Mapping } from '../rules/list.ts';
import { readParts, type Given, type Part } from '../rules/parts.ts';
import { signatureOf, toRemember } from '../rules/proposal.ts';
import { columnsOf, refuseNameless, type Sketch } from '../rules/sketch.ts';
import { open, readAtOnce, type Opened } from './opening.server.ts';

/** As JSON that PostgreSQL takes: neither zero bytes nor halves of a sign, which files hold. */
const json = (value: unknown): string =>
	JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part));

/** The name of a file or a list, as the database keeps one. */
export const plain = (words: string) => words.replaceAll('\0', '').toWellFormed().slice(0, 200);

/**
 * Brings a list: it is kept with its beginning, and its columns wait to be matched. A list of one column has nothing to match, and
 * is read. Nothing enters the directory yet. `kind` is what its organisations are where no column says it.
 */
export async function bringList(
	context: Context,
	{ file, text, kind = 'association' }: { file: File | null; text: string | null; kind?: Kind },
	title: string
): Promise<{ id: string; next: 'columns' | 'list'; waits: boolean }> {
	allow(context, mayBringList(context.actor));
	if (context.actor.is !== 'person') throw new NotFound();
	const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(text ?? '');
	let opened: Opened;
	try {
		opened = await open(bytes, file?.name ?? '');
	} catch (problem) {
		// What is no list is said beside the field that it came from.
		if (problem instanceof Refused) throw new Refused(problem.code, problem.details, file ? 'file' : 'text');
		throw problem;
	}
	const id = await keepList(context, opened, { title: file?.name || title, name: file?.name ?? '', kind });
	const { columns, mapping } = await columnsAsBrought(context, id);
	if (columns.length > 1 || !mapping.fields.includes('name')) return { id, next: 'columns', waits: false };
	return { id, next: 'list', ...(await readByColumns(context, id, mapping)) };
}

/** Keeps a file that was opened, for a house; for that of whoever brings it when none is said. */
export async function keepList(
	context: Context,
	{ bytes, sketch }: Opened,
	{ title, name, kind, house }: { title: string; name: string; kind: Kind; house?: string | null }
): Promise<string> {
	const { actor, now } = context;
	const write = allow(context, mayBringList(actor));
	const id = newId();
	await write
		.insertInto('imports')
		.values({
			id,
			title: plain(title),
			fileName: plain(name),
			kind,
			content: Buffer.from(bytes),
			sketch: json(sketch),
			broughtBy: personOf(actor),
			hubId: house ?? hubsOf(actor)[0] ?? null,
			broughtAt: now
		})
		.execute();
	return id;
}

/**
 * Reads a list by its columns, and remembers them for the next file of the same headers. A short list is read at once, a long one by
 * the job. Read before, and not let in yet, it is read anew.
 */
async function readByColumns(context: Context, importId: string, mapping: Mapping): Promise<{ waits: boolean }> {
	const { now } = context;
	const write = allow(context, mayBringList(context.actor));
	const list = await findImport(context, importId);
	if (list.startedAt) throw new Refused('hubs.list-already-in');
	const kept = await write
		.selectFrom('imports')
		.select(['content', 'fileName', 'hubId', 'sketch'])
		.where('id', '=', list.id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (!kept.content || !kept.sketch) throw new Refused('hubs.list-no-columns');
	const { headers } = columnsOf(kept.sketch as unknown as Sketch, mapping.header);
	if (mapping.fields.length !== headers.length) throw new Refused('hubs.list-other-columns');
	refuseNameless(headers, mapping.fields);
	await remember(write, context, kept.hubId, headers, mapping);
	await write.deleteFrom('importRows').where('importId', '=', list.id).execute();
	await write.deleteFrom('importRejections').where('importId', '=', list.id).execute();
	await write
		.updateTable('imports')
		.set({ mapping: json(mapping), mappedAt: now, readAt: null, understood: null, refusedCode: null, refusedDetails: null })
		.set({ reader: null, readerAt: null })
		.where('id', '=', list.id)
		.execute();
	if (kept.content.length > readAtOnce) return { waits: true };
	// Some hundred lines: three pieces or so.
	for (const part of readParts({ bytes: new Uint8Array(kept.content), name: kept.fileName ?? '', mapping }))
		await keepPart(write, now, list.id, part);
	await endReading(write, now, list.id);
	return { waits: false };
}

/** Reads a list by what somebody says of its columns; those that are joined keep the order in which they were remembered. */
export async function matchColumns(
	context: Context,
	importId: string,
	{ field: fields, header }: { field: Mapping['fields']; header: boolean }
): Promise<{ waits: boolean }> {
	const { mapping } = await columnsAsBrought(context, importId, header);
	return readByColumns(context, importId, { ...mapping, fields });
}

/** Reads a list by what is proposed for its columns: what was matched before for its headers, else what they say. */
export async function readAsProposed(context: Context, importId: string): Promise<{ waits: boolean }> {
	return readByColumns(context, importId, (await columnsAsBrought(context, importId)).mapping);
}

/** Keeps what the columns of a kind of file say, for a house or for the instance; a file without headers is known by nothing. */
async function remember(write: Writer, context: Context, hubId: string | null, headers: string[], mapping: Mapping) {
	const signature = mapping.header || headers.some(Boolean) ? signatureOf(headers) : null;
	if (!signature) return;
	const said = {
		columns: json(toRemember(headers, mapping)),
		rememberedAt: context.now,
		rememberedBy: personOf(context.actor)
	};
	await write
		.insertInto('importColumns')
		.values({ id: newId(), hubId, signature, ...said })
		.onConflict((conflict) => conflict.constraint('columns_are_remembered_once').doUpdateSet(said))
		.execute();
}

/** Forgets what was remembered for files of these headers: the next ones are proposed by their words alone. */
export async function forgetColumns(context: Context, importId: string): Promise<void> {
	const write = allow(context, mayBringList(context.actor));
	const { hubId } = await findImport(context, importId);
	const { signature } = await columnsAsBrought(context, importId);
	await write
		.deleteFrom('importColumns')
		.where('hubId', hubId ? '=' : 'is', hubId)
		.where('signature', '=', signature ?? '')
		.execute();
}

type AsSystem = <T>(work: (context: Context) => Promise<T>) => Promise<T>;

/** A reading that gives no sign for so long has died: another takes its list up. */
const silence = 2 * 60_000;

/** Lists that no living reader holds. */
export const nobodyReads = (now: Date) => (eb: ExpressionBuilder<DB, 'imports'>) =>
	eb.or([eb('readerAt', 'is', null), eb('readerAt', '<', new Date(now.getTime() - silence))]);

/** A list that still waits to be read, taken by one reader; none when another reads it, or somebody gave it up. */
async function takeUp(write: Writer, now: Date, id: string, reader: string) {
	return write
		.updateTable('imports')
		.set({ reader, readerAt: now })
		.where('id', '=', id)
		.where('readAt', 'is', null)
		.where('refusedCode', 'is', null)
		.where(nobodyReads(now))
		.returning(['content', 'fileName', 'mapping'])
		.executeTakeFirst();
}

/** The list is still this reader's, who gives a sign of life: nobody gave it up, or has matched its columns otherwise meanwhile. */
async function stillReads(write: Writer, now: Date, id: string, reader: string): Promise<boolean> {
	const { numUpdatedRows } = await write
		.updateTable('imports')
		.set({ readerAt: now })
		.where('id', '=', id)
		.where('reader', '=', reader)
		.where('readAt', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/**
 * Reads one list that waits, piece by piece, each in a transaction of its own; leaves it when another reads it. Cut anywhere, it begins
 * again. `told` hears each piece.
 */
export async function readWaiting(
	id: string,
	asSystem: AsSystem,
	stopping: () => boolean,
	told: (part: Part) => void = () => {}
): Promise<void> {
	const begin = (context: Context) => allow(context, context.actor.is === 'system');
	const reader = newId();
	const list = await asSystem(async (context) => {
		const write = begin(context);
		const waiting = await takeUp(write, context.now, id, reader);
		if (!waiting) return null;
		await write.deleteFrom('importRows').where('importId', '=', id).execute();
		await write.deleteFrom('importRejections').where('importId', '=', id).execute();
		return waiting;
	});
	if (!list) return;
	const step = <T>(work: (write: Writer, context: Context) => Promise<T>): Promise<T | null> =>
		asSystem(async (context) => {
			const write = begin(context);
			return (await stillReads(write, context.now, id, reader)) ? work(write, context) : null;
		});
	const leave = { reader: null, readerAt: null };
	try {
		const mapping = list.mapping as unknown as Mapping | null;
		const waiting: Given = { bytes: new Uint8Array(list.content!), name: list.fileName ?? '', ...(mapping && { mapping }) };
		for await (const part of apart<Part>('src/modules/organisations/imports/rules/parts.ts', 'readParts', waiting)) {
			if (stopping()) {
				await step((write) => write.updateTable('imports').set(leave).where('id', '=', id).execute());
				return;
			}
			if (!(await step((write, { now }) => keepPart(write, now, id, part)))) return;
			told(part);
		}
	} catch (problem) {
		if (!(problem instanceof Refused)) throw problem;
		await step((write) =>
			write
				.updateTable('imports')
				.set({ refusedCode: problem.code, refusedDetails: json(problem.details), content: null, understood: null, ...leave })
				.where('id', '=', id)
				.execute()
		);
		return;
	}
	await step((write, { now }) => endReading(write, now, id));
}

async function keepPart(write: Writer, now: Date, id: string, part: Part): Promise<true> {
	if ('understood' in part)
		await write
			.updateTable('imports')
			.set({ understood: json(part.understood) })
			.where('id', '=', id)
			.execute();
	else if ('entries' in part) {
		const fates = await fatesOf(write, part.entries, now);
		const rows = part.entries.map((entry, i) => {
			const fate = fates[i]!;
			return { n: part.from + i, entry, expected: fate.expected, candidate: fate.expected === 'likely' ? fate.candidate : null };
		});
		await sql`insert into import_rows (import_id, n, entry, expected, candidate)
			select ${id}::uuid, n, entry, expected, candidate
			from jsonb_to_recordset(${json(rows)}::jsonb) as r (n int, entry jsonb, expected text, candidate uuid)`.execute(write);
	} else
		await sql`insert into import_rejections (import_id, line, code, details, raw)
			select ${id}::uuid, line, code, details, array(select jsonb_array_elements_text(raw))
			from jsonb_to_recordset(${json(part.rejected)}::jsonb) as r (line int, code text, details jsonb, raw jsonb)`.execute(write);
	return true;
}

const endReading = (write: Writer, now: Date, id: string) =>
	write.updateTable('imports').set({ readAt: now, reader: null, readerAt: null }).where('id', '=', id).execute();
