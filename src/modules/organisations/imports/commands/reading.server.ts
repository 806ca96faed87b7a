import { sql } from 'kysely';
import { hubsOf } from '#platform/actor.ts';
import { apart } from '#platform/apart.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Kind } from '../../rules/mandates.ts';
import { mayBringList } from '../policy.ts';
import { fatesOf } from '../queries.server.ts';
import { refuseOtherFiles } from '../rules/encoding.ts';
import { mostBytes } from '../rules/list.ts';
import { readParts, type Part } from '../rules/parts.ts';

/** Bytes: what is read while somebody waits. Beyond, a job reads it, and the page says how far it is. */
const readAtOnce = 64_000;

/** As JSON that PostgreSQL takes: neither zero bytes nor halves of a sign, which files hold. */
const json = (value: unknown): string =>
	JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part));

/**
 * Brings a list. A short one is read at once, so that what is wrong is said beside what was typed; a long one waits for the job.
 * Nothing enters the directory yet. `kind` is what its organisations are where no column says it.
 */
export async function readIn(
	context: Context,
	{ file, text, kind = 'association' }: { file: File | null; text: string | null; kind?: Kind },
	title: string
): Promise<{ id: string; waits: boolean }> {
	const { actor, now } = context;
	const write = allow(context, mayBringList(actor));
	if (actor.is !== 'person') throw new NotFound();
	if (file && file.size > mostBytes) throw new Refused('organisations.import-too-heavy', { most: mostBytes / 1_000_000 }, 'file');
	const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(text ?? '');
	const parts = readable(bytes, file?.name ?? '', file ? 'file' : 'text');
	const plain = (words: string) => words.replaceAll('\0', '').toWellFormed().slice(0, 200);
	const id = newId();
	await write
		.insertInto('imports')
		.values({
			id,
			title: plain(file?.name || title),
			fileName: plain(file?.name ?? ''),
			kind,
			content: Buffer.from(bytes),
			broughtBy: actor.id,
			hubId: hubsOf(actor)[0] ?? null,
			broughtAt: now
		})
		.execute();
	if (!parts) return { id, waits: true };
	// Some hundred lines: three pieces or so.
	for (const part of parts) await keepPart(write, now, id, part);
	await endReading(write, now, id);
	return { id, waits: false };
}

/** The pieces of a list that is short enough to be read at once; what is no list is said beside the field that it came from. */
function readable(bytes: Uint8Array, name: string, field: 'file' | 'text'): Part[] | null {
	try {
		refuseOtherFiles(bytes);
		return bytes.length > readAtOnce ? null : [...readParts({ bytes, name })];
	} catch (problem) {
		if (problem instanceof Refused) throw new Refused(problem.code, problem.details, field);
		throw problem;
	}
}

type AsSystem = <T>(work: (context: Context) => Promise<T>) => Promise<T>;

/** A list that still waits to be read, held until the end of the transaction; none when somebody gave it up. */
const held = (write: Writer, id: string) =>
	write.selectFrom('imports').select('id').where('id', '=', id).where('readAt', 'is', null).forUpdate().executeTakeFirst();

/** Reads one list that waits, piece by piece, each in a transaction of its own. Cut anywhere, it begins again. */
export async function readWaiting(id: string, asSystem: AsSystem, stopping: () => boolean): Promise<void> {
	const step = <T>(work: (write: Writer, context: Context) => Promise<T>): Promise<T | null> =>
		asSystem(async (context) => {
			const write = allow(context, context.actor.is === 'system');
			return (await held(write, id)) ? work(write, context) : null;
		});
	const list = await step(async (write) => {
		await write.deleteFrom('importRows').where('importId', '=', id).execute();
		await write.deleteFrom('importRejections').where('importId', '=', id).execute();
		return write.selectFrom('imports').select(['content', 'fileName']).where('id', '=', id).executeTakeFirstOrThrow();
	});
	if (!list) return;
	try {
		const waiting = { bytes: new Uint8Array(list.content!), name: list.fileName ?? '' };
		for await (const part of apart<Part>('src/modules/organisations/imports/rules/parts.ts', 'readParts', waiting))
			if (stopping() || !(await step((write, { now }) => keepPart(write, now, id, part)))) return;
	} catch (problem) {
		if (!(problem instanceof Refused)) throw problem;
		await step((write) =>
			write
				.updateTable('imports')
				.set({ refusedCode: problem.code, refusedDetails: json(problem.details), content: null, understood: null })
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
	write.updateTable('imports').set({ readAt: now, content: null }).where('id', '=', id).execute();
