import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { m } from '#words';
import { conveneMeeting } from '#modules/meetings/commands.server.ts';
import { proposePartner, acceptPartnership } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { plusDays, today } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';
import { at } from '../seeds/world.ts';
import { looksRight, sideways } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, db, world, pageOf } = await openWorld();
const here = `${address}${world.cooperation.path}`;
const now = new Date();

/** A third association carries it, and the partners meet next week. */
await at(db, now)(world.actors.nadia, async (context) => {
	await proposePartner(context, world.cooperation.id, {
		name: 'Radio Sorbier',
		organisationId: world.structures.samir,
		role: 'carrier',
		place: null,
		email: null,
		actingFor: null
	});
	await conveneMeeting(context, world.cooperation.id, {
		id: newId(),
		title: 'La suite',
		day: plusDays(today(now, 'Europe/Paris'), 8),
		time: '18:30',
		minutes: 90,
		place: null,
		people: [world.actors.odile.id],
		actingFor: null
	});
});
await at(db, now)(world.actors.samir, async (context) => {
	const { partners } = await findCooperationById(context, world.cooperation.id);
	await acceptPartnership(context, world.cooperation.id, {
		partnerId: partners.find(({ organisationId }) => organisationId === world.structures.samir)!.id
	});
});

async function linkFor(name: 'odile'): Promise<string> {
	const { path } = await db
		.selectFrom('notices')
		.select('path')
		.where('personId', '=', world.actors[name].id)
		.where('kind', '=', 'point')
		.orderBy('id', 'desc')
		.executeTakeFirstOrThrow();
	return address + path;
}

const say = (page: Page, key: string, value: string) =>
	page.locator(`[name="mark-${key}"][value="${value}"]`).check({ force: true });
const fits = async (path: string, name: 'nadia' | 'claire' | null, phone: boolean) =>
	looksRight(await pageOf(name, { javaScript: true, phone }), path);

test('each structure says in two minutes where it stands; then all read it together', { timeout: 300_000 }, async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(`${here}/evaluer`);
	await nadia.getByRole('link', { name: m.evaluations_point_box_link() }).last().click();
	await nadia.getByRole('button', { name: m.evaluations_point_open() }).click();
	expect(await nadia.getByText(m.evaluations_point_under_way()).count()).toBe(1);
	await fits(`${here}/point`, 'nadia', true);

	// By the link, on a telephone, without an account.
	const odile = await pageOf(null, { phone: true });
	const link = await linkFor('odile');
	await odile.goto(link);
	expect(await sideways(odile)).toBeLessThanOrEqual(0);
	await odile.getByRole('button', { name: m.evaluations_point_send({ name: 'Compagnie des Tréteaux' }) }).click();
	expect(await odile.getByRole('alert').textContent()).toContain(m.evaluations_point_nothing_said());
	await say(odile, 'time', 'lifts');
	await say(odile, 'funding', 'weighs');
	await say(odile, 'want', 'yes');
	await odile.getByRole('button', { name: m.evaluations_point_send({ name: 'Compagnie des Tréteaux' }) }).click();
	expect(await odile.getByRole('status').textContent()).toContain(m.evaluations_point_sent());
	await fits(link, null, true);

	// Signed in, from home; nobody reads the other's answer yet.
	await nadia.goto(address);
	await nadia.getByRole('link', { name: m.evaluations_point_home_action() }).click();
	await say(nadia, 'time', 'weighs');
	await say(nadia, 'funding', 'weighs');
	await say(nadia, 'want', 'no');
	await nadia.getByRole('button', { name: m.evaluations_point_send({ name: 'L’Atelier du Soleil' }) }).click();
	expect(await nadia.getByText(m.evaluations_point_awaited({ names: 'Radio Sorbier' })).count()).toBe(1);
	await nadia.goto(`${here}/point/1`);
	expect(await nadia.getByText(m.evaluations_point_rows_title()).count()).toBe(0);
	await nadia.goto(`${here}/point`);
	await nadia.locator('#text').fill('Je crains que nous ne tenions pas.');
	await nadia.getByRole('button', { name: m.evaluations_point_remark_save() }).click();

	// On paper, noted by the accompagnatrice, who reads what was written for her.
	const claire = await pageOf('claire');
	await claire.goto(`${here}/point`);
	expect(await claire.getByText('Je crains que nous ne tenions pas.').count()).toBe(1);
	const sheet = await claire.request.get(`${here}/point/feuille.pdf`);
	expect([sheet.status(), sheet.headers()['content-type']]).toEqual([200, 'application/pdf']);
	await claire.getByRole('link', { name: m.evaluations_point_note() }).click();
	await claire.getByRole('link', { name: m.evaluations_point_note_title({ name: 'Radio Sorbier' }) }).click();
	await say(claire, 'time', 'lifts');
	await say(claire, 'funding', 'weighs');
	await claire.getByRole('button', { name: m.evaluations_point_note_save() }).click();
	await claire.getByRole('link', { name: m.evaluations_point_read() }).click();
	expect(await claire.locator('h1').textContent()).toContain('pèse sur tous');

	await nadia.goto(`${here}/point/1`);
	expect(await nadia.getByText('Je crains').count()).toBe(0);
	expect(await nadia.getByText(m.evaluations_point_opinion_split()).count()).toBe(1);
	await fits(`${here}/point/1`, 'nadia', true);
	await fits(`${here}/point/1`, 'nadia', false);
	await nadia.getByRole('button', { name: new RegExp(m.evaluations_point_agenda_button({ day: '' }).trim()) }).click();
	expect(await nadia.getByText(/Faire le point\s: /).count()).toBeGreaterThan(0);

	for (const name of ['yann', 'agathe', 'bruno'] as const) {
		const other = await pageOf(name);
		for (const page of ['/point', '/point/1', '/point/repondre', '/point/evolution', '/point/feuille.pdf'])
			expect((await other.request.get(here + page)).status(), `${name}, ${page}`).toBe(404);
	}
});
