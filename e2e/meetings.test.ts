import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { openWorld } from './world.ts';

const { address, db, world, pageOf, visitor } = await openWorld();
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const look = process.env.LOOK;
type Page = Awaited<ReturnType<typeof pageOf>>;
const shot = async (page: Page, name: string) => {
	if (look) await page.screenshot({ path: `${look}/${name}.png`, fullPage: true });
};

test('a meeting: convened, answered by a link without an account, noted, sent once, followed by a calendar', async () => {
	const nadia = await pageOf('nadia');
	await nadia.goto(`${address}${world.cooperation.path}/reunions`);
	await shot(nadia, 'list-empty');
	await nadia.getByRole('link', { name: 'Fixer une réunion' }).first().click();
	await nadia.getByLabel('De quoi parlerez-vous ?').fill('Préparer la scène');
	await nadia.getByLabel('Jour').fill('2020-01-01');
	await nadia.getByLabel('Heure').fill('18:30');
	await nadia.getByRole('button', { name: 'Envoyer les invitations' }).click();
	expect(await nadia.getByRole('alert').textContent()).toContain('passée');
	expect(await nadia.getByLabel('De quoi parlerez-vous ?').inputValue()).toBe('Préparer la scène');
	await shot(nadia, 'new-refused');
	await nadia.getByLabel('Jour').fill(inDays(10));
	await nadia.getByLabel('Lieu').fill('Salle des fêtes');
	await nadia.getByRole('button', { name: 'Envoyer les invitations' }).click();
	expect(await nadia.getByRole('heading', { level: 1 }).textContent()).toBe('Préparer la scène');
	for (const point of ['La salle', 'Les affiches']) {
		await nadia.getByLabel('Un point à traiter').fill(point);
		await nadia.getByLabel('Minutes', { exact: false }).and(nadia.locator('#duree')).fill('30');
		await nadia.getByRole('button', { name: 'Ajouter ce point' }).click();
	}
	await nadia.getByRole('button', { name: 'Monter Les affiches' }).click();
	await shot(nadia, 'meeting');

	const mail = await db
		.selectFrom('mails')
		.select('text')
		.where('toEmail', '=', 'odile@example.org')
		.where('kind', '=', 'meeting-invited')
		.executeTakeFirstOrThrow();
	const link = /\/reunion\/[\w-]{32}/.exec(mail.text)![0];
	const odile = await visitor({ phone: true });
	await odile.goto(address + link);
	await shot(odile, 'link');
	await odile.getByRole('button', { name: 'Je viens' }).click();
	expect(await odile.getByText('C’est noté.').count()).toBe(1);
	const file = await odile.request.get(`${address}${link}/reunion.ics`);
	expect(await file.text()).toContain('SUMMARY:Préparer la scène');

	const meeting = await db.selectFrom('meetings').select(['id', 'code']).executeTakeFirstOrThrow();
	const now = Date.now();
	await db
		.updateTable('meetings')
		.set({ startsAt: new Date(now - 1_800_000), endsAt: new Date(now + 1_800_000) })
		.where('id', '=', meeting.id)
		.execute();
	await nadia.goto(`${address}${world.cooperation.path}/reunions/x-${meeting.code}/compte-rendu`);
	await shot(nadia, 'minutes-empty');
	const said = nadia.getByRole('textbox', { name: 'Ce qui est dit, en une phrase' });
	await said.first().fill('La pièce se joue dehors.');
	await nadia.getByRole('button', { name: 'Noter', exact: true }).first().click();
	await said.nth(1).fill('Odile réserve la salle.');
	await nadia.getByLabel('C’est').nth(1).selectOption('task');
	await nadia.locator('summary', { hasText: 'Qui, pour quand' }).nth(1).click();
	await nadia.getByLabel('Qui s’en occupe').nth(1).selectOption(world.actors.odile.id);
	await nadia.getByLabel('Pour quand').nth(1).fill(inDays(20));
	await nadia.getByRole('button', { name: 'Noter', exact: true }).nth(1).click();
	await nadia.getByRole('button', { name: 'Est là Nadia Benali' }).click();
	await shot(nadia, 'minutes-draft');
	await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();
	expect(await nadia.getByText('C’est envoyé à 2').count()).toBe(1);
	await shot(nadia, 'minutes-sent');
	const pdf = await nadia.request.get(`${address}${world.cooperation.path}/reunions/x-${meeting.code}/reunion.pdf`);
	expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
	if (look) (await import('node:fs')).writeFileSync(`${look}/minutes.pdf`, await pdf.body());
	const sent = await db.selectFrom('mails').select(['toEmail', 'text']).where('kind', '=', 'minutes').execute();
	expect(sent.filter(({ text }) => text.includes('Odile réserve la salle.')).map(({ toEmail }) => toEmail)).toEqual([
		'odile@example.org'
	]);
	const home = await pageOf('odile');
	await home.goto(address);
	expect(await home.getByText('Odile réserve la salle.').count()).toBeGreaterThan(0);

	await nadia.goto(`${address}${world.cooperation.path}/reunions`);
	await nadia.getByRole('button', { name: 'Suivre ces réunions' }).click();
	await shot(nadia, 'feed');
	const feed = await nadia.getByLabel('Adresse', { exact: true }).inputValue();
	const first = await (await visitor()).request.get(feed);
	expect(await first.text()).toContain('Préparer la scène');
	const again = await (await visitor()).request.get(feed, { headers: { 'if-none-match': first.headers().etag! } });
	expect(again.status()).toBe(304);
	await nadia.goto(`${address}/compte/agendas`);
	await shot(nadia, 'feeds');
	await nadia.getByRole('button', { name: /^Retirer/ }).click();
	expect((await (await visitor()).request.get(feed)).status()).toBe(404);
});

test('three answers begin a cooperation; without a date, they lead to a poll; an absurd date writes nothing', async () => {
	const samir = await pageOf('samir');
	const begin = async (what: string, day: string, time: string) => {
		await samir.goto(`${address}/cooperations/nouvelle`);
		await samir.getByLabel('Que voulez-vous faire ?').fill(what);
		await samir.getByLabel('Avec qui ?').fill('Les Jardins du Canal');
		await samir.getByLabel('Jour').fill(day);
		await samir.getByLabel('Heure').fill(time);
		await samir.getByRole('button', { name: 'Commencer' }).click();
	};
	await begin('Une radio au jardin', '', '');
	expect(new URL(samir.url()).pathname).toMatch(/\/reunions\/sonder$/);
	await begin('Une radio au marché', '2020-01-01', '10:00');
	await shot(samir, 'three');
	expect(await samir.getByRole('alert').textContent()).toContain('passée');
	const cookies = await samir.context().cookies();
	const forged = await samir.request.post(`${address}/cooperations/nouvelle`, {
		form: {
			id: newId(),
			meeting: newId(),
			what: 'Une radio en l’an 20026',
			withWhom: 'Les Jardins du Canal',
			day: '20026-01-01',
			time: '10:00'
		},
		headers: { origin: address, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
		maxRedirects: 0
	});
	expect(await forged.text()).toContain('Ce jour n’existe pas.');
	const begun = await db.selectFrom('cooperations').select('sentence').where('sentence', 'like', 'Une radio%').execute();
	expect(begun.map(({ sentence }) => sentence)).toEqual(['Une radio au jardin']);
	await begin('Une radio au marché', inDays(7), '10:00');
	await samir.goto(address);
	expect(await samir.getByText('Première rencontre').count()).toBeGreaterThan(0);
});
