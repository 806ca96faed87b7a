import type { Kysely } from 'kysely';
import { m } from '#words';
import { inTransaction } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { word } from '#platform/say.ts';
import { markLife } from '#modules/identity/life/commands.server.ts';
import { bringRegister, cutBefore } from '#modules/register/commands.server.ts';
import type { Progress } from '#modules/register/commands/account.server.ts';
import { goOn } from '#modules/register/commands/importing.server.ts';
import { listRegisterImports, rejectedFile } from '#modules/register/queries.server.ts';
import { inFrench, sayStep } from './terminal.ts';

/** Where a register is read from and to: the database, its address for the readers beside, and the folder of what is rejected. */
export type Place = { db: Kysely<DB>; url: string; dataFolder: string };
/** A file to read, of which only these departments and communes; or the number of a reading that was begun. */
export type Asked = { file: string; departments: string; communes: string } | { begun: number };

const actor = { is: 'system', name: 'import' } as const;

/** Reads a file of the official registers to its end, and says at the terminal how far it is and what became of each line. */
export async function importRegister(place: Place, name: string, asked: Asked): Promise<void> {
	const begins = { actor, now: new Date(), mode: 'write' } as const;
	const id =
		'begun' in asked
			? asked.begun
			: await inTransaction(
					place.db,
					begins,
					async (writing) => (await cutBefore(writing, asked)) ?? (await bringRegister(writing, asked))
				);
	console.log(m.register_terminal_begins({ file: name, id }));
	for await (const progress of goOn({ url: place.url, id, dataFolder: place.dataFolder })) {
		sayProgress(progress);
		if (progress.is === 'done') await sayReport(place, id, progress);
	}
}

function sayProgress(progress: Progress): void {
	if (progress.is === 'waits') console.log(m.register_terminal_waits());
	else if (progress.is === 'builds') console.log(`${process.stdout.isTTY ? '\n' : ''}${m.register_terminal_builds()}`);
	else if (progress.is === 'stopped') console.log(m.register_terminal_stopped());
	else if (progress.is === 'at work') {
		const { counts, bytes, total, rate, left } = progress;
		sayStep(
			m.register_terminal_progress({
				rows: inFrench(counts.read),
				percent: Math.min(100, Math.round((100 * bytes) / Math.max(1, total))),
				rate: inFrench(rate),
				left: left === null ? '–' : `${Math.floor(left / 60)} min ${left % 60} s`
			})
		);
	}
}

/** What became of each line; beside it what became of records and of their numbers, which the sum of lines leaves out. */
async function sayReport({ db, dataFolder }: Place, id: number, { counts }: Extract<Progress, { is: 'done' }>): Promise<void> {
	// The directory shows at once who gives a sign of life.
	await markLife(db, new Date());
	const reads = { actor, now: new Date(), mode: 'read' } as const;
	const report = (await inTransaction(db, reads, (reading) => listRegisterImports(reading))).find((one) => one.id === id);
	const beside = { ended: report?.bodiesEnded, vanished: report?.bodiesVanished, unverified: report?.numbersUnverified };
	for (const [what, n] of [...Object.entries(counts), ...Object.entries(beside).filter(([, some]) => some)])
		console.log(`${inFrench(Number(n)).padStart(12)}  ${word(`register_count_${what}`)}`);
	for (const { code, details } of report?.remarks ?? []) console.log(word(code, details));
	if (counts.rejected) console.log(m.register_terminal_rejected({ file: rejectedFile(dataFolder, id) }));
}
