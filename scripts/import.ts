import { parseArgs } from 'node:util';
import { atTerminal, fileNamed } from './terminal.ts';

/*
 * npm run import -- FILE… [--departement 34,30] [--communes 34172,34057]: reads files of the official registers. The tables of the
 * Banque-Carrefour may be given zipped, or unzipped side by side. `--lecture 12` goes on with a reading that was begun.
 * npm run import -- FILE… [--maison NAME] [--apercu]: any other list of structures, by what its columns say.
 */
await atTerminal(async (settings) => {
	const { m } = await import('#words');
	const { Refused } = await import('#platform/errors.ts');
	const { say, word } = await import('#platform/say.ts');
	const { markLife } = await import('#modules/identity/life/commands.server.ts');
	const { inTransaction } = await import('#platform/context.server.ts');
	const { connect } = await import('#platform/database/connection.server.ts');
	const { borrowDatabase } = await import('#platform/database/borrow.server.ts');
	const { bringRegister, cutBefore } = await import('#modules/register/commands.server.ts');
	const { wholeOf } = await import('#modules/register/commands/opening.server.ts');
	const { importList, isNoRegister } = await import('./import-list.ts');
	const { listRegisterImports, rejectedFile } = await import('#modules/register/queries.server.ts');
	const { goOn } = await import('#modules/register/commands/importing.server.ts');

	let asked;
	try {
		asked = parseArgs({
			allowPositionals: true,
			options: {
				departement: { type: 'string', default: '' },
				communes: { type: 'string', default: '' },
				lecture: { type: 'string', default: '' },
				maison: { type: 'string' },
				apercu: { type: 'boolean', default: false }
			}
		});
	} catch {
		asked = null;
	}
	const begun = /^\d{1,9}$/.test(asked?.values.lecture ?? '') ? Number(asked!.values.lecture) : null;
	if (!asked?.positionals.length && begun === null) {
		console.error(m.register_terminal_usage());
		return 1;
	}
	const scope = { departments: asked!.values.departement, communes: asked!.values.communes };
	const database = await borrowDatabase(settings);
	const db = connect(database.url, { connections: 1 });
	const number = (n: number) => n.toLocaleString('fr-FR');
	const tell = process.stdout.isTTY ? (text: string) => process.stdout.write(`\r\u001b[K${text}`) : null;
	let failed = 0;
	let told = 0;
	try {
		// Tables that lie side by side are one file.
		const files = new Map<string, string>();
		for (const name of asked!.positionals) files.set(await wholeOf(fileNamed(name)), name);
		for (const [file, name] of begun === null ? files : new Map([['', `${begun}`]])) {
			const list = { db, name, file, house: asked!.values.maison ?? null, preview: asked!.values.apercu };
			try {
				if (asked!.values.apercu || asked!.values.maison !== undefined) {
					await importList(list);
					continue;
				}
				const context = { actor: { is: 'system', name: 'import' }, now: new Date(), mode: 'write' } as const;
				const id =
					begun ??
					(await inTransaction(
						db,
						context,
						async (writing) =>
							(await cutBefore(writing, { file, ...scope })) ?? (await bringRegister(writing, { file, ...scope }))
					));
				console.log(m.register_terminal_begins({ file: name, id }));
				for await (const progress of goOn({ url: database.url, id, dataFolder: settings.dataFolder })) {
					if (progress.is === 'waits') console.log(m.register_terminal_waits());
					else if (progress.is === 'at work') {
						const { counts, bytes, total, rate, left } = progress;
						const text = m.register_terminal_progress({
							rows: number(counts.read),
							percent: Math.min(100, Math.round((100 * bytes) / Math.max(1, total))),
							rate: number(rate),
							left: left === null ? '–' : `${Math.floor(left / 60)} min ${left % 60} s`
						});
						if (tell) tell(text);
						else if (Date.now() - told > 5000) {
							told = Date.now();
							console.log(text);
						}
					} else if (progress.is === 'builds') console.log(`${tell ? '\n' : ''}${m.register_terminal_builds()}`);
					else if (progress.is === 'stopped') console.log(m.register_terminal_stopped());
					else {
						// The directory shows at once who gives a sign of life.
						await markLife(db, new Date());
						const reading = { ...context, mode: 'read' } as const;
						const report = (await inTransaction(db, reading, (reads) => listRegisterImports(reads))).find((one) => one.id === id);
						// Beside what became of each line: what became of records, and of their numbers, which the sum of lines leaves out.
						const beside = {
							ended: report?.bodiesEnded,
							vanished: report?.bodiesVanished,
							unverified: report?.numbersUnverified
						};
						for (const [what, n] of [...Object.entries(progress.counts), ...Object.entries(beside).filter(([, some]) => some)])
							console.log(`${number(Number(n)).padStart(12)}  ${word(`register_count_${what}`)}`);
						for (const { code, details } of report?.remarks ?? []) console.log(word(code, details));
						if (progress.counts.rejected)
							console.log(m.register_terminal_rejected({ file: rejectedFile(settings.dataFolder, id) }));
					}
				}
			} catch (problem) {
				if (!(problem instanceof Refused)) throw problem;
				const other = isNoRegister(problem) ? await importList(list).catch((refused: unknown) => refused) : problem;
				if (other === undefined) continue;
				if (!(other instanceof Refused)) throw other;
				console.error(`${name}: ${say(other)}`);
				failed++;
			}
		}
	} finally {
		await db.destroy();
		await database.giveBack();
	}
	return failed ? 1 : 0;
});
