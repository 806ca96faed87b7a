import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { m } from '#words';
import { verifyChains } from '#modules/journal/queries.server.ts';
import { plusDays, today, wall } from '#platform/clock.ts';
import { word } from '#platform/say.ts';
import { sharedFolder } from '../tests/shared.ts';
import { openWorld } from './world.ts';

/**
 * A real case from three answers to a frozen agreement, without JavaScript: seven associations, a town, a foundation, eighteen months,
 * theatre between generations.
 */
const { address, db, pageOf, visitor } = await openWorld();
const run = promisify(execFile);
const paris = 'Europe/Paris';
const day = today(new Date(), paris);

const shared = sharedFolder();
const directory = shared && path.join(shared, 'data/dev/associations/montpellier_2011_tiers.csv');

/** The theatres of the directory of Montpellier; where it is not there, five that exist nowhere. */
const list = directory
	? fs
			.readFileSync(directory, 'utf8')
			.split('\n')
			.filter((row, index) => index === 0 || row.includes(',THEATRE,'))
			.slice(0, 31)
			.join('\n')
	: [
			'NomAsso,Code_Postal',
			...['Au Bout du Mot', 'Baloard', 'Machine Théâtre', 'Malampia', 'Octopus Expression'].map((one) => `${one},34000`)
		].join('\n');
if (!directory) console.warn('The directory of Montpellier is not beside this repository: five invented associations stand in.');

const [story, circus, hall, choir, costumes] = [
	'Au Bout du Mot',
	'Baloard',
	'Machine Théâtre',
	'Malampia',
	'Octopus Expression'
] as const;
const [workshop, troupe, town, foundation] = [
	'L’Atelier du Soleil',
	'Compagnie des Tréteaux',
	'Ville de Valsorbier',
	'Fondation Sorbier'
] as const;
const nine = [workshop, troupe, story, circus, hall, choir, costumes, town, foundation];
const noted = [story, circus, hall, choir, town, foundation];

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const said = async (page: Page, text: string) =>
	expect((await page.getByRole('status').allTextContents()).join(' ')).toContain(text);

/** Takes a picture of a page at both widths, when somebody wants to look: PICTURES=folder. */
async function look(page: Page, name: string): Promise<void> {
	const folder = process.env.PICTURES;
	if (!folder) return;
	for (const width of [1280, 360]) {
		await page.setViewportSize({ width, height: 800 });
		await page.screenshot({ path: path.join(folder, `${name}-${width}.png`), fullPage: true });
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

const files = fs.mkdtempSync(path.join(os.tmpdir(), 'ensemblier-case-'));
afterAll(() => fs.rmSync(files, { recursive: true }));

type Said = {
	by: string;
	kind: string;
	text: string;
	who?: string;
	person?: string;
	on?: string;
	euros?: string;
};

test('« Avril enchanté », from three answers to a frozen agreement', { timeout: 300_000 }, async () => {
	// the list of Montpellier comes in
	const claire = await pageOf('claire');
	await claire.goto(`${address}/maison/listes`);
	await claire.getByRole('textbox', { name: m.hubs_list_text() }).fill(list);
	await press(claire, m.hubs_list_read());
	await press(claire, m.hubs_columns_read());
	await look(claire, '01-liste');
	await press(claire, m.hubs_list_let_in());
	await expect
		.poll(
			async () => {
				await claire.reload();
				return claire.getByRole('link', { name: m.hubs_list_report() }).count();
			},
			{ timeout: 60_000, interval: 500 }
		)
		.toBe(1);
	await look(claire, '02-liste-entree');
	const known = await db
		.selectFrom('organisations')
		.select(({ fn }) => fn.countAll<string>().as('n'))
		.executeTakeFirstOrThrow();

	// three answers
	const nadia = await pageOf('nadia');
	await nadia.goto(`${address}/cooperations/nouvelle`);
	await nadia
		.getByLabel(m.cooperations_what())
		.fill('Le printemps des âges. Jouer sur une même scène une pièce écrite par les enfants et les anciens du quartier.');
	const theatres = [story, circus, hall, choir].map((one) => `${one} (Montpellier)`);
	await nadia.getByLabel(m.cooperations_with_whom()).fill([troupe, ...theatres, town, foundation].join('\n'));
	await look(nadia, '03-trois-reponses');
	await press(nadia, m.cooperations_begin());
	await look(nadia, '04-sonder');
	await nadia.goto(`${address}/`);
	await nadia.getByRole('link', { name: 'Le printemps des âges' }).first().click();
	const at = (page: string) => nadiaPath + page;
	const nadiaPath = nadia.url().split('#')[0]!;
	await look(nadia, '05-vue-ensemble');
	const after = await db
		.selectFrom('organisations')
		.select(({ fn }) => fn.countAll<string>().as('n'))
		.executeTakeFirstOrThrow();
	expect(Number(after.n) - Number(known.n), 'only the foundation was unknown').toBe(1);

	// the fifth theatre is proposed with an address, and accepts by the link of its mail
	await nadia.goto(at('/partenaires'));
	await nadia.getByLabel(m.cooperations_propose_search()).fill(costumes);
	await press(nadia, m.cooperations_propose_find());
	await nadia.getByLabel(m.cooperations_role(), { exact: true }).last().selectOption('associate');
	await nadia.getByLabel(m.cooperations_propose_email()).last().fill('costumes@example.org');
	await look(nadia, '06-proposer');
	await press(nadia, m.cooperations_propose());
	// a partner says what it sees in the others while they are only invited; from then on each changes its own
	for (const [name, role, place] of [
		[town, 'public', 'Prête la salle et l’esplanade'],
		[foundation, 'funder', 'Finance le matériel']
	] as const) {
		const row = nadia.getByRole('listitem').filter({ has: nadia.getByRole('link', { name, exact: true }) });
		await row.getByText(m.cooperations_change_role(), { exact: true }).click();
		await row.getByLabel(m.cooperations_role(), { exact: true }).selectOption(role);
		await row.getByLabel(m.cooperations_place_in()).fill(place);
		await row.getByRole('button', { name: m.cooperations_change_role_it() }).click();
		await said(nadia, m.cooperations_role_changed());
	}
	const mail = await db
		.selectFrom('mails')
		.select('text')
		.where('toEmail', '=', 'costumes@example.org')
		.where('kind', '=', 'partner-invitation')
		.executeTakeFirstOrThrow();
	const guest = await visitor({ phone: true });
	await guest.goto(address + /\/accepter\/[\w-]+/.exec(mail.text)![0]);
	await look(guest, '07-accepter');
	await press(guest, m.cooperations_link_accept({ organisation: costumes }));
	expect(await guest.locator('h1').textContent()).toBe(word('cooperations_link_accepted_title', { organisation: costumes }));

	// Odile accepts with her account, Claire's house accompanies and notes on the telephone what the others say
	const odile = await pageOf('odile', { phone: true });
	await odile.goto(`${address}/`);
	await odile.getByRole('link', { name: m.cooperations_slip_answer() }).first().click();
	await press(odile, m.cooperations_accept());
	await nadia.goto(at('/accompagnement'));
	await nadia.getByLabel(/Maison des associations de Valsorbier/).check();
	await look(nadia, '08-accompagnement');
	await press(nadia, m.hubs_ask());
	await claire.goto(`${address}/maison`);
	await look(claire, '09-maison');
	expect(await claire.getByText(m.hubs_waiting_asked_cooperation({ name: 'Le printemps des âges' })).count()).toBe(1);
	await press(claire, m.hubs_accept());
	for (const name of noted) {
		await claire.goto(`${address}/maison/appel`);
		const choice = claire.getByLabel(m.hubs_open_which()).locator('option').filter({ hasText: name });
		await claire.getByLabel(m.hubs_open_which()).selectOption(await choice.first().getAttribute('value'));
		await press(claire, m.hubs_note_call());
		await claire.getByLabel(m.hubs_call_said()).fill('C’est oui : nous en sommes.');
		await claire
			.getByLabel(m.hubs_call_cooperation())
			.selectOption({ label: m.hubs_call_invited({ name: 'Le printemps des âges' }) });
		await claire.getByLabel(m.hubs_call_accepts()).check();
		if (name === story) await look(claire, '10-appel');
		await press(claire, m.hubs_note_the_call());
	}

	await nadia.goto(at('/partenaires'));
	await look(nadia, '11-partenaires');
	await nadia.goto(at('/nommer'));
	await nadia.getByLabel(m.cooperations_name(), { exact: true }).fill('Avril enchanté');
	await press(nadia, m.cooperations_rename_it());

	// a meeting, its agenda
	await nadia.goto(at('/reunions/nouvelle'));
	const soon = wall(new Date(Date.now() + 40 * 60_000), paris);
	await nadia.getByLabel(m.meetings_field_title()).fill('Réunion de fondation');
	await nadia.getByLabel(m.meetings_field_day()).fill(soon.day);
	await nadia.getByLabel(m.meetings_field_time()).fill(soon.time);
	await nadia.getByLabel(m.meetings_field_place()).fill('Salle Piat, 2e étage');
	await look(nadia, '12-fixer');
	await press(nadia, m.meetings_convene_send());
	const meeting = nadia.url().split('#')[0]!;
	const agenda = ['Ce que nous voulons', 'Qui fait et apporte quoi', 'Comment nous décidons'] as const;
	for (const [title, expected] of [
		[agenda[0], 'discuss'],
		[agenda[1], 'discuss'],
		[agenda[2], 'decide']
	] as const) {
		await nadia.getByLabel(m.meetings_point(), { exact: true }).fill(title);
		await nadia.getByLabel(m.meetings_point_expected()).selectOption(expected);
		await press(nadia, m.meetings_point_add());
	}
	await look(nadia, '13-reunion');

	// minutes, line by line
	await nadia.goto(`${meeting}/compte-rendu`);
	const minute = async (point: number, { by, kind, text, who, person, on, euros }: Said) => {
		const part = nadia.getByRole('region', { name: `${point + 1}. ${agenda[point]}` });
		await part.getByLabel(m.meetings_minute_said()).fill(text);
		await part.getByLabel(m.lines_kind(), { exact: true }).selectOption(kind);
		await part.getByLabel(m.meetings_minute_speaker()).selectOption({ label: by });
		if (who || person || on || euros) {
			await part.getByText(m.meetings_minute_more(), { exact: true }).click();
			if (person) await part.getByLabel(m.meetings_minute_who()).selectOption({ label: person });
			if (who) await part.getByLabel(m.meetings_minute_organisation()).selectOption({ label: who });
			if (on) await part.getByLabel(m.meetings_minute_when()).fill(on);
			if (euros) await part.getByLabel(m.meetings_minute_money({ currency: 'euros' })).fill(euros);
		}
		await part.getByRole('button', { name: m.meetings_minute_write(), exact: true }).click();
		await nadia.getByText(text).first().waitFor();
	};
	const lines: [number, Said][] = [
		[0, { by: workshop, kind: 'information.stakes', text: 'Les enfants et les anciens se croisent sans se parler.' }],
		[0, { by: workshop, kind: 'objective', text: '40 enfants et 20 anciens jouent ensemble en avril.' }],
		[0, { by: story, kind: 'objective.own', text: 'Que nos récits soient joués.' }],
		[0, { by: choir, kind: 'information.sessions', text: 'Une séance par semaine pendant 18 mois : 60 séances.' }],
		[1, { by: troupe, kind: 'role', text: 'Mettre en scène la pièce.', who: troupe }],
		[1, { by: story, kind: 'role', text: 'Recueillir les récits.', who: story }],
		[1, { by: circus, kind: 'role', text: 'Tenir l’atelier de jeu masqué.', who: circus }],
		[1, { by: choir, kind: 'role', text: 'Faire chanter la troupe.', who: choir }],
		[1, { by: costumes, kind: 'role', text: 'Coudre les costumes.', who: costumes }],
		[1, { by: hall, kind: 'contribution.premises', text: 'La grande salle, le mercredi.', who: hall }],
		[1, { by: town, kind: 'contribution.money', text: 'Une subvention de la Ville.', who: town, euros: '4 500' }],
		[
			1,
			{
				by: foundation,
				kind: 'contribution.money',
				text: 'Une aide pour les costumes et la lumière.',
				who: foundation,
				euros: '6000,50'
			}
		],
		[1, { by: workshop, kind: 'task', text: 'Prévenir les trois classes.', person: 'Nadia Benali', on: plusDays(day, 12) }],
		[1, { by: troupe, kind: 'task', text: 'Demander l’autorisation de jouer dehors.', who: troupe, on: plusDays(day, 30) }],
		[2, { by: troupe, kind: 'decision.mode', text: 'Une structure, une voix ; on cherche l’accord avant de voter.' }],
		[
			2,
			{ by: troupe, kind: 'decision.conflict', text: 'En cas de désaccord, deux partenaires non concernés proposent une issue.' }
		],
		[2, { by: troupe, kind: 'decision.funds', text: 'La Compagnie des Tréteaux tient l’argent et montre les comptes.' }]
	];
	for (const [point, line] of lines) await minute(point, line);
	for (const name of ['Nadia Benali', 'Odile Marchand'])
		await nadia.getByRole('button', { name: `${word('meetings_presence_present')} ${name}`, exact: true }).click();
	await look(nadia, '14-compte-rendu');
	await press(nadia, m.meetings_circulate());
	const mails = await db.selectFrom('mails').select(['toEmail', 'text']).where('kind', '=', 'minutes').execute();
	expect(mails.map(({ toEmail }) => toEmail).toSorted()).toEqual([
		'helene@example.org',
		'nadia@example.org',
		'odile@example.org'
	]);
	const to = (name: string) => mails.find(({ toEmail }) => toEmail === `${name}@example.org`)!.text;
	expect(to('nadia')).toContain('Prévenir les trois classes.');
	expect(to('nadia')).not.toContain('Demander l’autorisation');
	expect(to('odile')).toContain('Demander l’autorisation de jouer dehors.');
	expect(to('helene')).toContain(m.meetings_mail_minutes_no_task());
	await odile.goto(`${address}/`);
	const expected = odile.getByRole('region', { name: m.shell_expected() });
	expect(await expected.getByText('Demander l’autorisation de jouer dehors.', { exact: true }).count()).toBe(1);
	await look(odile, '15-accueil');

	// the agreement writes itself; what it still lacks leads to where it is written
	await nadia.goto(at('/convention'));
	await look(nadia, '16-avant-convention');
	await press(nadia, m.agreements_write());
	await said(nadia, m.agreements_written());
	await look(nadia, '17-convention-projet');
	const complete = async (label: string, section: string, open: string, fields: [string, string][], text: string) => {
		await nadia.goto(at('/convention'));
		await nadia
			.getByRole('link', { name: m.agreements_complete_point({ label }), exact: true })
			.first()
			.click();
		const part = nadia.getByRole('region', { name: word(`lines_section_${section}`), exact: true });
		expect(await part.count(), `${label} leads to its section`).toBe(1);
		await part.getByText(open, { exact: true }).click();
		const question = section === 'dates' ? m.lines_kind_date_question() : m.lines_question_ways();
		const form = part.locator('form').filter({ has: nadia.getByLabel(question) });
		await form.getByLabel(question).fill(text);
		if (section === 'dates') await form.getByText(/^Préciser quand/).click();
		for (const [field, value] of fields) {
			const control = form.getByLabel(field);
			if (/^\d{4}-/.test(value)) await control.fill(value);
			else await control.selectOption(value);
		}
		await look(nadia, `18-${section}-${fields[0]![1]}`);
		await form.getByRole('button', { name: m.lines_write(), exact: true }).click();
		await said(nadia, m.lines_written());
	};
	await complete(
		'Façons de travailler',
		'ways',
		m.lines_add_ways(),
		[[m.lines_detail_topic(), 'methods']],
		'Trois ateliers à douze, puis toute la troupe.'
	);
	await complete(
		'Suivi de l’action',
		'ways',
		m.lines_add_ways(),
		[[m.lines_detail_topic(), 'followup']],
		'Les neuf partenaires font le point chaque trimestre.'
	);
	await complete(
		'Calendrier',
		'dates',
		m.lines_add_dates(),
		[
			[m.lines_detail_starts(), day],
			[m.lines_detail_ends(), plusDays(day, 548)]
		],
		'Le projet, du premier atelier au bilan.'
	);
	await nadia.goto(at('/convention'));
	expect(await nadia.getByText(m.agreements_points_count({ n: 12, of: 12 }), { exact: true }).count()).toBe(1);
	expect(await nadia.getByText(m.agreements_state_complete()).count()).toBe(1);

	// one clause is worded otherwise
	await nadia.getByRole('heading', { name: 'Communication et visibilité de chacun' }).click();
	const article = nadia.getByRole('link', {
		name: m.agreements_edit_article({ title: 'Communication et visibilité de chacun' })
	});
	await article.click();
	const text = nadia.getByLabel(m.agreements_article_text());
	await text.fill(`${await text.inputValue()}\n\nChaque enfant garde le texte de son rôle.`);
	await look(nadia, '19-article');
	await press(nadia, m.agreements_keep());
	expect(await nadia.getByText('Chaque enfant garde le texte de son rôle.').count()).toBe(1);

	// frozen, printed
	await look(nadia, '20-convention-complete');
	await press(nadia, m.agreements_freeze({ n: 1 }));
	await said(nadia, m.agreements_frozen({ n: 1 }));
	await look(nadia, '21-figee');
	await nadia.goto(at('/convention/versions/1'));
	await look(nadia, '22-version');
	const board = nadia.getByRole('region', { name: m.agreements_board_title({ n: 1 }) }).getByRole('listitem');
	expect(await board.filter({ hasText: foundation }).first().textContent()).toContain(m.organisations_kind_foundation());
	const sha256 = (await nadia.locator('code.hash').textContent())!.trim();
	expect(sha256).toMatch(/^[0-9a-f]{64}$/);
	const pdf = path.join(files, 'convention.pdf');
	const reading = await (await nadia.request.get(at('/convention/versions/1/lecture.pdf'))).body();
	fs.writeFileSync(pdf, reading);
	const info = (await run('pdfinfo', [pdf])).stdout;
	expect(info).toMatch(/^Tagged:\s+yes$/m);
	expect(info).toMatch(/^Title:.*Avril enchanté/m);
	const printed = (await run('pdftotext', ['-layout', pdf, '-'])).stdout.replace(/\s+/g, ' ');
	for (const name of nine) expect(printed, name).toContain(name);
	for (const words of ['18 mois', '4 500', '6 000,50', 'Chaque enfant garde le texte de son rôle.'])
		expect(printed).toContain(words);
	expect(printed.replaceAll(' ', '')).toContain(sha256);

	// a line that changes later leaves the frozen text as it was
	await nadia.goto(at('/definir'));
	await nadia.getByRole('link', { name: '40 enfants et 20 anciens jouent ensemble en avril.' }).click();
	await nadia.getByLabel(m.lines_text()).fill('60 enfants et 20 anciens jouent ensemble en avril.');
	await nadia.getByLabel(m.lines_reason()).fill('Deux classes de plus.');
	await press(nadia, m.lines_revise_it());
	// it was agreed: what the change touches is shown before it is made
	expect(
		await nadia
			.getByText(m.lines_touches_articles({ n: 1 }))
			.first()
			.count()
	).toBe(1);
	await press(nadia, m.lines_agreed_confirm());
	await look(nadia, '23-ligne');
	await nadia.goto(at('/convention'));
	expect(await nadia.getByText(m.agreements_state_changed()).count()).toBe(1);
	expect(await nadia.getByRole('region', { name: m.agreements_text_title() }).getByText('60 enfants et 20 anciens').count()).toBe(
		1
	);
	await nadia.goto(at('/convention/versions/1'));
	expect(await nadia.getByRole('region', { name: m.agreements_text_title() }).getByText('40 enfants et 20 anciens').count()).toBe(
		1
	);
	expect(await nadia.getByText('60 enfants et 20 anciens').count()).toBe(0);
	expect(await nadia.locator('code.hash').textContent()).toBe(sha256);
	expect(Buffer.compare(await (await nadia.request.get(at('/convention/versions/1/lecture.pdf'))).body(), reading)).toBe(0);

	// signed on paper by one of nine
	const sign = nadia.getByRole('region', { name: m.agreements_sign_title({ organisation: workshop }) });
	await sign.getByLabel(m.agreements_sheet(), { exact: true }).setInputFiles(pdf);
	await sign.getByLabel(m.agreements_signatory()).fill('Nadia Benali');
	await sign.getByLabel(m.agreements_signed_on()).fill(day);
	await sign.getByRole('button', { name: m.agreements_attach(), exact: true }).click();
	await said(nadia, m.agreements_signature_kept({ organisation: workshop }));
	expect(await nadia.getByText(m.agreements_board_count({ n: 1, of: 9 }), { exact: true }).count()).toBe(1);
	await look(nadia, '24-signatures');

	// the journal tells the story, and its chains are whole
	await nadia.goto(at('/journal'));
	await look(nadia, '25-journal');
	const told = (await nadia.locator('main').textContent())!;
	for (const words of ['Réunion de fondation', workshop, 'version 1']) expect(told).toContain(words);
	await nadia.goto(nadiaPath);
	await look(nadia, '26-espace');
	for await (const verdict of verifyChains(db)) expect(verdict.state, JSON.stringify(verdict)).toBe('whole');
});
