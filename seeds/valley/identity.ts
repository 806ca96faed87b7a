import type { Kysely } from 'kysely';
import { claimByOthers, claimRecord, prepareLetter } from '#modules/identity/claims/commands.server.ts';
import { listClaimsToDecide } from '#modules/identity/claims/queries.server.ts';
import { markLife } from '#modules/identity/life/commands.server.ts';
import { mergeOrganisations } from '#modules/identity/merging/commands.server.ts';
import { addNumber, addRecord, relateRecord } from '#modules/identity/official/commands.server.ts';
import { addOrganisation } from '#modules/organisations/commands.server.ts';
import { indexRecords } from '#modules/register/finding/commands.server.ts';
import { allow } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { newToken } from '#platform/secrets.server.ts';
import type { Telling } from './agree.ts';

/**
 * What registers say in the valley: facts beside those that a structure wrote, a grant that shows its life, announcements of the gazette, one that Claire's house
 * added and nobody manages, one whose letter is on its way, two entries made one, one of which nothing was heard for years. Their
 * numbers are invented.
 */
export async function plantIdentity(db: Kysely<DB>, now: Date, { as, structures, onDay }: Telling): Promise<void> {
	const record = async (key: string, name: string, declaredOn: string, purpose: string, street: string | null = null) =>
		(
			await db
				.insertInto('officialBodies')
				.values({
					source: 'rna-waldec',
					key,
					name,
					purpose,
					street,
					kind: 'association',
					communeCode: '75120',
					communeName: 'Paris 20e',
					postcode: '75020',
					createdOn: '2009-05-14',
					declaredOn,
					active: true,
					fingerprint: Number(key.slice(1)),
					importId: 1,
					changedAt: new Date()
				})
				.returning('id')
				.executeTakeFirstOrThrow()
		).id;
	const sun = await record('W759900001', 'ATELIER DU SOLEIL', onDay(-240), 'Pratique et partage des arts plastiques.');
	const hands = await record('W759900002', 'LES MAINS VERTES DU CANAL', onDay(-90), 'Entretenir un jardin partagé.');
	const brass = 'W759900003';
	await record(brass, 'FANFARE DES ESCALIERS', onDay(-400), 'Faire sonner les rues en pente.', '3 rue des Cascades');
	await record('W759900004', 'CERCLE DES COLLECTIONNEURS DE SIFFLETS', '2011-03-08', 'Réunir les amateurs de sifflets anciens.');
	await record('W759900005', 'LES BOULISTES DE LA BUTTE', onDay(-70), 'Jouer aux boules, en plein air.');
	await db
		.insertInto('officialGrants')
		.values({
			fingerprint: 1,
			giver: 'Ville de Valsorbier',
			beneficiary: 'ATELIER DU SOLEIL',
			rna: 'W759900001',
			amountCents: 180_000,
			grantedOn: onDay(-200),
			dayKnown: true,
			importId: 1
		})
		.execute();

	await db
		.insertInto('officialAnnouncements')
		.values([
			{ number: 'W759900002', kind: 'changed', publishedOn: onDay(-84), importId: 1 },
			{ number: 'W759900003', kind: 'changed', publishedOn: onDay(-395), importId: 1 },
			{ number: 'W759900005', kind: 'dissolved', publishedOn: onDay(-63), importId: 1 }
		])
		.execute();

	const atelier = { id: structures.get('L’Atelier du Soleil')! };
	await as(
		'Nadia Benali',
		28
	)(async (context) => {
		await addNumber(context, atelier, { identifier: 'W759900001', reason: 'Sur notre récépissé de déclaration.' });
		await relateRecord(context, atelier, { bodyId: sun });
	});
	await as('Claire Vasseur', 25)((context) => addRecord(context, hands));

	await as(
		'Thomas Weber',
		6
	)((context) =>
		claimRecord(context, { source: 'rna-waldec', key: brass }, (target) =>
			claimByOthers(context, target, 'letter', { words: 'J’en suis le trésorier depuis juin.' })
		)
	);
	await as(
		'Agathe Morel',
		4
	)(async (context) => {
		const [claim] = await listClaimsToDecide(context);
		await prepareLetter(context, { claimId: claim!.id, key: newToken() });
	});

	await as(
		'Agathe Morel',
		15
	)(async (context) => {
		const double = await addOrganisation(allow(context, true), context, {
			name: 'Passerelle (La), café associatif',
			kind: 'association',
			commune: 'Paris 20e'
		});
		await mergeOrganisations(context, {
			keptId: structures.get('La Passerelle')!,
			absorbedId: double.id,
			reason: 'La liste de la mairie l’avait sous son ancien nom.',
			agreed: true
		});
	});
	await markLife(db, now);
	await indexRecords(db, now);
}
