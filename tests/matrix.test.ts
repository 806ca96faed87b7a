import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import type { Actor, LinkBearer } from '#platform/actor.ts';
import { entrantOf } from '#platform/http.server.ts';
import { closeDatabase } from '#platform/running.server.ts';
import { plantDoors, type Visitors } from './matrix/doors.ts';
import { testDatabase } from './database.ts';
import { dropDatabase, query } from './setup/server.ts';
import { doors, meets } from './visit.ts';

/*
 * Every role before every door. A door is opened as the browser would open it: the page is asked for, the form is sent with fields
 * that are right, so that only the right to do it is in question. What each role meets is committed in matrix.txt: a change of
 * access is a diff that a reader sees.
 */
// Files that the doors keep go to a folder of their own.
process.env.ENSEMBLIER_DATA = mkdtempSync(path.join(os.tmpdir(), 'ensemblier-matrix-'));
afterAll(() => rmSync(process.env.ENSEMBLIER_DATA!, { recursive: true, force: true }));

const planted = await testDatabase();
const { visitors, opening } = await plantDoors(planted.db);
await planted.db.destroy();

const clone = `ensemblier_matrix_${process.pid}`;
async function freshDatabase(): Promise<void> {
	await closeDatabase();
	const { server } = inject('database');
	await dropDatabase(server, clone);
	await query(server, `create database ${clone} template ${new URL(planted.url).pathname.slice(1)}`);
	const address = new URL(planted.url);
	address.pathname = `/${clone}`;
	process.env.DATABASE_URL = address.href;
}
afterAll(async () => {
	await closeDatabase();
	await dropDatabase(inject('database').server, clone);
});

test('what each role meets at every door', { timeout: 600_000 }, async () => {
	const lines: string[] = [];
	let changed = true;
	for (const { route, name, handler } of doors.toSorted((a, b) => (a.route + a.name < b.route + b.name ? -1 : 1))) {
		const way = opening(route, name);
		const met: string[] = [];
		for (const [role, actor] of Object.entries(visitors) as [keyof Visitors, Actor | ((thing: string) => LinkBearer)][]) {
			if (changed) await freshDatabase();
			const who = typeof actor === 'function' ? actor(way.thing) : actor;
			const answer = await meets(who, handler, way.params, name.startsWith('?/') ? way.form : null, way.path);
			met.push(`${role}: ${answer}`);
			changed = answer === 'done';
		}
		lines.push(`${route} ${name} (${entrantOf(handler)})\n  ${met.join(' · ')}`);
	}
	await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('matrix.txt');
});
