import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { describeTables } from '../scripts/tables.ts';
import { testDatabase } from './database.ts';

const { url } = await testDatabase();

test('the committed types are those of the migrated database (else: npm run tables)', async () => {
	const committed = await fs.readFile(path.resolve(import.meta.dirname, '../src/platform/database/tables.ts'), 'utf8');
	expect(committed).toBe(await describeTables(url));
});
