import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { createServer } from 'vite';

process.chdir(path.resolve(import.meta.dirname, '..'));
spawnSync('npm', ['run', 'words'], { stdio: 'inherit' });

const { endWithoutDatabase, settingsOrMistakes, tellPages } = await import('../src/server.ts');
const { openDatabase } = await import('#platform/database/open.server.ts');
const { CannotStart } = await import('#platform/cannot-start.ts');

try {
	const settings = settingsOrMistakes(process.env);
	const database = await openDatabase({ ...settings, log: console.log, onLost: endWithoutDatabase });
	const address = settings.address ?? `http://localhost:${settings.port}`;
	tellPages({ settings, databaseUrl: database.url, address });
	const vite = await createServer({ server: { host: settings.host, port: settings.port, strictPort: true } });
	await vite.listen();
	vite.printUrls();
	const stop = async () => {
		await vite.close();
		process.emit('sveltekit:shutdown' as never, 'SIGINT' as never);
		await database.stop();
		process.exit(0);
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
} catch (error) {
	console.error(error instanceof CannotStart ? error.message : error);
	process.exit(1);
}
