import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAgreement } from '#modules/agreements/commands.server.ts';
import { freeze } from '#modules/agreements/commands/freezing.server.ts';
import { findAgreement, readDraft } from '#modules/agreements/queries.server.ts';
import { listVersions } from '#modules/agreements/queries/versions.server.ts';
import { askAccompaniment } from '#modules/accompaniment/commands.server.ts';
import { beginCooperation } from '#modules/cooperations/commands.server.ts';
import { acceptPartnership } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { conveneFirst } from '#modules/meetings/commands.server.ts';
import { writePoint } from '#modules/meetings/commands/agenda.server.ts';
import { openPoll } from '#modules/meetings/polls/commands.server.ts';
import { plusDays, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { closeDatabase } from '#platform/running.server.ts';
import { at } from '../seeds/world.ts';
import { testDatabase } from './database.ts';
import { plantDoors } from './matrix/doors.ts';
import { doors, meets, type Form } from './visit.ts';

/*
 * Two cooperations, the same people in both. What is sent to the address of one with an id of the other is not there: 404, and
 * nothing changes, even for somebody who may do it at the other's own address.
 */
process.env.ENSEMBLIER_DATA = mkdtempSync(path.join(os.tmpdir(), 'ensemblier-mixed-'));
const { db, url } = await testDatabase();
const before = process.env.DATABASE_URL;
process.env.DATABASE_URL = url;
afterAll(async () => {
	await closeDatabase();
	process.env.DATABASE_URL = before;
	rmSync(process.env.ENSEMBLIER_DATA!, { recursive: true, force: true });
});

const { visitors, opening, world } = await plantDoors(db);
const other = await plantOther();

/** A second cooperation of Nadia and Odile, with one of each thing that an address or a form can name. */
async function plantOther() {
	const now = new Date();
	const as = at(db, now);
	const { nadia, odile } = world.actors;
	const { id, path: address } = await as(nadia, (context) =>
		beginCooperation(context, {
			id: newId(),
			what: 'Un jardin pour le quartier.',
			withWhom: 'Compagnie des Tréteaux\nVille de Valsorbier',
			actingFor: null
		})
	);
	const partners = await db.selectFrom('partners').select(['id', 'organisationId']).where('cooperationId', '=', id).execute();
	const partnerOf = (organisation: string) => partners.find(({ organisationId }) => organisationId === organisation)!.id;
	await as(odile, (context) => acceptPartnership(context, id, { partnerId: partnerOf(world.structures.odile) }));
	const [line, kept, indicator, point, poll] = [newId(), newId(), newId(), newId(), newId()];
	const write = (one: object) => (context: Context) =>
		writeLine(context, id, {
			id: line,
			kind: 'information',
			text: 'La terre est bonne.',
			audience: null,
			actingFor: null,
			...noDetails,
			...one
		});
	await as(nadia, write({}));
	await as(nadia, write({ id: kept, kind: 'objective', topic: 'own' }));
	await as(nadia, write({ id: indicator, kind: 'indicator' }));
	const day = plusDays(today(now, 'Europe/Paris'), 30);
	const meeting = (await as(nadia, (context) =>
		conveneFirst(context, id, { id: newId(), day, time: '18:30', actingFor: null })
	))!;
	await as(nadia, (context) =>
		writePoint(context, meeting.id, { id: point, title: 'Les outils', minutes: 10, expected: 'inform' })
	);
	const opened = await as(nadia, (context) =>
		openPoll(context, id, {
			id: poll,
			title: 'planter',
			place: null,
			minutes: 60,
			deadline: null,
			rows: [{ date: day, time: '10:00' }],
			who: [odile.id],
			guests: null,
			actingFor: null
		})
	);
	await as(nadia, (context) => writeAgreement(context, id, { actingFor: null }));
	await as(nadia, async (context) => {
		const found = await findCooperationById(context, id);
		const { sha256 } = await readDraft(context, found, (await findAgreement(context, found))!);
		await freeze(context, id, { read: sha256, actingFor: null });
	});
	const [version] = await as(nadia, (context) => listVersions(context, id));
	await as(nadia, (context) => askAccompaniment(context, { cooperationId: id }, { hubId: world.structures.yann }));
	const one = async (table: 'meetingParticipants' | 'pollInvitees' | 'pollSlots' | 'agreementClauses' | 'accompaniments') => {
		const query = db.selectFrom(table).select('id').limit(1);
		const own = {
			meetingParticipants: query.where(sql.ref('meeting_id'), '=', meeting.id),
			pollInvitees: query.where(sql.ref('poll_id'), '=', poll),
			pollSlots: query.where(sql.ref('poll_id'), '=', poll),
			agreementClauses: query.where(
				sql.ref('agreement_id'),
				'=',
				db.selectFrom('agreements').select('id').where('cooperationId', '=', id)
			),
			accompaniments: query.where(sql.ref('cooperation_id'), '=', id)
		};
		return (await own[table].executeTakeFirstOrThrow()).id;
	};
	const last = (of: string) => of.slice(of.lastIndexOf('/') + 1);
	return {
		cooperation: last(address),
		line,
		kept,
		indicator,
		point,
		meeting: { id: meeting.id, name: last(meeting.path) },
		poll: last(opened.path),
		version: version!.id,
		invited: partnerOf(world.structures.helene),
		own: partnerOf(world.structures.nadia),
		participant: await one('meetingParticipants'),
		invitee: await one('pollInvitees'),
		slot: await one('pollSlots'),
		clause: await one('agreementClauses'),
		accompaniment: await one('accompaniments')
	};
}

/** Everything that is written, as one short text: two that are equal mean that nothing changed. */
async function everything(): Promise<string> {
	const tables = await db.introspection.getTables();
	const parts = tables
		.filter(({ isView }) => !isView)
		.map(
			({ name }) =>
				sql`select ${sql.lit(name)} as name, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as rows from ${sql.table(name)} t`
		);
	const { rows } = await sql<{ rows: string }>`${sql.join(parts, sql` union all `)} order by name`.execute(db);
	return JSON.stringify(rows);
}

const here = '/cooperations/[cooperation]';
const meeting = `${here}/reunions/[meeting]`;
const minutes = `${meeting}/compte-rendu`;
const poll = `${here}/reunions/sondage/[poll]`;
const convention = `${here}/convention`;

/** What is sent to a door of the first cooperation, with the ids of the other in it; the rest of the form is right. */
const mixed: [route: string, name: string, ids: Form, who?: 'manager' | 'invited' | 'accompagnateur'][] = [
	[here, '?/markLine', { root: other.line }],
	[here, '?/writeLine', { id: other.line }],
	[here, '?/writeLine', { kind: 'measure', about: other.indicator, quantity: '3' }],
	[here, '?/accept', { partnerId: other.invited }, 'invited'],
	[here, '?/decline', { partnerId: other.invited }, 'invited'],
	[`${here}/[step=step]`, '?/markLine', { root: other.line }],
	[`${here}/[step=step]`, '?/shareLine', { id: other.kept }],
	[`${here}/[step=step]`, '?/writeLine', { id: other.line }],
	[`${here}/lignes/[line]`, '?/mark', { root: other.line }],
	[`${here}/lignes/[line]`, '?/revise', { id: other.line }],
	[`${here}/lignes/[line]`, '?/share', { id: other.kept }],
	[`${here}/partenaires`, '?/accept', { partnerId: other.invited }, 'invited'],
	[`${here}/partenaires`, '?/decline', { partnerId: other.invited }, 'invited'],
	[`${here}/partenaires`, '?/note', { partnerId: other.invited }, 'accompagnateur'],
	[`${here}/partenaires`, '?/withdraw', { partnerId: other.invited }],
	[`${here}/partenaires`, '?/role', { partnerId: other.own }],
	[`${here}/partenaires`, '?/leave', { partnerId: other.own, reason: 'Plus le temps.' }],
	[`${here}/partenaires/[organisation]`, '?/accept', { partnerId: other.invited }, 'invited'],
	[`${here}/partenaires/[organisation]`, '?/decline', { partnerId: other.invited }, 'invited'],
	[`${here}/accompagnement`, '?/accept', { id: other.accompaniment }],
	[`${here}/accompagnement`, '?/decline', { id: other.accompaniment }],
	[`${here}/accompagnement`, '?/end', { id: other.accompaniment }],
	[meeting, '?/noteReply', { participant: other.participant }],
	[meeting, '?/writePoint', { id: other.point }],
	[meeting, '?/movePoint', { id: other.point }],
	[meeting, '?/removePoint', { id: other.point }],
	[minutes, '?/minute', { point: other.point }],
	[minutes, '?/minute', { id: other.line }],
	[minutes, '?/presence', { participant: other.participant }],
	[minutes, '?/presence', { presence: 'represented', representedBy: other.participant }],
	[minutes, '?/attendee', { id: other.participant }],
	[poll, '?/answer', { [`date-${other.slot}`]: 'yes' }],
	[poll, '?/close', { slotId: other.slot }],
	[`${poll}/noter`, '?/default', { inviteeId: other.invitee }],
	[`${poll}/noter`, '?/default', { [`date-${other.slot}`]: 'yes' }],
	[`${convention}/articles`, '?/move', { clause: other.clause }],
	[`${convention}/articles`, '?/remove', { clause: other.clause }],
	[`${convention}/articles`, '?/bringBack', { clause: other.clause }],
	[`${convention}/articles`, '?/own', { id: other.clause }],
	[`${convention}/versions/[n]`, '?/say', { version: other.version }],
	[`${convention}/versions/[n]`, '?/attach', { version: other.version }]
];

let written = '';
beforeAll(async () => {
	written = await everything();
});

const handlerOf = (route: string, name: string) => {
	const door = doors.find((one) => one.route === route && one.name === name);
	if (!door) throw new Error(`no such door: ${route} ${name}`);
	return door.handler;
};

test.for(mixed)('%s %s with an id of another cooperation: not there', async ([route, name, ids, who = 'manager']) => {
	const way = opening(route, name);
	expect(await meets(visitors[who], handlerOf(route, name), way.params, { ...way.form, ...ids }, way.path)).toBe('404');
	expect(await everything()).toBe(written);
});

/** What stands in an address below the cooperation, with what the other cooperation has there. */
const below: Record<string, string> = {
	meeting: other.meeting.name,
	poll: other.poll,
	line: other.line,
	clause: other.clause
};
const addresses = doors.flatMap(({ route, name }) => {
	const param = Object.keys(below).find((key) => route.startsWith(`${here}/`) && route.includes(`[${key}]`));
	return param ? [[route, name, param] as const] : [];
});

test.for(addresses)('%s %s under the address of another cooperation: not there', async ([route, name, param]) => {
	const way = opening(route, name);
	const params = { ...way.params, [param]: below[param]! };
	// A line's forms name it themselves: see above.
	const form = name.startsWith('?/') ? { ...way.form, ...(param === 'line' ? { id: other.line, root: other.line } : {}) } : null;
	expect(await meets(visitors.manager, handlerOf(route, name), params, form, way.path)).toBe('404');
	expect(await everything()).toBe(written);
});

test('the same is done at its own address: what is refused above is the mixture', async () => {
	const way = opening(here, '?/markLine');
	const own = { ...way.params, cooperation: other.cooperation };
	expect(await meets(visitors.manager, handlerOf(here, '?/markLine'), own, { ...way.form, root: other.line }, way.path)).toBe(
		'done'
	);
	expect(await everything()).not.toBe(written);
});

test('an id that a form makes is used once: elsewhere it refuses, here it does nothing more', async () => {
	const way = opening(`${here}/reunions/nouvelle`, '?/default');
	const send = (id: string) =>
		meets(visitors.manager, handlerOf(`${here}/reunions/nouvelle`, '?/default'), way.params, { ...way.form, id }, way.path);
	const state = await everything();
	expect(await send(other.meeting.id)).toBe('422');
	expect(await everything()).toBe(state);
	const id = newId();
	expect(await send(id)).toBe('done');
	const once = await everything();
	expect(await send(id)).toBe('done');
	expect(await everything()).toBe(once);
});
