import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails, type Details, type Kind } from '#modules/lines/rules.ts';
import { newId } from '#platform/ids.ts';
import { at } from '../seeds/world.ts';
import { sideways, violations } from './accessible.ts';
import { openWorld } from './world.ts';

/*
 * From the lines to a signed agreement, without JavaScript: written in one click, corrected by two people at once, frozen, signed
 * on paper by both; and closed to those who are not partners.
 */
const { address, db, world, pageOf } = await openWorld();
const convention = `${address}${world.cooperation.path}/convention`;

const say = (kind: Kind, text: string, details: Partial<Details> = {}) =>
	at(db, new Date())(world.actors.nadia, (context) =>
		writeLine(context, world.cooperation.id, {
			...noDetails,
			id: newId(),
			kind,
			text,
			audience: null,
			actingFor: null,
			...details
		})
	);
const sheet = { name: 'feuille.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nsigned\n%%EOF\n') };

test('two partners write, freeze and sign their agreement', async () => {
	await say('objective', 'Réunir trente habitants de tous âges sur la même scène.');
	await say('contribution', 'La grande salle, le mercredi.', { topic: 'premises', cents: 40_000 });
	await say('date', 'Première représentation.', { startsOn: '2027-04-09', phase: 'during' });
	const nadia = await pageOf('nadia');
	await nadia.goto(convention);
	await nadia.getByRole('button', { name: 'Écrire la convention' }).click();
	// A long text is folded, article by article, under its contents.
	await nadia.getByRole('navigation', { name: 'Sommaire' }).getByRole('link', { name: 'Attentes et objectifs' }).click();
	await nadia.getByText('Réunir trente habitants de tous âges sur la même scène.').waitFor();
	expect(await nadia.getByRole('link', { name: /^Compléter : / }).count()).toBeGreaterThan(4);

	// Two people at once: the second sees both texts, and chooses.
	const odile = await pageOf('odile');
	for (const page of [nadia, odile]) {
		await page.goto(convention);
		await page.getByRole('heading', { name: 'Article 1. Préambule' }).click();
		await page.getByRole('link', { name: 'Modifier l’article « Préambule »' }).click();
	}
	const text = await nadia.getByLabel('Texte de l’article').inputValue();
	expect(text).toContain('{le projet en une phrase}');
	await nadia.getByLabel('Texte de l’article').fill(`${text}\n\nNadia ajoute une phrase.`);
	await nadia.getByRole('button', { name: 'Enregistrer l’article' }).click();
	await odile.getByLabel('Texte de l’article').fill(`${text}\n\nOdile écrit autre chose.`);
	await odile.getByRole('button', { name: 'Enregistrer l’article' }).click();
	await odile.getByText('Nadia ajoute une phrase.').first().waitFor();
	expect(await odile.getByLabel('Texte de l’article').inputValue()).toContain('Odile écrit autre chose.');
	await odile.getByRole('button', { name: 'Garder mon texte à la place' }).click();
	// The address that one comes back to opens the article.
	await odile.getByText('Odile écrit autre chose.').waitFor();

	await nadia.goto(convention);
	await nadia.getByRole('button', { name: 'Figer la version 1' }).click();
	await nadia.getByText('Version 1 figée.').waitFor();
	const reading = await nadia.request.get(`${convention}/versions/1/lecture.pdf`);
	expect((await reading.body()).subarray(0, 5).toString()).toBe('%PDF-');

	for (const page of [nadia, odile]) {
		await page.goto(convention);
		await page.getByRole('link', { name: 'Signer sur papier' }).click();
		await page.getByRole('button', { name: / signe$/ }).click();
		await page.getByText('Dit signer').first().waitFor();
		await page.getByLabel('La feuille signée').setInputFiles({ ...sheet, buffer: Buffer.from('<html>') });
		await page.getByLabel('Nom de la personne qui a signé').fill('La présidente');
		await page.getByLabel('Jour de la signature').fill('2026-11-20');
		await page.getByRole('button', { name: 'Joindre la feuille' }).click();
		await page.getByText('n’est pas ce qu’il prétend').first().waitFor();
		expect(await page.getByLabel('Nom de la personne qui a signé').inputValue()).toBe('La présidente');
		await page.getByLabel('La feuille signée').setInputFiles(sheet);
		await page.getByRole('button', { name: 'Joindre la feuille' }).click();
		await page.getByText('sa signature compte').waitFor();
	}
	await nadia.goto(convention);
	await nadia.getByText('2 sur 2').first().waitFor();

	const helene = await pageOf('helene');
	await helene.goto(convention);
	await helene.getByText('La convention se lit entre partenaires').waitFor();
	expect((await helene.request.get(`${convention}/versions/1/lecture.pdf`)).status()).toBe(404);
});

test('every page of the agreement is light, accessible and fits a narrow phone', async () => {
	const page = await pageOf('nadia', { javaScript: true });
	await page.goto(convention);
	const clause = await page.getByLabel('Modifier l’article « Préambule »').getAttribute('href');
	const troubles: string[] = [];
	for (const path of [
		convention,
		`${convention}/articles`,
		new URL(clause!, address).href,
		`${convention}/versions/1`,
		`${convention}/comparer`
	]) {
		const answer = await page.goto(path);
		const bytes = gzipSync(await answer!.body()).length;
		if (bytes > 20_000) troubles.push(`${path}: ${bytes} bytes`);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			for (const one of await violations(page)) troubles.push(`${path} (${colorScheme}): ${one}`);
		}
		await page.setViewportSize({ width: 320, height: 640 });
		const over = await sideways(page);
		if (over > 0) troubles.push(`${path}: ${over} px sideways`);
		await page.setViewportSize({ width: 1280, height: 800 });
	}
	expect(troubles).toEqual([]);
});
