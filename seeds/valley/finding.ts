import { chooseWhatShows } from '#modules/organisations/commands.server.ts';
import { drawArea } from '#modules/territories/commands.server.ts';
import { saveView } from '#modules/saved/commands.server.ts';
import { newId } from '#platform/ids.ts';
import type { Valley } from './sessions.ts';

/** Two structures show themselves to everyone; Claire's house draws its hillside; Nadia keeps what lies around her. */
export async function plantFinding({ as }: Valley, { nadia, odile }: { nadia: string; odile: string }): Promise<void> {
	await as('Nadia Benali', 60)((context) => chooseWhatShows(context, nadia, { shows: ['public', 'website', 'email'] }));
	await as('Odile Marchand', 58)((context) => chooseWhatShows(context, odile, { shows: ['public'] }));
	await as(
		'Claire Vasseur',
		50
	)((context) =>
		drawArea(context, {
			id: newId(),
			name: 'La butte et le canal',
			communes: 'Paris 20e : Belleville et Ménilmontant\nParis 19e\nPantin'
		})
	);
	await as(
		'Nadia Benali',
		20
	)((context) => saveView(context, { address: '/structures?lieu=Paris+20e&rayon=5', name: 'Autour de nous' }));
}
