import {
	action,
	aim,
	at,
	count,
	dateAfter,
	dateBefore,
	decide,
	forWhom,
	need,
	object,
	perhaps,
	role,
	taskAfter,
	taskBefore,
	way
} from './object.ts';

/** Painted, filmed, looked at. */
export const images = [
	object('arts-visuels', {
		theme: 'images',
		name: 'Arts visuels, photo, art de la rue',
		title: 'Peindre, photographier, exposer',
		line: 'Un mur, une rue, une salle : des gens créent des images avec des artistes, puis les montrent.',
		kind: 'project',
		size: 'Deux à cinq structures, un ou deux artistes, de dix à cinquante personnes',
		lasts: 30,
		projects: [at('SDAT', 'Dijon'), at('La Pluie d’Oiseaux', 'Nord')],
		territories: [at('Paris 11', 'Paris')],
		needs: [
			'Un lieu où créer, un lieu où montrer.',
			'L’accord de qui possède le mur ou la salle.',
			'Peinture, papier, appareils, cadres.'
		],
		steps: [
			'Regarder le quartier ensemble, en marchant.',
			'Choisir un sujet qui parle à tous.',
			'Faire un essai sur une grande feuille.'
		],
		articles: ['works', 'image-rights', 'insurance', 'loans'],
		lines: [
			aim('montrer', 'Créer et montrer des images du quartier, faites par ses habitants.'),
			forWhom('debutants', 'Des gens qui ne se disent pas artistes.'),
			need('mur', 'infrastructure', 'Un mur ou une salle d’exposition, et un atelier.'),
			need('artiste', 'people', 'Une ou un artiste, payé pour ses heures.'),
			need('matieres', 'money', 'De quoi acheter la peinture, le papier et les tirages.'),
			decide('oeuvres', 'Nous proposons que les œuvres restent à celles et ceux qui les ont faites.'),
			decide('signature', 'Nous proposons que chaque œuvre porte le nom de son auteur, ou « collectif ».'),
			way('portraits', 'communication', 'Aucun portrait n’est montré sans l’accord de la personne.'),
			taskBefore('autorisation', 90, 'Demander l’autorisation du mur ou de la salle.'),
			taskBefore('vernissage', 21, 'Préparer le vernissage et ses invitations.'),
			taskAfter('rendre', 7, 'Décrocher, rendre les œuvres et les cadres.'),
			dateBefore('atelier', 75, 'Premier atelier.'),
			action('exposition', 'Exposition ouverte.'),
			dateAfter('bilan', 14, 'Bilan, avec le livre d’or.'),
			count('auteurs', 'Personnes qui ont créé une image.', 30, 'personnes'),
			count('visites', 'Personnes venues voir.', 150, 'personnes')
		]
	}),
	object('film', {
		theme: 'images',
		name: 'Film et clip',
		title: 'Tourner un film',
		line: 'On écrit, on tourne et on monte ensemble un film court que l’on projette à tous.',
		kind: 'film',
		size: 'Deux à quatre structures, de dix à trente personnes devant et derrière la caméra',
		lasts: 14,
		projects: [at('SDAT', 'Dijon')],
		territories: [perhaps('Châteaudun et Chartres', 'Châteaudun / Chartres')],
		needs: [
			'Une caméra, un bon micro, un ordinateur pour monter.',
			'Une personne qui sait monter, et du temps : le montage est long.'
		],
		steps: ['Voir trois films courts et en parler.', 'Écrire l’histoire en dix phrases.', 'Tourner une scène d’essai.'],
		articles: ['works', 'image-rights', 'loans', 'insurance'],
		lines: [
			aim('film', 'Tourner un film court, de l’idée à la projection.'),
			forWhom('equipe', 'Des jeunes et des adultes, devant et derrière la caméra.'),
			need('materiel', 'infrastructure', 'Une caméra, un micro, un ordinateur pour monter.'),
			need('montage', 'people', 'Une personne qui sait monter et qui montre comment.'),
			role('realisation', 'Réalisation : une personne décide sur le tournage.'),
			role('script', 'Script : une personne note ce qui a été tourné.'),
			decide(
				'montage-final',
				'Nous proposons que le montage final soit vu par toutes les associations avant la projection.',
				'mode'
			),
			decide('diffusion', 'Nous proposons de décider ensemble où le film peut être montré, et jusqu’à quand.'),
			way('accords', 'communication', 'Chaque personne filmée signe son accord ; pour un mineur, ses parents.'),
			taskBefore('scenario', 90, 'Écrire le scénario.'),
			taskBefore('lieux', 45, 'Demander l’autorisation des lieux de tournage.'),
			taskAfter('monter', 60, 'Monter le film.'),
			dateBefore('essai', 30, 'Journée d’essai avec la caméra.'),
			action('tournage', 'Tournage.'),
			dateAfter('projection', 90, 'Projection, et discussion avec la salle.'),
			count('equipe-film', 'Personnes qui ont pris part au film.', 20, 'personnes'),
			count('vues', 'Personnes venues aux projections.', 100, 'personnes')
		]
	}),
	object('musee', {
		theme: 'images',
		name: 'Musée et patrimoine',
		title: 'Préparer ensemble une visite de musée',
		line: 'Des élèves, des familles ou des voisins découvrent un musée, puis le racontent à d’autres.',
		kind: 'outing',
		size: 'Deux ou trois structures, un musée, de quinze à trente personnes',
		lasts: 60,
		projects: [],
		territories: [at('Un collège ou un lycée, l’École des Mines et le Musée d’Orsay', 'Paris 10')],
		needs: ['Une personne du musée qui accueille le projet.', 'Des trajets payés pour qui ne peut pas les payer.'],
		steps: ['Rencontrer le service des publics du musée.', 'Y aller une première fois, sans rien demander.'],
		articles: ['people', 'image-rights', 'insurance'],
		lines: [
			aim('guides', 'Faire des participants les guides d’un jour pour leurs proches.'),
			forWhom('jamais', 'Des gens qui n’entrent pas au musée d’habitude.'),
			need('trajets', 'money', 'De quoi payer les trajets.'),
			role('lien', 'Lien avec le musée : une personne, toujours la même.'),
			way('visites', 'sessions', 'Trois visites en petit groupe avant la visite guidée par les participants.'),
			taskBefore('service', 90, 'Écrire au service des publics du musée.'),
			dateBefore('reperage', 60, 'Visite de repérage.'),
			action('visites-guidees', 'Visites guidées par les participants.'),
			dateAfter('bilan', 14, 'Bilan avec le musée.'),
			count('guides-compte', 'Personnes devenues guides d’un jour.', 15, 'personnes')
		]
	})
];
