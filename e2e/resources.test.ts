import { expect, test } from 'vitest';
import { m } from '#words';
import { plusDays, today } from '#platform/clock.ts';
import type { Name } from '../seeds/world.ts';
import { openWorld } from './world.ts';

const { address, world, pageOf } = await openWorld();
const here = address + world.cooperation.path;
const help = `${here}/partenaires/ressources`;

test(
	'somebody neutral is asked in, comes for a time, prepares the meeting, and reads nothing more once it is over',
	{ timeout: 300_000 },
	async () => {
		const bruno = await pageOf('bruno', { phone: true });
		const status = async (url: string, name: Name = 'bruno') =>
			(await (name === 'bruno' ? bruno : await pageOf(name)).request.get(url)).status();
		await bruno.goto(`${address}/personnes-ressources`);
		await bruno.getByText(m.resources_offer_open()).click();
		await bruno.getByLabel(m.resources_helps(), { exact: true }).fill('Animer une réunion difficile.');
		await bruno.getByLabel(m.resources_posture_animates()).check();
		await bruno.getByLabel(m.resources_consent()).check();
		await bruno.getByRole('button', { name: m.resources_offer_save() }).click();
		await bruno.getByText(m.resources_offered()).waitFor();
		expect(await status(here)).toBe(404);

		const nadia = await pageOf('nadia');
		const day = today(new Date(), 'Europe/Paris');
		await nadia.goto(`${here}/reunions/nouvelle`);
		await nadia.getByLabel(m.meetings_field_title()).fill('Se mettre d’accord');
		await nadia.getByLabel(m.meetings_field_day()).fill(plusDays(day, 9));
		await nadia.getByLabel(m.meetings_field_time()).fill('18:30');
		await nadia.getByRole('button', { name: m.meetings_convene_send() }).click();
		const meeting = nadia.url().split('?')[0]!;
		await nadia.goto(help);
		await nadia.getByLabel('Bruno Lacaze').check();
		await nadia.locator('input[name=posture][value=animates]').check();
		await nadia.getByLabel(m.resources_reason()).fill('Nous ne nous écoutons plus.');
		await nadia.getByLabel(m.resources_from(), { exact: true }).fill(day);
		await nadia.getByLabel(m.resources_to(), { exact: true }).fill(plusDays(day, 20));
		await nadia.getByRole('button', { name: m.resources_ask(), exact: true }).click();
		await nadia.getByText(m.resources_ask_sent()).waitFor();
		expect(await status(here), 'asked is not accepted').toBe(404);

		await bruno.goto(address);
		await bruno.getByText('Nous ne nous écoutons plus.').waitFor();
		await bruno.getByRole('link', { name: m.resources_home_answer() }).click();
		await bruno.getByRole('button', { name: m.resources_yes() }).click();
		await bruno.getByRole('link', { name: m.resources_open({ cooperation: 'Avril enchanté' }) }).click();
		await bruno.getByText(m.cooperations_reader_helper()).waitFor();
		expect(await bruno.getByRole('button', { name: m.lines_write() }).count()).toBe(0);
		await bruno.goto(meeting);
		expect(await bruno.getByRole('button', { name: m.meetings_point_add() }).count()).toBe(0);

		await nadia.reload();
		await nadia.getByRole('button', { name: m.resources_trust({ name: 'Bruno Lacaze' }) }).click();
		await nadia.getByText(m.resources_trust_said()).waitFor();
		await bruno.reload();
		await bruno.getByLabel(m.meetings_point(), { exact: true }).fill('Ce qui nous divise');
		await bruno.getByRole('button', { name: m.meetings_point_add() }).click();
		await bruno.getByText('Ce qui nous divise').first().waitFor();
		await nadia.goto(`${here}/journal`);
		await nadia.getByText('laisse la personne qui anime préparer les réunions').waitFor();

		await nadia.goto(help);
		await nadia.getByRole('button', { name: m.resources_end({ name: 'Bruno Lacaze' }) }).click();
		await nadia.getByText(m.resources_ended()).waitFor();
		for (const url of [here, meeting, help, `${here}/journal`]) expect(await status(url), url).toBe(404);
		expect(await status(here, 'samir')).toBe(404);
	}
);
