import { parseArgs } from 'node:util';
import { atTerminal, fileNamed } from './terminal.ts';

/*
 * npm run import -- FILE… [--departement 34,30] [--communes 34172,34057]: reads files of the official registers. The tables of the
 * Banque-Carrefour may be given zipped, or unzipped side by side. `--lecture 12` goes on with a reading that was begun.
 * npm run import -- FILE… [--maison NAME] [--apercu] [--colonne TITLE=FIELD]…: any other list of structures, by what its columns
 * say, or by what is said of them here, by their title or their number.
 */
const options = {
	departement: { type: 'string', default: '' },
	communes: { type: 'string', default: '' },
	lecture: { type: 'string', default: '' },
	maison: { type: 'string' },
	apercu: { type: 'boolean', default: false },
	colonne: { type: 'string', multiple: true, default: [] as string[] }
} as const;

/** What was asked at the terminal; null when it cannot be read. */
function readArguments() {
	try {
		const { positionals: files, values } = parseArgs({ allowPositionals: true, options });
		const begun = /^\d{1,9}$/.test(values.lecture) ? Number(values.lecture) : null;
		return files.length || begun !== null ? { ...values, files, begun } : null;
	} catch {
		return null;
	}
}

await atTerminal(async (settings) => {
	const { m } = await import('#words');
	const { Refused } = await import('#platform/errors.ts');
	const { say } = await import('#platform/say.ts');
	const { connect } = await import('#platform/database/connection.server.ts');
	const { borrowDatabase } = await import('#platform/database/borrow.server.ts');
	const { wholeOf } = await import('#modules/register/commands/opening.server.ts');
	const { importList, isNoRegister } = await import('./import-list.ts');
	const { importRegister } = await import('./import-register.ts');

	const asked = readArguments();
	if (!asked) {
		console.error(m.register_terminal_usage());
		return 1;
	}
	const database = await borrowDatabase(settings);
	const db = connect(database.url, { connections: 1 });
	const place = { db, url: database.url, dataFolder: settings.dataFolder };
	const isList = asked.apercu || asked.maison !== undefined || asked.colonne.length > 0;

	/** A file that is none of the registers is any other list. */
	async function read(name: string, file: string): Promise<void> {
		const list = { db, name, file, house: asked!.maison ?? null, preview: asked!.apercu, said: asked!.colonne };
		if (isList) return importList(list);
		try {
			await importRegister(place, name, { file, departments: asked!.departement, communes: asked!.communes });
		} catch (problem) {
			if (!(problem instanceof Refused && isNoRegister(problem))) throw problem;
			await importList(list);
		}
	}

	let failed = 0;
	const orSay = async (name: string, work: Promise<void>) => {
		try {
			await work;
		} catch (problem) {
			if (!(problem instanceof Refused)) throw problem;
			console.error(`${name}: ${say(problem)}`);
			failed++;
		}
	};
	try {
		// Tables that lie side by side are one file.
		const files = new Map<string, string>();
		for (const name of asked.files) files.set(await wholeOf(fileNamed(name)), name);
		if (asked.begun !== null) await orSay(`${asked.begun}`, importRegister(place, `${asked.begun}`, { begun: asked.begun }));
		else for (const [file, name] of files) await orSay(name, read(name, file));
	} finally {
		await db.destroy();
		await database.giveBack();
	}
	return failed ? 1 : 0;
});
