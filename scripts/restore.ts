import fs from 'node:fs';
import { atTerminal, fileNamed } from './terminal.ts';

/* npm run restore -- FILE: rebuilds an empty instance from a backup. */
await atTerminal(async (settings) => {
	const { m } = await import('#words');
	const { checkBackup, restoreBackup } = await import('#platform/backup/restore.server.ts');
	const { openDatabase } = await import('#platform/database/open.server.ts');

	const [named] = process.argv.slice(2);
	if (!named) {
		console.error(m.upkeep_restore_what());
		return 1;
	}
	const file = fileNamed(named);
	if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
		console.error(m.upkeep_restore_no_file({ file }));
		return 1;
	}
	const { manifest, sha256 } = await checkBackup(file);
	console.log(m.upkeep_backup_sum({ sha256 }));
	const database = await openDatabase({ ...settings, log: console.log, onLost: () => process.exit(1) });
	try {
		await restoreBackup({ ...settings, url: database.url, file, manifest, migrations: 'migrations' });
	} finally {
		await database.stop();
	}
	const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
	const madeAt = new Date(manifest.madeAt).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' });
	console.log(m.upkeep_restored({ madeAt, rows, files: manifest.files.length }));
	console.log(m.upkeep_restored_back());
	for (const lost of manifest.missing) console.error(m.upkeep_file_missing({ sha256: lost }));
	return 0;
});
