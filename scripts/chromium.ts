import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Finds the browser of the journeys: the one that CHROMIUM names, else the first one in the PATH; null when there is none. */
export function findChromium(): string | null {
	if (process.env.CHROMIUM) return process.env.CHROMIUM;
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/snap/bin'];
	for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
		const found = folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
		if (found) return found;
	}
	return null;
}

/** Finds a browser, or brings one where the machine allows it: root on Debian. */
export function findOrInstallChromium(): string | null {
	const found = findChromium();
	if (found || process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return found;
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	try {
		execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'inherit' });
		execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, stdio: 'inherit' });
	} catch {
		return null;
	}
	return findChromium();
}
