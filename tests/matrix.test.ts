import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Actor, LinkBearer } from '#platform/actor.ts';
import { entrantOf } from '#platform/http.server.ts';
import { closeDatabase, database } from '#platform/running.server.ts';
import { plantDoors, type Visitors } from './matrix/doors.ts';
import { testDatabase } from './database.ts';
import { undone } from './undone.ts';
import { doors, meets } from './visit.ts';

/*
 * Every role before every door. A door is opened as the browser would open it: the page is asked for, the form is sent with fields
 * that are right, so that only the right to do it is in question. What each role meets is committed in matrix.txt: a change of
 * access is a diff that a reader sees.
 */
// Files that the doors keep go to a folder of their own.
process.env.ENSEMBLIER_DATA = mkdtempSync(path.join(os.tmpdir(), 'ensemblier-matrix-'));
afterAll(() => rmSync(process.env.ENSEMBLIER_DATA!, { recursive: true, force: true }));

const { db, url } = await testDatabase();
const { visitors, opening } = await plantDoors(db);
process.env.DATABASE_URL = url;
afterAll(closeDatabase);

test('what each role meets at every door', { timeout: 300_000 }, async () => {
	const lines: string[] = [];
	for (const { route, name, handler } of doors.toSorted((a, b) => (a.route + a.name < b.route + b.name ? -1 : 1))) {
		const way = opening(route, name);
		const met: string[] = [];
		for (const [role, actor] of Object.entries(visitors) as [keyof Visitors, Actor | ((thing: string) => LinkBearer)][]) {
			const who = typeof actor === 'function' ? actor(way.thing) : actor;
			const form = name.startsWith('?/') ? way.form : null;
			met.push(`${role}: ${await undone(database(), () => meets(who, handler, way.params, form, way.path))}`);
		}
		lines.push(`${route} ${name} (${entrantOf(handler)})\n  ${met.join(' · ')}`);
	}
	await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('matrix.txt');
});
