import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { longDay, today } from '#platform/clock.ts';
import { m } from '#words';
import { openWorld } from './world.ts';

const run = promisify(execFile);
const { address, db, world, pageOf, lastMail } = await openWorld();
const home = (name: 'nadia') => address + world.actors[name].belongings[0]!.path;

for (const one of [
	{ key: 'W759900011', name: 'LES AMIS DU LAVOIR', website: 'https://www.lavoir.example', street: '1 rue du Lavoir' },
	{ key: 'W759900012', name: 'LE CLUB DU PONT', website: null, street: '2 rue du Pont' }
])
	await db
		.insertInto('officialBodies')
		.values({
			...one,
			source: 'rna-waldec',
			kind: 'association',
			communeCode: '75120',
			postcode: '75020',
			communeName: 'PARIS',
			declaredOn: '2026-02-01',
			active: true,
			fingerprint: 1,
			importId: 1,
			changedAt: new Date()
		})
		.execute();

const code = /[CFHJKMNPRTWXY3479]{4}-[CFHJKMNPRTWXY3479]{4}/;

test('a record that had no entry is claimed by a code that its own address receives', { timeout: 120_000 }, async () => {
	const bruno = await pageOf('bruno', { phone: true });
	await bruno.goto(`${address}/repertoire/rna-waldec/W759900011`);
	await bruno.getByText(/Elle a déclaré un changement/).waitFor();
	expect(await bruno.textContent('main')).not.toContain('rue du Lavoir');
	const email = bruno.getByLabel(m.identity_claim_email());
	await email.fill('bruno@gmail.com');
	await bruno.getByRole('button', { name: m.identity_claim_email_send() }).click();
	await bruno
		.getByText(m.identity_claim_shared_domain({ domain: 'gmail.com' }))
		.first()
		.waitFor();
	expect(await email.inputValue()).toBe('bruno@gmail.com');
	expect(await db.selectFrom('organisations').select('id').where('name', '=', 'LES AMIS DU LAVOIR').execute()).toEqual([]);
	await email.fill('bruno@lavoir.example');
	await bruno.getByRole('button', { name: m.identity_claim_email_send() }).click();
	await bruno.getByText(m.identity_claim_code_sent()).waitFor();
	await bruno.getByLabel(m.identity_claim_code(), { exact: true }).fill('CCCC-CCCC');
	await bruno.getByRole('button', { name: m.identity_claim_code_enter() }).click();
	await bruno
		.getByText(m.identity_claim_wrong_code({ n: 4 }))
		.first()
		.waitFor();
	const sent = code.exec(await lastMail('identity', 'bruno@lavoir.example'))![0];
	await bruno.getByLabel(m.identity_claim_code(), { exact: true }).fill(sent.toLowerCase());
	await bruno.getByRole('button', { name: m.identity_claim_code_enter() }).click();
	await bruno.getByText(m.identity_claim_won({ name: 'LES AMIS DU LAVOIR' })).waitFor();
	await bruno.getByRole('heading', { level: 1, name: 'LES AMIS DU LAVOIR' }).waitFor();
	await bruno.goto(`${address}/repertoire/rna-waldec/W759900011`);
	await bruno.getByText(m.identity_entry_here()).waitFor();
	expect(await bruno.getByLabel(m.identity_claim_email()).count()).toBe(0);
});

test('a letter to the official seat bears the code; only who prints it reads it', { timeout: 120_000 }, async () => {
	const samir = await pageOf('samir');
	await samir.goto(`${address}/repertoire/rna-waldec/W759900012`);
	await samir.getByText(m.identity_claim_letter(), { exact: true }).click();
	await samir.getByLabel(m.identity_claim_words()).first().fill('J’en suis la secrétaire.');
	await samir.getByRole('button', { name: m.identity_claim_letter_ask() }).click();
	await samir.getByText(m.identity_claim_asked()).waitFor();
	const own = samir.url();

	const agathe = await pageOf('agathe');
	await agathe.goto(`${address}/maison/demandes`);
	await agathe.getByText('J’en suis la secrétaire.').waitFor();
	const form = agathe.locator('form[action="?/letter"]').first();
	const answer = await agathe.request.post(`${address}/maison/demandes?/letter`, {
		form: {
			claimId: await form.locator('[name=claimId]').inputValue(),
			key: await form.locator('[name=key]').inputValue()
		},
		headers: { origin: address, accept: 'text/html' }
	});
	expect(answer.headers()['content-type']).toBe('application/pdf');
	expect((await samir.request.get(answer.url())).status()).toBe(404);
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-letter-'));
	const pdf = path.join(folder, 'lettre.pdf');
	fs.writeFileSync(pdf, await answer.body());
	const printed = (await run('pdftotext', ['-layout', pdf, '-'])).stdout;
	fs.rmSync(folder, { recursive: true });
	expect(printed).toContain('2 rue du Pont');

	await samir.goto(own);
	await samir.getByLabel(m.identity_claim_code(), { exact: true }).fill(code.exec(printed)![0]);
	await samir.getByRole('button', { name: m.identity_claim_code_enter() }).click();
	await samir.getByText(m.identity_claim_won({ name: 'LE CLUB DU PONT' })).waitFor();
	expect(await lastMail('identity', 'agathe@example.org')).toContain('Samir Haddad');
});

test(
	'a charge is taken over: those who manage are told and object, somebody else decides, nobody is removed',
	{ timeout: 120_000 },
	async () => {
		const bruno = await pageOf('bruno');
		await bruno.goto(`${home('nadia')}/gerer`);
		await bruno.getByLabel(m.identity_takeover_reason()).fill('Le bureau a changé le 3 octobre.');
		await bruno.getByRole('button', { name: m.identity_takeover_ask() }).click();
		await bruno.getByText(m.identity_takeover_asked_said()).waitFor();
		expect(await lastMail('identity', 'nadia@example.org')).toMatch(/«\sLe bureau a changé le 3 octobre\s»\.\s/);

		const nadia = await pageOf('nadia', { phone: true });
		await nadia.goto(address);
		const { objectionsUntil } = await db.selectFrom('takeovers').select('objectionsUntil').executeTakeFirstOrThrow();
		const day = (at: Date) => today(at, 'Europe/Paris');
		await nadia
			.getByText(m.identity_takeover_home_until({ when: longDay(day(objectionsUntil), day(new Date())) }), { exact: true })
			.waitFor();
		await nadia.getByRole('link', { name: m.identity_takeover_home_action() }).click();
		await nadia.getByLabel(m.identity_objection()).fill('Je suis toujours là.');
		await nadia.getByRole('button', { name: m.identity_object() }).click();
		await nadia.getByText(m.identity_objected_said()).waitFor();
		await nadia.goto(address);
		await nadia.getByRole('heading', { level: 1 }).waitFor();
		expect(await nadia.getByRole('link', { name: m.identity_takeover_home_action() }).count()).toBe(0);

		const agathe = await pageOf('agathe');
		await agathe.goto(`${address}/maison/demandes`);
		await agathe.getByText(/Je suis toujours là/).waitFor();
		const grant = agathe.getByRole('button', { name: m.identity_takeover_grant({ person: 'Bruno Lacaze' }) });
		expect(await grant.count()).toBe(0);
		await db
			.updateTable('takeovers')
			.set({ objectionsUntil: new Date(Date.now() - 1000) })
			.execute();
		await agathe.reload();
		await grant.click();
		await agathe.getByText(m.identity_takeover_granted_said()).waitFor();
		await bruno.goto(`${home('nadia')}/personnes`);
		const people = await bruno.textContent('main');
		for (const name of ['Bruno Lacaze', 'Nadia Benali']) expect(people).toContain(name);
		expect(await lastMail('identity', 'bruno@example.org')).toContain('L’Atelier du Soleil');
	}
);
