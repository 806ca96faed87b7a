import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const built = path.join(root, 'build/handler.js');
const sources = ['src', 'messages', 'static', 'content', 'project.inlang/settings.json', 'package-lock.json', 'vite.config.ts'];
const words = path.join(root, 'src/platform/words');

/** Builds the pages when there are none, or when a source is newer than they are. */
export function buildIfNeeded(): void {
	const newest = Math.max(...sources.map((source) => newestChange(path.join(root, source))));
	const last = fs.statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	if (last >= newest && fs.existsSync(path.join(words, 'messages.js'))) return;
	// The words are compiled by the build itself: until then, they are read as written.
	const told = JSON.parse(fs.readFileSync(path.join(root, 'messages/fr/platform.json'), 'utf8')) as Record<string, string>;
	console.log(told.platform_build_begins);
	const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: root, encoding: 'utf8' });
	if (status === 0) return;
	console.error(`${told.platform_build_failed}\n${stdout}${stderr}`);
	process.exit(1);
}

/** Compiles the words alone, for commands that need no page. */
export function compileWordsIfNeeded(): void {
	const file = path.join(words, 'messages.js');
	const compiled = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	if (compiled >= newestChange(path.join(root, 'messages'))) return;
	const { status, stdout, stderr } = spawnSync('npm', ['run', 'words'], { cwd: root, encoding: 'utf8' });
	if (status === 0) {
		// What comes out the same is not written again by the compiler: it would be compiled at every start.
		const now = new Date();
		fs.utimesSync(file, now, now);
		return;
	}
	console.error(stdout + stderr);
	process.exit(1);
}

/** The last change below a path, in milliseconds; a folder counts too, since a file that is gone changes its folder alone. */
function newestChange(target: string): number {
	const found = fs.statSync(target, { throwIfNoEntry: false });
	if (!found || target === words || target.endsWith('.test.ts')) return 0;
	if (!found.isDirectory()) return found.mtimeMs;
	const inside = fs.readdirSync(target).map((name) => newestChange(path.join(target, name)));
	// Compiling the words, and git, touch these folders without changing any source.
	const own = target === path.dirname(words) ? 0 : found.mtimeMs;
	return Math.max(own, ...inside);
}
