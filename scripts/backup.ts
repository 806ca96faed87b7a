import fs from 'node:fs';
import path from 'node:path';
import { atTerminal, fileNamed } from './terminal.ts';

/* npm run backup [-- FILE]: database and files in one file, while people work. */
await atTerminal(async (settings) => {
	const { m } = await import('#words');
	const { makeBackup } = await import('#platform/backup/backup.server.ts');
	const { borrowDatabase } = await import('#platform/database/borrow.server.ts');

	const now = new Date();
	const moment = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
	const file = process.argv[2]
		? fileNamed(process.argv[2])
		: path.join(settings.dataFolder, 'sauvegardes', `ensemblier-${moment}.tar.gz`);
	const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string };
	const database = await borrowDatabase(settings);
	try {
		const made = await makeBackup({ url: database.url, dataFolder: settings.dataFolder, file, version, now });
		const { tables, files, missing } = made.manifest;
		const rows = tables.reduce((sum, table) => sum + table.rows, 0);
		const megabytes = (made.size / 1e6).toLocaleString('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
		console.log(m.upkeep_backup_made({ file: made.file, megabytes, rows, files: files.length }));
		console.log(m.upkeep_backup_sum({ sha256: made.sha256 }));
		for (const sha256 of missing) console.error(m.upkeep_file_missing({ sha256 }));
		return missing.length ? 1 : 0;
	} finally {
		await database.giveBack();
	}
});
