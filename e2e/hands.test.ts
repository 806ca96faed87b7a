import { expect, test } from 'vitest';
import { m } from '#words';
import { answerPage, proposePage } from '#modules/publications/commands.server.ts';
import { proposeForm } from '#modules/publications/forms.ts';
import { newId } from '#platform/ids.ts';
import { at } from '../seeds/world.ts';
import { openWorld } from './world.ts';

const { address, db, world, pageOf } = await openWorld();
const { id: cooperation, path } = world.cooperation;

test(
	'a hand is offered on a phone, taken up by one partner and seen by the other; without JavaScript',
	{ timeout: 300_000 },
	async () => {
		const version = newId();
		const now = at(db, new Date());
		await now(world.actors.nadia, (context) =>
			proposePage(
				context,
				cooperation,
				proposeForm.parse({ id: version, read: '0', lead: 'Nous jouons.', happened: 'Tout commence.', open: 'on' })
			)
		);
		for (const name of ['nadia', 'odile'] as const)
			await now(world.actors[name], (context) =>
				answerPage(context, cooperation, { version, organisation: world.structures[name], answer: 'yes', reason: null })
			);
		const rose = await pageOf(null, { javaScript: false, phone: true });
		await rose.goto(address + path.replace('/cooperations/', '/projets/'));
		await rose.locator('#hand').fill('Monter des tables.');
		await rose.getByRole('button', { name: m.hands_offer_it() }).click();
		expect(await rose.getByText(m.hands_name_missing()).count()).toBeGreaterThan(0);
		expect(await rose.locator('#hand').inputValue()).toBe('Monter des tables.');
		const form = rose.locator('form[action^="?/hand"]');
		await form.locator('input[name="name"]').fill('Rose');
		await form.locator('input[name="reach"]').fill('06 00 00 00 01');
		await form.locator('input[name="agreed"]').check();
		await rose.getByRole('button', { name: m.hands_offer_it() }).click();
		expect(await rose.getByText(m.hands_offered()).count()).toBe(1);
		const nadia = await pageOf('nadia', { javaScript: false });
		await nadia.goto(`${address}${path}/coups-de-main`);
		expect(await nadia.getByText('06 00 00 00 01').count()).toBe(1);
		await nadia.getByRole('button', { name: m.hands_take() }).click();
		const odile = await pageOf('odile', { javaScript: false, phone: true });
		await odile.goto(`${address}${path}/coups-de-main`);
		expect(
			await odile.getByText(m.hands_called_by({ organisation: 'L’Atelier du Soleil', person: 'Nadia Benali' })).count()
		).toBe(1);
		const samir = await pageOf('samir', { javaScript: false });
		expect((await samir.goto(`${address}${path}/coups-de-main`))?.status()).toBe(404);
	}
);

test(
	'« Avec qui ? »: a need is said, another brings it, first words are written; without JavaScript',
	{ timeout: 300_000 },
	async () => {
		const say = async (name: 'nadia' | 'odile', side: 'need' | 'offer', text: string) => {
			const page = await pageOf(name, { javaScript: false, phone: true });
			await page.goto(`${address}/besoins/nouveau`);
			await page.locator(`input[name="side"][value="${side}"]`).check();
			await page.locator('input[name="kind"][value="equipment"]').check();
			await page.locator('#text').fill(text);
			await page.getByRole('button', { name: m.needs_say_it() }).click();
			return page;
		};
		await say('odile', 'offer', 'Soixante chaises pliantes.');
		const nadia = await say('nadia', 'need', 'Quarante chaises pour juin.');
		await nadia.getByRole('link', { name: m.matching_link_need() }).click();
		expect(await nadia.getByRole('link', { name: 'Compagnie des Tréteaux' }).count()).toBeGreaterThan(0);
		expect(await nadia.getByText(m.matching_reason_brings({ text: 'Soixante chaises pliantes.' })).count()).toBe(1);
		await nadia.getByRole('link', { name: m.matching_write() }).first().click();
		await nadia.locator('#text').fill('Bonjour, parlons de chaises.');
		await nadia.locator('main form button').last().click();
		const mails = await db.selectFrom('mails').select('toEmail').where('kind', '=', 'approach').execute();
		expect(mails).toHaveLength(1);
	}
);
