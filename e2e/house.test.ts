import { expect, test } from 'vitest';
import { openWorld } from './world.ts';

const { address, pageOf, world } = await openWorld();

test('the day of a house: whom to call, what was said, in whose name; without JavaScript', { timeout: 120_000 }, async () => {
	const claire = await pageOf('claire');
	await claire.goto(`${address}/maison`);
	expect(await claire.getByRole('heading', { level: 1 }).textContent()).toMatch(/à appeler aujourd’hui$/);
	const town = claire.getByRole('listitem').filter({ has: claire.getByRole('heading', { name: 'Ville de Valsorbier' }) });
	expect(await town.textContent()).toContain('sans réponse');
	await town.getByRole('link', { name: 'Noter un appel' }).click();

	// Nothing written: said beside the field, and nothing is noted.
	await claire.getByRole('button', { name: 'Noter l’appel' }).click();
	expect(await claire.getByText('Écrivez ce qui a été dit.').count()).toBeGreaterThan(0);
	await claire.getByLabel('Ce qui a été dit').fill('La mairie prête la salle le mercredi.');
	await claire.getByLabel('La structure accepte l’invitation').check();
	await claire.getByRole('button', { name: 'Noter l’appel' }).click();
	expect(await claire.getByText('L’appel est noté').count()).toBe(1);
	expect(await claire.getByRole('heading', { name: 'Ville de Valsorbier' }).count()).toBe(0);

	const nadia = await pageOf('nadia');
	await nadia.goto(address + world.cooperation.path);
	expect(await nadia.getByText('La mairie prête la salle le mercredi.').count()).toBe(1);

	const helene = await pageOf('helene');
	await helene.goto(`${address + world.actors.helene.belongings[0]!.path}/accompagnement`);
	expect(await helene.getByText('La mairie prête la salle le mercredi.').count()).toBe(1);
});

test('a house proposes, an organisation accepts and ends it', { timeout: 120_000 }, async () => {
	const garden = `${address + world.actors.bruno.belongings[0]!.path}/accompagnement`;
	const yann = await pageOf('yann');
	await yann.goto(garden);
	await yann.getByRole('button', { name: 'Proposer de l’accompagner' }).click();
	const bruno = await pageOf('bruno', { phone: true });
	await bruno.goto(garden);
	await bruno.getByRole('button', { name: 'Accepter' }).click();
	expect(await bruno.getByText('Accompagne depuis').count()).toBe(1);
	await yann.goto(`${address}/maison`);
	expect(await yann.getByRole('link', { name: 'Les Jardins du Canal', exact: true }).count()).toBe(1);
	await bruno.getByRole('button', { name: 'Mettre fin' }).click();
	await yann.goto(`${address}/maison`);
	expect(await yann.getByRole('link', { name: 'Les Jardins du Canal', exact: true }).count()).toBe(0);
});

test('a list is read, let in, and changes nothing when it comes again', { timeout: 120_000 }, async () => {
	const claire = await pageOf('claire');
	const bring = async () => {
		await claire.goto(`${address}/maison/listes`);
		await claire
			.getByRole('textbox', { name: 'La liste' })
			.fill('Nom;Commune;Code postal\nHarmonie du Lac;Sète;34200\nLes Jardins du Cannal;Montpellier;34000\n;Sète;34200\n');
		await claire.getByRole('button', { name: 'Lire la liste', exact: true }).click();
		await claire.getByRole('button', { name: 'Lire la liste avec ces colonnes' }).click();
	};
	const letIn = async () => {
		await claire.getByRole('button', { name: 'Faire entrer cette liste' }).click();
		await expect
			.poll(
				async () => {
					await claire.reload();
					return claire.getByRole('link', { name: 'Rapport (CSV)' }).count();
				},
				{ timeout: 60_000, interval: 1000 }
			)
			.toBe(1);
	};
	await bring();
	expect(await claire.getByRole('heading', { level: 1 }).textContent()).toBe('Nous avons lu 2 structures');
	expect(await claire.getByText('Cette ligne n’a pas de nom.').count()).toBe(1);
	await claire.getByRole('button', { name: 'La même' }).click();
	await letIn();
	expect(await claire.getByRole('heading', { level: 1 }).textContent()).toBe('Une structure est entrée');
	await bring();
	await letIn();
	expect(await claire.getByRole('heading', { level: 1 }).textContent()).toBe('Cette liste n’a rien changé');
});
