import type { Kysely } from 'kysely';
import { letIn, takeNext } from '#modules/organisations/imports/commands.server.ts';
import { bringList, readAsProposed } from '#modules/organisations/imports/commands/reading.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { at } from '../world.ts';
import type { Telling } from './agree.ts';

/** What the town's own directory said, and says a year later: everybody in it is invented, the numbers are kept for fiction (Arcep). */
const heads = ['Association', 'Sigle', 'Discipline', 'Public visé', 'Téléphone', 'Adresse', 'Code postal', 'Ville', 'SIRET'];
const lines = [
	[
		'Les Ateliers du Belvédère',
		'',
		'Bricolage|Récupération',
		'Tout public',
		'0199001041',
		'14 rue des Envierges',
		'75020',
		'Paris',
		''
	],
	['Club d’échecs de la Dhuys', 'CED', 'Échecs', 'Enfants|Adultes', '199001042', '', '75020', 'Paris', '8,30E+13'],
	['Les Marcheurs du Plateau', '', 'Randonnée', 'Adultes', '01 99 00 10 43 / 06 39 98 10 43', '', '75020', 'Paris', ''],
	['Radio Sorbiers', '', 'Radio', '', '', '', '93100', 'Montreuil', ''],
	['', '', 'Yoga', 'Adultes', '0199001045', '', '75020', 'Paris', ''],
	['Troc Livres', '', 'Lecture', 'Familles', '', '3 place du Marché', '75020', 'Paris', '']
];
const newer = ['Cuisine de rue', '', 'Cuisine', 'Jeunes', '0199001046', '', '75020', 'Paris', ''];

const csv = (rows: readonly string[][]) => rows.map((cells) => `${cells.join(';')}\n`).join('');
const file = (name: string, rows: readonly string[][]) => ({
	file: new File([csv(rows)], name, { type: 'text/csv' }),
	text: null
});

/**
 * Claire's house let the town's directory in: one line came back, one number could not be trusted, one structure may be there already
 * and waits for her word. This year's file, whose columns moved, waits too: its columns are known.
 */
export async function plantLists(db: Kysely<DB>, ago: (days: number) => Date, { as }: Pick<Telling, 'as'>): Promise<void> {
	const claire = (days: number) => as('Claire Vasseur', days);
	const { id } = await claire(33)((context) => bringList(context, file('annuaire-2025.csv', [heads, ...lines]), ''));
	await claire(33)((context) => readAsProposed(context, id));
	await claire(33)((context) => letIn(context, id));
	while (await at(db, ago(33))({ is: 'system', name: 'seeds' }, (context) => takeNext(context, id)));
	const moved = [heads, ...lines, newer].map((cells) => cells.toReversed());
	await claire(1)((context) => bringList(context, file('annuaire-2026.csv', moved), ''));
}
