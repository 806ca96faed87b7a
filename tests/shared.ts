import fs from 'node:fs';
import path from 'node:path';

/**
 * The folder of reference material that may lie beside the repository (lists of real associations, layouts);
 * null where it is absent: a test that needs it then skips, saying so.
 */
export function sharedFolder(): string | null {
	const folder = process.env.ENSEMBLIER_SHARED ?? path.resolve(import.meta.dirname, '../../shared');
	return fs.existsSync(folder) ? folder : null;
}
