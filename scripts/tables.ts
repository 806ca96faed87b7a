import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';
import { migrate } from '#platform/database/migrate.server.ts';

const root = path.resolve(import.meta.dirname, '..');
const tablesFile = path.join(root, 'src/platform/database/tables.ts');

/** Writes the types of a migrated database's tables; the mapping is the one of connection.server.ts. */
export async function describeTables(url: string): Promise<string> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-tables-'));
	try {
		const file = path.join(folder, 'tables.ts');
		const generator = path.join(root, 'node_modules/kysely-codegen/dist/cli/bin.js');
		const mapping = ['--date-parser', 'string', '--type-mapping', '{"int8":"number"}'];
		const dialect = ['--dialect', 'postgres', '--camel-case', '--default-schema', 'public', '--include-pattern', 'public.*'];
		await promisify(execFile)(process.execPath, [generator, '--url', url, ...dialect, ...mapping, '--out-file', file]);
		return await fs.readFile(file, 'utf8');
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

if (import.meta.main) {
	const home = await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-tables-'));
	await fs.chmod(home, 0o755);
	const postgres = await embeddedPostgres({ home, disposable: true });
	try {
		await migrate(postgres.url, { folder: path.join(root, 'migrations') });
		await fs.writeFile(tablesFile, await describeTables(postgres.url));
	} finally {
		await postgres.stop();
		await fs.rm(home, { recursive: true, force: true });
	}
}
