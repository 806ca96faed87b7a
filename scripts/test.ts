import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildIfNeeded } from './build.ts';
import { findOrInstallChromium } from './chromium.ts';

/*
 * Every test, in passes: rules, commands and the house itself; journeys in a browser; and, where TEST_OTHER_DATABASE_URL names
 * another PostgreSQL, what speaks to the database once more on that one. The last line sums them up.
 */
type Counts = { passed: number; failed: number; skipped: number };

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
const onTheDatabase = ['commands', 'queries', 'reactions', 'connection', 'migrate', 'tests/'];

run('npm', ['run', 'words', '--silent']);
buildIfNeeded();

const passes = [pass('unit')];
const chromium = findOrInstallChromium();
if (chromium) passes.push(pass('e2e', { env: { CHROMIUM: chromium } }));
else passes.push(missingBrowser());
const other = process.env.TEST_OTHER_DATABASE_URL;
if (other) passes.push(pass('unit', { env: { TEST_DATABASE_URL: other }, only: onTheDatabase }));

const sum = (key: keyof Counts) => passes.reduce((total, counts) => total + counts[key], 0);
const skipped = sum('skipped');
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(sum('failed') ? 1 : 0);

function run(command: string, words: string[], env: Record<string, string> = {}): boolean {
	return spawnSync(command, words, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }).status === 0;
}

/** Runs one project of vitest and counts; a run that breaks down before it can count is one failure. */
function pass(project: string, options: { env?: Record<string, string>; only?: string[] } = {}): Counts {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-counts-'));
	const report = path.join(folder, 'report.json');
	const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	const words = [vitest, 'run', '--project', project, '--passWithNoTests', ...reporters, ...(options.only ?? [])];
	const succeeded = run(process.execPath, words, options.env);
	const counts = readCounts(report);
	fs.rmSync(folder, { recursive: true, force: true });
	return succeeded || counts.failed ? counts : { ...counts, failed: 1 };
}

function readCounts(report: string): Counts {
	if (!fs.existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
	const told = JSON.parse(fs.readFileSync(report, 'utf8')) as Record<string, number>;
	return {
		passed: told.numPassedTests ?? 0,
		failed: told.numFailedTests ?? 0,
		skipped: (told.numPendingTests ?? 0) + (told.numTodoTests ?? 0)
	};
}

function missingBrowser(): Counts {
	const words = JSON.parse(fs.readFileSync('messages/fr/platform.json', 'utf8')) as Record<string, string>;
	console.error(words.platform_browser_missing, '(Chromium is needed: install it, or give its path in CHROMIUM.)');
	return { passed: 0, failed: 1, skipped: 0 };
}
