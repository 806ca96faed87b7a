import { sayNeed } from '#modules/needs/commands.server.ts';
import { sayForm } from '#modules/needs/forms.ts';
import { newId } from '#platform/ids.ts';
import type { Valley } from './sessions.ts';

type Said = [person: string, days: number, side: 'need' | 'offer', kind: string, text: string, more?: Record<string, string>];

/** What the valley looks for and what it can lend, show or do. A few of them are for everybody to read. */
export async function plantNeeds({ as, onDay }: Valley): Promise<void> {
	const said: Said[] = [
		[
			'Nadia Benali',
			20,
			'need',
			'equipment',
			'Quarante chaises pour une soirée de quartier en juin.',
			{ way: 'borrow', quantity: '40', unit: 'chaises' }
		],
		['Nadia Benali', 12, 'need', 'skill', 'Quelqu’un qui sait tailler des arbres fruitiers.', { public: 'on' }],
		['Nadia Benali', 30, 'offer', 'volunteers', 'Dix bénévoles qui savent animer un atelier d’enfants.', { duration: 'lasting' }],
		[
			'Odile Marchand',
			18,
			'offer',
			'equipment',
			'Deux projecteurs et une table de mixage, entre deux tournées.',
			{ way: 'borrow', duration: 'lasting' }
		],
		[
			'Odile Marchand',
			9,
			'need',
			'premises',
			'Une salle haute de plafond pour répéter l’hiver.',
			{ startsOn: onDay(10), endsOn: onDay(80) }
		],
		[
			'Fatou Diallo',
			25,
			'offer',
			'premises',
			'Une cour de 120 m² et une salle le mercredi soir.',
			{ duration: 'lasting', public: 'on' }
		],
		[
			'Fatou Diallo',
			24,
			'offer',
			'equipment',
			'Soixante chaises pliantes à emprunter.',
			{ way: 'borrow', quantity: '60', unit: 'chaises', duration: 'lasting' }
		],
		['Jean-Luc Thévenot', 15, 'offer', 'speaker', 'Un chef de chœur pour faire chanter une assemblée.', { public: 'on' }],
		[
			'Jean-Luc Thévenot',
			6,
			'need',
			'audience',
			'Un public pour notre répétition ouverte.',
			{ startsOn: onDay(25), public: 'on' }
		],
		['Mireille Oudin', 14, 'offer', 'skill', 'Recueillir et transcrire des récits d’anciens.', { duration: 'lasting' }],
		['Paolo Ricci', 11, 'offer', 'skill', 'Coudre des costumes, apprendre à coudre.', { duration: 'lasting' }],
		[
			'Solène Garrec',
			8,
			'offer',
			'notoriety',
			'Une page du journal de quartier pour annoncer votre rendez-vous.',
			{ duration: 'lasting', public: 'on' }
		],
		['Denise Aubry', 7, 'offer', 'finance', 'Une aide de départ pour ce qui rapproche les âges.', { duration: 'lasting' }],
		['Samir Haddad', 5, 'offer', 'notoriety', 'Une émission en direct depuis votre fête.', { duration: 'lasting' }],
		[
			'Thomas Weber',
			4,
			'need',
			'volunteers',
			'Quatre personnes pour accompagner une sortie en fauteuil.',
			{ quantity: '4', unit: 'personnes', public: 'on' }
		]
	];
	for (const [person, days, side, kind, text, more] of said)
		await as(person, days)((context) => sayNeed(context, sayForm.parse({ id: newId(), side, kind, text, ...more })));
}
