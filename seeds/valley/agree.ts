import { writeAgreement } from '#modules/agreements/commands.server.ts';
import { freeze } from '#modules/agreements/commands/freezing.server.ts';
import { attachSignature, sayItSigns } from '#modules/agreements/commands/signing.server.ts';
import { findAgreement, readDraft } from '#modules/agreements/queries.server.ts';
import { listVersions } from '#modules/agreements/queries/versions.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { answerSharing } from '#modules/lines/closing/commands.server.ts';
import { reviseLine } from '#modules/lines/commands.server.ts';
import { keepLine } from '#modules/lines/commands/marking.server.ts';
import { findLine } from '#modules/lines/queries.server.ts';
import type { Details, Kind } from '#modules/lines/rules.ts';
import type { Context } from '#platform/context.server.ts';

/** How the valley is told: who does what how many days ago. */
export type Telling = {
	as: (name: string, days: number) => <T>(run: (context: Context) => Promise<T>) => Promise<T>;
	write: (
		cooperationId: string,
		name: string,
		days: number,
		kind: Kind,
		text: string,
		details?: Partial<Details>
	) => Promise<string>;
	structures: Map<string, string>;
	onDay: (days: number) => string;
};

/** A page of paper with a few words on it, where a valley has no scanner. */
function scanned(words: string): File {
	const drawn = `BT /F 18 Tf 72 760 Td (${words}) Tj ET`;
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>',
		`<</Length ${drawn.length}>>stream\n${drawn}\nendstream`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'
	];
	let text = '%PDF-1.4\n';
	const places = objects.map((object, at) => {
		const place = text.length;
		text += `${at + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(place).padStart(10, '0')} 00000 n \n`;
	});
	const table = text.length;
	text += `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
	return new File([Buffer.from(text, 'latin1')], 'feuille.pdf', { type: 'application/pdf' });
}

/** « Journal des Envierges » wrote its agreement, froze it, and waits for one signature; a folder keeps the files. */
export async function halfSigned({ as, write, structures, onDay }: Telling, id: string): Promise<void> {
	const who = (name: string) => ({ whoOrganisation: structures.get(name)! });
	await write(id, 'Solène Garrec', 147, 'information', 'Le quartier parle peu de ce qui s’y fait.', { topic: 'stakes' });
	await write(id, 'Solène Garrec', 147, 'information', 'Un comité de rédaction ouvert, un soir par mois.', { topic: 'methods' });
	await write(id, 'Fatou Diallo', 146, 'information', 'Douze séances dans l’année, à La Passerelle.', { topic: 'sessions' });
	await write(id, 'Nadia Benali', 146, 'information', 'Un bilan après le quatrième numéro.', { topic: 'followup' });
	await write(id, 'Solène Garrec', 145, 'role', 'Tenir la rédaction et la mise en page.', who('Le Petit Colporteur'));
	await write(id, 'Nadia Benali', 145, 'role', 'Animer la page des enfants.', who('L’Atelier du Soleil'));
	await write(id, 'Solène Garrec', 144, 'contribution', 'L’impression des quatre numéros.', {
		topic: 'money',
		cents: 120_000,
		heldBy: structures.get('Le Petit Colporteur')!,
		...who('Le Petit Colporteur')
	});
	await write(id, 'Nadia Benali', 144, 'contribution', 'Le temps de l’animatrice.', {
		topic: 'hours',
		quantity: '24',
		unit: 'heures',
		...who('L’Atelier du Soleil')
	});
	await write(id, 'Fatou Diallo', 144, 'contribution', 'Une salle, un soir par mois.', {
		topic: 'premises',
		quantity: '12',
		unit: 'soirs',
		...who('La Passerelle')
	});
	await write(id, 'Solène Garrec', 143, 'decision', 'Le comité de rédaction décide, chaque structure y a une voix.', {
		topic: 'mode'
	});
	await write(id, 'Solène Garrec', 143, 'decision', 'Le Petit Colporteur tient l’argent et montre les comptes.', {
		topic: 'funds'
	});
	await write(id, 'Solène Garrec', 143, 'date', 'Une année de journal', {
		topic: 'project',
		phase: 'during',
		startsOn: onDay(-140),
		endsOn: onDay(60)
	});
	await as('Solène Garrec', 142)((context) => writeAgreement(context, id, { actingFor: null }));
	await as(
		'Solène Garrec',
		140
	)(async (context) => {
		const cooperation = await findCooperationById(context, id);
		const { sha256 } = await readDraft(context, cooperation, (await findAgreement(context, cooperation))!);
		await freeze(context, id, { read: sha256, actingFor: null });
	});
	const version = (context: Context) => listVersions(context, id).then(([last]) => last!.id);
	const sign = async (name: string, days: number, structure: string, capacity: string) =>
		as(
			name,
			days
		)(async (context) =>
			attachSignature(context, id, {
				version: await version(context),
				organisation: structures.get(structure)!,
				file: scanned(`Journal des Envierges : feuille de ${structure.replace('’', "'")}`),
				signatory: name,
				capacity,
				signedOn: onDay(-days)
			})
		);
	await sign('Solène Garrec', 138, 'Le Petit Colporteur', 'Présidente');
	await sign('Fatou Diallo', 131, 'La Passerelle', 'Présidente');
	await as(
		'Nadia Benali',
		130
	)(async (context) =>
		sayItSigns(context, id, { version: await version(context), organisation: structures.get('L’Atelier du Soleil')! })
	);
}

/** What « Journal des Envierges » looks back on: a decision kept on purpose, what happened, a closing review under way. */
export async function lookingBack({ as, write, structures, onDay }: Telling, id: string): Promise<void> {
	const decision = await write(id, 'Solène Garrec', 120, 'decision', 'Le journal reste gratuit.');
	await as(
		'Fatou Diallo',
		25
	)((context) => keepLine(context, { id: decision, reason: 'Le prix aurait écarté celles et ceux à qui il est destiné.' }));
	const evenings = await write(id, 'Nadia Benali', 119, 'decision', 'Le comité se réunit le lundi soir.');
	await as(
		'Nadia Benali',
		60
	)(async (context) => {
		const { line } = await findLine(context, evenings);
		const text = 'Le comité se réunit le samedi matin.';
		await reviseLine(context, { ...line, text, reason: 'Le soir, les parents ne venaient pas.' });
	});
	await write(id, 'Fatou Diallo', 90, 'risk', 'L’imprimeur a fermé quinze jours avant le numéro 2.', {
		topic: 'happened',
		endsOn: onDay(-90),
		whoOrganisation: structures.get('Le Petit Colporteur')!,
		remedy: 'Le collège a prêté sa photocopieuse.',
		lesson: 'Garder le numéro de deux imprimeurs.'
	});
	await write(id, 'Solène Garrec', 15, 'information', 'Les quatre numéros sont sortis à l’heure, grâce au comité du samedi.', {
		topic: 'worked'
	});
	await write(id, 'Nadia Benali', 14, 'information', 'Peu d’enfants ont écrit : les ateliers tombaient pendant les devoirs.', {
		topic: 'failed'
	});
	await write(id, 'Fatou Diallo', 14, 'information', 'Une fête de lancement à chaque numéro.', { topic: 'again' });
	await write(id, 'Solène Garrec', 13, 'information', 'La liste des commerces qui distribuent passe à La Passerelle.', {
		topic: 'handed'
	});
	for (const [name, structure, openness] of [
		['Solène Garrec', 'Le Petit Colporteur', 'with names'],
		['Fatou Diallo', 'La Passerelle', 'with names'],
		['Nadia Benali', 'L’Atelier du Soleil', 'without names']
	] as const)
		await as(name, 12)((context) => answerSharing(context, id, { organisation: structures.get(structure)!, openness }));
}
