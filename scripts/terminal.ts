import path from 'node:path';
import type { Settings } from '#platform/settings.ts';
import { compileWordsIfNeeded } from './build.ts';

/**
 * Runs a command of an operator at the terminal: with the settings of the product, and with one sentence for what goes wrong.
 * What it gives is the exit code.
 */
export async function atTerminal(command: (settings: Settings) => Promise<number>): Promise<void> {
	// A file that is named is where the operator stands; npm says where that is.
	const stands = process.env.INIT_CWD ?? process.cwd();
	process.chdir(path.resolve(import.meta.dirname, '..'));
	process.env.INIT_CWD = stands;
	compileWordsIfNeeded();
	const { CannotStart } = await import('#platform/cannot-start.ts');
	const { settingsOrMistakes } = await import('../src/server.ts');
	try {
		process.exitCode = await command(settingsOrMistakes(process.env));
	} catch (error) {
		console.error(error instanceof CannotStart ? error.message : error);
		process.exitCode = 1;
	}
}

/** A file that was named at the terminal. */
export const fileNamed = (name: string): string => path.resolve(process.env.INIT_CWD ?? '', name);

export const inFrench = (n: number): string => n.toLocaleString('fr-FR');

let said = 0;
/** How far one is: on a line that is written over where somebody looks, else now and then. */
export function sayStep(text: string): void {
	if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
	else if (Date.now() - said > 5000) {
		said = Date.now();
		console.log(text);
	}
}
