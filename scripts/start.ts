import path from 'node:path';
import { buildIfNeeded } from './build.ts';

process.chdir(path.resolve(import.meta.dirname, '..'));
buildIfNeeded();

// Only now: what follows speaks with words that the build has compiled.
const { serve } = await import('../src/server.ts');
const { CannotStart } = await import('#platform/cannot-start.ts');
try {
	await serve({ demo: process.argv.includes('--demo') });
} catch (error) {
	console.error(error instanceof CannotStart ? error.message : error);
	process.exit(1);
}
