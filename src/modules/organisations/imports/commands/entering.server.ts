import { setTimeout } from 'node:timers/promises';
import type { Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import type { Kind } from '../../rules/mandates.ts';
import { letIn, nextToEnter, takeNext } from '../commands.server.ts';
import { findImport, type Import } from '../queries.server.ts';
import type { Opened } from './opening.server.ts';
import type { Mapping } from '../rules/list.ts';
import { keepList, matchColumns, plain, readAsProposed, readWaiting } from './reading.server.ts';

type AsSystem = <T>(work: (context: Context) => Promise<T>) => Promise<T>;

/** How far a list is that enters in one go. `rate` is organisations a second, `left` seconds. */
export type Progress =
	| { is: 'reads'; done: number; total: number }
	| { is: 'waits' }
	| { is: 'enters'; done: number; total: number; rate: number; left: number }
	| { is: 'over'; list: Import };

/**
 * A list from its bytes to the directory, in one go: read by what is said of its columns, else by what is proposed, let in, taken in. Lists that were let
 * in before enter first. Cut anywhere, what is left is done by the job, or by the next one who enters a list.
 */
export async function* enterWhole(
	asSystem: AsSystem,
	opened: Opened,
	{
		title,
		name,
		kind = 'association',
		house,
		mapping
	}: { title: string; name: string; kind?: Kind; house: string | null; mapping?: Mapping }
): AsyncGenerator<Progress, void> {
	const { id, waits } = await asSystem(async (context) => {
		const before = await cutBefore(context, opened, { name, house });
		if (before && !mapping) return before;
		const kept = before?.id ?? (await keepList(context, opened, { title, name, kind, house }));
		if (!mapping) return { id: kept, ...(await readAsProposed(context, kept)) };
		return { id: kept, ...(await matchColumns(context, kept, { field: mapping.fields, header: mapping.header })) };
	});
	if (waits) yield* read(asSystem, id);
	await asSystem((context) => letIn(context, id));
	const from = Date.now();
	let told = false;
	for (;;) {
		const next = await asSystem(({ db }) => nextToEnter(db));
		if (!next) break;
		if (next.id !== id && !told) {
			told = true;
			yield { is: 'waits' };
		}
		await asSystem((context) => takeNext(context, next.id));
		if (next.id !== id) continue;
		const { done, total, finishedAt } = await asSystem((context) => findImport(context, id));
		const rate = Math.round((1000 * done) / Math.max(1, Date.now() - from));
		yield { is: 'enters', done, total, rate, left: Math.ceil((total - done) / Math.max(1, rate)) };
		if (finishedAt) break;
	}
	yield { is: 'over', list: await asSystem((context) => findImport(context, id)) };
}

/** The same file of the same house, which nobody brought by a page and which was cut before it was let in: the same command goes on with it. */
async function cutBefore(
	{ db }: Context,
	{ bytes }: Opened,
	{ name, house }: { name: string; house: string | null }
): Promise<{ id: string; waits: boolean } | null> {
	const before = await db
		.selectFrom('imports')
		.select(['id', 'readAt'])
		.where('broughtBy', 'is', null)
		.where('hubId', house === null ? 'is' : '=', house)
		.where('fileName', '=', plain(name))
		.where('content', '=', Buffer.from(bytes))
		.where('mappedAt', 'is not', null)
		.where('refusedCode', 'is', null)
		.orderBy('broughtAt', 'desc')
		.limit(1)
		.executeTakeFirst();
	return before ? { id: before.id, waits: !before.readAt } : null;
}

/** Reads a list, or waits while the job does; whichever of them began goes on. */
async function* read(asSystem: AsSystem, id: string): AsyncGenerator<Progress, void> {
	for (;;) {
		const pieces = new Set<() => void>();
		let total = 0;
		let done = 0;
		const reading = readWaiting(
			id,
			asSystem,
			() => false,
			(part) => {
				if ('understood' in part) total = part.understood.entries;
				if ('entries' in part) done += part.entries.length;
				for (const heard of pieces) heard();
			}
		).then(() => true);
		while (!(await Promise.race([reading, new Promise<false>((heard) => pieces.add(() => heard(false)))]))) {
			pieces.clear();
			yield { is: 'reads', done, total };
		}
		const list = await asSystem((context) => findImport(context, id));
		if (list.refusedCode) throw new Refused(list.refusedCode, list.refusedDetails ?? {});
		if (list.readAt) return;
		yield { is: 'reads', done: list.total, total: list.understood?.entries ?? 0 };
		await setTimeout(1000);
	}
}
