import { expect, test } from 'vitest';
import { m } from '#words';
import { openWorld } from './world.ts';

const { address, db, world, pageOf, visitor } = await openWorld();
const last = () =>
	db.selectFrom('mails').selectAll().orderBy('queuedAt', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
const linkIn = (text: string, part: string) => new RegExp(`/${part}/[\\w-]+`).exec(text)![0];

test('without JavaScript: a house is opened, names who accompanies, chooses where it works and where it is answered', async () => {
	const agathe = await pageOf('agathe', { javaScript: false });
	await agathe.goto(`${address}/administration/maisons?structure=Radio`);
	await agathe.locator('section[aria-labelledby="ouvrir"]').getByLabel(m.hubs_sender()).fill('Maison de la radio');
	await agathe.getByRole('button', { name: m.hubs_open() }).click();
	const invite = agathe.locator('section[aria-labelledby="nommer"]');
	await invite.getByLabel(m.organisations_invite_name()).fill('Lou Perrin');
	await invite.getByLabel(m.organisations_invite_email()).fill('lou@example.org');
	await invite.getByRole('button', { name: m.hubs_accompagnateur_invite() }).click();
	expect(await agathe.locator('section[aria-labelledby="accompagnateurs"]').textContent()).toContain('lou@example.org');
	const invitation = await last();
	expect([invitation.fromName, invitation.byHouse]).toEqual(['Maison de la radio', true]);

	const lou = await visitor({ javaScript: false });
	await lou.goto(address + linkIn(invitation.text, 'invitation'));
	await lou.getByRole('button').first().click();
	await lou.goto(`${address}/maison`);
	expect(await lou.locator('h1').textContent()).toContain(m.hubs_day_title_none());

	await agathe.getByRole('link', { name: m.hubs_territory(), exact: true }).click();
	await agathe.locator('section[aria-labelledby="chercher"]').getByRole('searchbox').fill('Montreuil');
	await agathe.getByRole('button', { name: m.hubs_territory_search_button() }).click();
	await agathe.getByRole('button', { name: `${m.hubs_territory_add()} Montreuil (Seine-Saint-Denis)` }).click();
	expect(await agathe.locator('h1').textContent()).toBe(m.hubs_territory_title({ n: 1 }));
	await agathe.getByRole('link', { name: m.hubs_house_directory() }).click();
	expect(await agathe.getByRole('link', { name: 'Radio Sorbier' }).count()).toBeGreaterThan(0);

	const samir = await pageOf('samir', { javaScript: false });
	await samir.goto(`${address}/maisons`);
	await samir.getByRole('link', { name: 'Maison de la radio' }).click();
	await samir.getByRole('link', { name: m.hubs_house_keep() }).click();
	await samir.locator('#reply-to').fill('reponses@radio.example');
	await samir.getByRole('button', { name: m.hubs_reply_send() }).click();
	const proof = await last();
	const anybody = await visitor({ javaScript: false });
	await anybody.goto(address + linkIn(proof.text, 'maisons/adresse'));
	await anybody.getByRole('button', { name: m.hubs_reply_confirm() }).click();
	await samir.reload();
	expect(await samir.locator('section[aria-labelledby="courriels"]').textContent()).toContain('reponses@radio.example');
	await samir.locator('section[aria-labelledby="nommer"]').getByLabel(m.organisations_invite_name()).fill('Max');
	await samir.locator('section[aria-labelledby="nommer"]').getByLabel(m.organisations_invite_email()).fill('max@example.org');
	await samir.getByRole('button', { name: m.hubs_accompagnateur_invite() }).click();
	expect(await last()).toMatchObject({ toEmail: 'max@example.org', replyTo: 'reponses@radio.example' });
});

test('without JavaScript: a network is declared, a house accepts, and the network reads counts', async () => {
	const agathe = await pageOf('agathe', { javaScript: false });
	await agathe.goto(`${address}/administration/reseaux?structure=Valsorbier`);
	await agathe.locator(`section[aria-labelledby="declarer"] input[value="${world.structures.helene}"]`).check();
	await agathe.getByLabel(m.networks_name()).fill('Maisons de la vallée');
	await agathe.getByRole('button', { name: m.networks_declare() }).click();
	await agathe.getByLabel(m.networks_propose_which(), { exact: true }).selectOption({ value: world.structures.claire });
	await agathe.getByRole('button', { name: m.networks_propose() }).click();

	const claire = await pageOf('claire', { javaScript: false });
	await claire.goto(`${address}/maison`);
	await claire.getByRole('link', { name: m.hubs_house(), exact: true }).click();
	await claire.getByRole('link', { name: m.networks_house_link() }).click();
	await claire.getByRole('button', { name: m.networks_accept() }).click();

	const { code } = await db.selectFrom('networks').select('code').executeTakeFirstOrThrow();
	const helene = await pageOf('helene', { javaScript: false });
	await helene.goto(`${address}/reseaux/vallee-${code}`);
	expect(await helene.locator('h1').textContent()).toBe(m.networks_across_title({ n: 1 }));
	expect(await helene.content()).not.toContain('Avril enchanté');
	const samir = await pageOf('samir', { javaScript: false });
	expect((await samir.goto(`${address}/reseaux/vallee-${code}`))?.status()).toBe(404);
});

test('without JavaScript: what a house keeps is taken where one writes, and says whose it was', async () => {
	const claire = await pageOf('claire', { javaScript: false });
	await claire.goto(`${address}/maison`);
	await claire.getByRole('link', { name: m.hubs_house(), exact: true }).click();
	await claire.getByRole('link', { name: /^Bibliothèque/ }).click();
	const write = claire.locator('section[aria-labelledby="ecrire"]');
	await write.getByLabel(m.library_house_kind()).selectOption('clause');
	await write.getByLabel(m.library_house_name()).fill('Le matériel prêté');
	await write.getByLabel(m.library_house_body()).fill('Chacun répond du sien.');
	await write.getByRole('button', { name: m.library_house_save() }).click();

	const nadia = await pageOf('nadia', { javaScript: false });
	await nadia.goto(`${address}${world.cooperation.path}/convention`);
	await nadia.getByRole('button', { name: m.agreements_write() }).click();
	await nadia.goto(`${address}${world.cooperation.path}/convention/articles`);
	await nadia.getByRole('button', { name: m.agreements_add_of({ title: 'Le matériel prêté' }) }).click();
	expect(await nadia.locator('section[aria-labelledby="articles"]').textContent()).toContain('De la bibliothèque de Maison');
	expect(await nadia.locator('section[aria-labelledby="maison"]').count(), 'it is taken').toBe(0);
	await nadia.getByRole('link', { name: 'Le matériel prêté' }).click();
	expect(await nadia.getByLabel(m.agreements_article_text()).inputValue()).toBe('Chacun répond du sien.');
});
