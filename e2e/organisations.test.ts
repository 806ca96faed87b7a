import { expect, test } from 'vitest';
import { proposePartner } from '#modules/cooperations/commands/partners.server.ts';
import { at } from '../seeds/world.ts';
import { violations } from './accessible.ts';
import { openWorld } from './world.ts';

const { address, db, world, visitor, pageOf } = await openWorld();

/** The link of the last mail to an address, here. */
async function linkTo(email: string): Promise<string> {
	const { text } = await db
		.selectFrom('mails')
		.select('text')
		.where('toEmail', '=', email)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	return address + /\/(?:invitation|accepter)\/[\w-]+/.exec(text)![0];
}

/** What axe finds on a page: it runs in a window of its own that may, the page itself sends no script. */
async function faults(url: string): Promise<string[]> {
	const page = await visitor({ javaScript: true });
	const found: string[] = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.goto(url);
		found.push(...(await violations(page)).map((one) => `${colorScheme}: ${one}`));
	}
	await page.context().close();
	return found;
}

test('an organisation that has no account accepts by its link, and its first manager shares the charge', async () => {
	await at(db, new Date())(world.actors.nadia, (context) =>
		proposePartner(context, world.cooperation.id, {
			name: 'La Chorale',
			role: 'carrier',
			place: null,
			email: 'chorale@example.org',
			actingFor: null
		})
	);
	const chorale = await visitor({ phone: true });
	const accepting = await linkTo('chorale@example.org');
	await chorale.goto(accepting);
	expect(await chorale.locator('h1').textContent()).toBe('La Chorale est invitée à coopérer');
	expect(await faults(accepting)).toEqual([]);
	await chorale.getByRole('button', { name: 'Accepter au nom de La Chorale' }).click();
	expect(await chorale.locator('h1').textContent()).toBe('La Chorale participe');
	await chorale.getByRole('button', { name: 'Envoyer l’invitation' }).click();
	await chorale.getByText('Écrivez le nom de la personne.').first().waitFor();
	await chorale.getByLabel('Son nom').fill('Ana Diaz');
	await chorale.getByLabel('Son adresse électronique').fill('ana@example.org');
	await chorale.getByRole('button', { name: 'Envoyer l’invitation' }).click();
	await chorale.getByText('L’invitation est partie à ana@example.org.').waitFor();

	const ana = await visitor();
	const first = await linkTo('ana@example.org');
	expect(await faults(first)).toEqual([]);
	await ana.goto(first);
	await ana.getByRole('button', { name: 'Accepter l’invitation' }).click();
	await ana.getByText('Vous faites partie de La Chorale.').waitFor();
	expect(await ana.locator('h1').textContent()).toBe('La Chorale');
	await ana.getByRole('link', { name: 'Personnes', exact: true }).click();
	await ana.getByText('Une structure ne dépend jamais d’une seule personne').waitFor();
	await ana.getByLabel('Son nom', { exact: true }).fill('Luc Roy');
	await ana.getByLabel('Son adresse électronique').fill('luc@example.org');
	await ana.getByLabel('Elle gère aussi la structure').check();
	await ana.getByRole('button', { name: 'Envoyer l’invitation' }).click();
	await ana.getByText('En attente').waitFor();

	const luc = await visitor();
	await luc.goto(await linkTo('luc@example.org'));
	await luc.getByRole('button', { name: 'Accepter l’invitation' }).click();
	await luc.getByText('Vous faites partie de La Chorale.').waitFor();
	await luc.goto(await linkTo('luc@example.org'));
	expect(await luc.locator('h1').textContent()).toBe('Cette invitation a déjà été acceptée');
	await ana.reload();
	expect(await ana.getByText('Une structure ne dépend jamais d’une seule personne').count()).toBe(0);
});

test('a namesake is shown; a wrong number is said under its field, with what was typed; a profile is written', async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(`${address}/structures/nouvelle`);
	await nadia.getByLabel('Nom de votre structure').fill('compagnie des treteaux');
	await nadia.getByRole('button', { name: 'Inscrire la structure' }).click();
	await nadia.getByText('Demandez-lui de vous inviter').waitFor();
	expect(await nadia.getByLabel('Nom de votre structure').inputValue()).toBe('compagnie des treteaux');

	const own = address + world.actors.nadia.belongings[0]!.path;
	await nadia.goto(`${own}/fiches`);
	await nadia.getByLabel('Numéro RNA, SIREN').fill('732 829 321');
	await nadia.getByRole('button', { name: 'Ajouter le numéro' }).click();
	expect(await nadia.locator('#identifier-error').textContent()).toContain('Un chiffre est faux');
	expect(await nadia.getByLabel('Numéro RNA, SIREN').inputValue()).toBe('732 829 321');
	await nadia.getByLabel('Numéro RNA, SIREN').fill('732829320');
	await nadia.getByRole('button', { name: 'Ajouter le numéro' }).click();
	await nadia.getByText('732\u00a0829\u00a0320').first().waitFor();
	await nadia.goto(`${own}/modifier`);
	await nadia.getByRole('textbox', { name: /^Thèmes/ }).fill('Été, jardin');
	await nadia.getByRole('button', { name: 'Enregistrer la fiche' }).click();
	await nadia.getByRole('link', { name: 'Été' }).click();
	expect(await nadia.locator('.result h3').allTextContents()).toEqual(['L’Atelier du Soleil']);
	await nadia.goto(`${address}/cooperations/nouvelle?avec=La%20Chorale`);
	expect(await nadia.getByLabel('Avec qui').inputValue()).toBe('La Chorale');
});

test('one takes one’s data away, then erases oneself', async () => {
	const samir = await pageOf('samir');
	const file = await samir.request.get(`${address}/compte/mes-donnees.json`);
	expect(await file.json()).toMatchObject({
		account: { name: 'Samir Haddad', email: 'samir@example.org' },
		memberships: [{ organisation: 'Radio Sorbier' }]
	});
	await samir.goto(`${address}/compte/effacer`);
	await samir.getByText('Personne ne gérera plus Radio Sorbier').waitFor();
	await samir.getByRole('button', { name: 'Effacer mon compte' }).click();
	await samir.getByText('Cochez la case pour confirmer.').first().waitFor();
	await samir.getByLabel('Oui, effacer mon compte').check();
	await samir.getByRole('button', { name: 'Effacer mon compte' }).click();
	await samir.getByText('Votre compte est effacé.').waitFor();
	expect((await samir.request.get(`${address}/compte`, { maxRedirects: 0 })).status()).toBe(303);
});

test('search engines may keep the help, and nothing of what people write', async () => {
	const page = await visitor();
	for (const [path, header] of [
		['/aide', undefined],
		['/donnees', undefined],
		['/entrer', 'noindex, nofollow'],
		['/structures', 'noindex, nofollow']
	] as const) {
		const answer = await page.request.get(address + path, { maxRedirects: 0 });
		expect(answer.headers()['x-robots-tag'], path).toBe(header);
	}
});
