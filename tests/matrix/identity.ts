import type { Kysely } from 'kysely';
import { addRecord } from '#modules/identity/official/commands.server.ts';
import { mergeOrganisations } from '#modules/identity/merging/commands.server.ts';
import { addOrganisation } from '#modules/organisations/commands.server.ts';
import { newId } from '#platform/ids.ts';
import { allow } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import type { at, World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

/** An official record of « L’Atelier du Soleil », and an entry that was merged into it: what the doors of an identity open on. */
export async function plantIdentity(db: Kysely<DB>, as: ReturnType<typeof at>, world: World): Promise<Doors> {
	const here = '/structures/[organisation]';
	const record = await db
		.insertInto('officialBodies')
		.values({
			source: 'rna-waldec',
			key: 'W751000001',
			name: 'ATELIER DU SOLEIL',
			kind: 'association',
			communeCode: '75120',
			active: true,
			rna: 'W751000001',
			street: '1 rue du Soleil',
			postcode: '75020',
			fingerprint: 1,
			importId: 1,
			changedAt: new Date('2026-11-01T09:00:00Z')
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	const double = await as(world.actors.agathe, (context) =>
		addOrganisation(allow(context, true), context, { name: 'Le Soleil', kind: 'association', commune: null })
	);
	const bench = await db
		.insertInto('officialBodies')
		.values({
			source: 'rna-waldec',
			key: 'W751000002',
			name: 'LE BANC',
			kind: 'association',
			active: true,
			street: '2 rue du Banc',
			postcode: '75020',
			fingerprint: 1,
			importId: 1,
			changedAt: new Date('2026-11-01T09:00:00Z')
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	const alone = await as(world.actors.agathe, (context) => addRecord(context, bench.id));
	const merge = await as(world.actors.agathe, (context) =>
		mergeOrganisations(context, {
			keptId: world.structures.nadia,
			absorbedId: double.id,
			reason: 'C’est la même structure.',
			agreed: true
		})
	);
	const present = new Date();
	const [claim, takeover] = [newId(), newId()];
	const asked = { personId: world.actors.bruno.id, askedAt: present };
	await db
		.insertInto('claims')
		.values({
			...asked,
			id: claim,
			organisationId: alone.id,
			way: 'letter',
			words: 'Trésorier.',
			expiresAt: new Date(present.getTime() + 86_400_000)
		})
		.execute();
	await db
		.insertInto('takeovers')
		.values({
			...asked,
			id: takeover,
			organisationId: world.structures.nadia,
			reason: 'Le bureau a changé.',
			objectionsUntil: present
		})
		.execute();
	return {
		places: { demande: claim },
		forms: {
			[`${here}/fiches ?/addNumber`]: { identifier: '732 829 320' },
			[`${here}/fiches ?/endNumber`]: { kind: 'siren', value: '732829320', reason: 'C’est celui d’une autre.' },
			'/repertoire/[source]/[key] ?/address': { email: 'nous@lavoir.example' },
			'/repertoire/[source]/[key] ?/letter': { words: 'Je suis trésorier.' },
			'/repertoire/[source]/[key] ?/vouch': { words: 'Je suis trésorier.' },
			'/repertoire/[source]/[key] ?/enter': { bodyId: String(record.id) },
			[`${here}/fiches ?/relate`]: { bodyId: String(record.id) },
			[`${here}/fiches ?/detach`]: { bodyId: String(record.id) },
			[`${here}/doublon ?/merge`]: { absorbedId: world.structures.samir, reason: 'C’est la même.', agreed: 'on' },
			[`${here}/doublon ?/separate`]: { mergeId: merge.id },
			[`${here}/gerer ?/address`]: { email: 'nous@atelier-du-soleil.org' },
			[`${here}/gerer ?/letter`]: { words: 'Je suis trésorier.' },
			[`${here}/gerer ?/vouch`]: { words: 'Je suis trésorier.' },
			[`${here}/gerer ?/code`]: { claimId: claim, code: 'CCCC-CCCC' },
			[`${here}/gerer ?/withdraw`]: { claimId: claim },
			[`${here}/gerer ?/takeover`]: { reason: 'Le bureau a changé.' },
			[`${here}/gerer ?/object`]: { takeoverId: takeover, words: 'Nous sommes là.' },
			[`${here}/gerer ?/withdrawTakeover`]: { takeoverId: takeover },
			'/maison/demandes ?/vouch': { claimId: claim },
			'/maison/demandes ?/refuse': { claimId: claim, words: 'Nous ne vous connaissons pas.' },
			'/maison/demandes ?/letter': { claimId: claim, key: 'k'.repeat(32) },
			'/maison/demandes ?/grant': { takeoverId: takeover },
			'/maison/demandes ?/refuseTakeover': { takeoverId: takeover, words: 'Les personnes en charge ont répondu.' }
		}
	};
}
