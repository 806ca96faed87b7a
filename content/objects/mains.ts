import {
	action,
	aim,
	at,
	count,
	dateAfter,
	dateBefore,
	decide,
	forWhom,
	limit,
	need,
	object,
	perhaps,
	role,
	taskAfter,
	taskBefore,
	way
} from './object.ts';

/** Made by hand. */
export const mains = [
	object('jardin', {
		theme: 'mains',
		name: 'Jardin partagé',
		title: 'Cultiver un jardin',
		line: 'Un terrain cultivé à plusieurs, où l’on se croise, où l’on partage ce qui pousse.',
		kind: 'garden',
		size: 'Deux à six structures, de dix à quarante personnes au jardin',
		lasts: 365,
		projects: [at('La maison de retraite du Bartischgut', 'Alsace'), perhaps('COS Villa Pia', null)],
		territories: [at('Valence', 'Valence'), at('Quimper', 'Quimper')],
		needs: [
			'Un terrain, et un accord écrit de qui le possède.',
			'De l’eau, une clé, une cabane pour les outils.',
			'Quelqu’un qui sait jardiner et aime montrer.',
			'Des allées et des bacs où un fauteuil passe.'
		],
		steps: [
			'Aller voir le terrain ensemble, un jour de pluie.',
			'Demander à qui il est, et pour combien d’années.',
			'Dessiner à plusieurs : qui cultive quoi, où l’on s’assied.',
			'Planter quelque chose dès la première rencontre.'
		],
		articles: ['loans', 'insurance', 'common-pot', 'leaving'],
		lines: [
			aim('lieu', 'Faire du terrain un lieu où l’on se rencontre, plus encore qu’un lieu où l’on récolte.'),
			forWhom('voisinage', 'Les voisins, les résidents et les enfants du quartier.'),
			need('terrain', 'infrastructure', 'Un terrain, de l’eau, une cabane et des outils.'),
			need('mains', 'people', 'Dix personnes qui viennent au moins deux fois par mois.'),
			need('amenager', 'money', 'De quoi payer la terre, les bacs, les plants de la première année.'),
			role('cles', 'Clés et eau : une personne sait qui a la clé, et ferme l’eau l’hiver.'),
			decide('recolte', 'Nous proposons de partager la récolte entre celles et ceux qui sont là ce jour-là.', 'funds'),
			decide('produits', 'Nous proposons de cultiver sans produits chimiques.'),
			way('permanence', 'sessions', 'Une matinée par semaine, où l’on trouve toujours quelqu’un.'),
			way('arrosage', 'methods', 'Un tableau dans la cabane dit qui arrose, jour par jour.'),
			taskBefore('accord-terrain', 150, 'Obtenir l’accord écrit du propriétaire.'),
			taskBefore('terre', 120, 'Faire analyser la terre.'),
			taskBefore('plan', 75, 'Dessiner le plan des parcelles et des allées.'),
			taskBefore('graines', 21, 'Réunir graines, plants et outils.'),
			dateBefore('visite', 180, 'Visite du terrain, avec la mairie ou le propriétaire.'),
			dateBefore('chantier', 30, 'Chantier ouvert : allées, bacs, cabane.'),
			action('saison', 'Saison de jardinage.'),
			dateAfter('fete', 14, 'Fête de la récolte et bilan.'),
			count('jardiniers', 'Personnes venues jardiner.', 30, 'personnes'),
			count('visites', 'Groupes accueillis : classes, centres, résidences.', 10, 'groupes')
		]
	}),
	object('cuisine', {
		theme: 'mains',
		name: 'Cuisine',
		title: 'Cuisiner et manger ensemble',
		line: 'Chacun apporte une recette, tout le monde cuisine, et l’on mange à la même table.',
		kind: 'evening',
		size: 'Deux à quatre structures, une quinzaine aux fourneaux, de trente à quatre-vingts à table',
		lasts: 0,
		projects: [perhaps('Le Pays Imaginaire', null)],
		territories: [],
		needs: ['Une cuisine aux normes, ou une salle avec de quoi chauffer.', 'De quoi acheter, et des mains pour la vaisselle.'],
		steps: [
			'Partager un premier repas, chacun son plat.',
			'Choisir les recettes, et qui les apprend à qui.',
			'Trouver la cuisine.'
		],
		articles: ['insurance', 'common-pot', 'loans'],
		lines: [
			aim('table', 'Réunir autour d’une table des gens qui ne mangeraient pas ensemble.'),
			forWhom('convives', 'Les familles, les personnes seules, celles et ceux qui arrivent d’ailleurs.'),
			need('cuisine', 'infrastructure', 'Une cuisine et une salle, avec tables, chaises et vaisselle.'),
			need('courses', 'money', 'De quoi faire les courses.'),
			role('cuisine-chef', 'Cuisine : une personne connaît les règles d’hygiène et répartit les postes.'),
			decide('prix', 'Nous proposons un prix libre, pour que personne ne reste à la porte.', 'funds'),
			way(
				'recettes',
				'methods',
				'Chaque recette est cuisinée par celle ou celui qui l’apporte, avec deux personnes qui l’apprennent.'
			),
			limit('allergies', 'Nous ne servons pas un plat dont nous ne savons pas dire ce qu’il contient.'),
			taskBefore('salle', 60, 'Réserver la cuisine et la salle.'),
			taskBefore('menu', 21, 'Écrire le menu, avec les allergies.'),
			taskBefore('achats', 2, 'Faire les courses.'),
			dateBefore('essai', 30, 'Repas d’essai, entre partenaires.'),
			action('repas', 'Le repas.'),
			taskAfter('comptes', 7, 'Faire les comptes, les montrer à tous.'),
			count('convives-compte', 'Personnes à table.', 50, 'personnes'),
			count('recettes-compte', 'Recettes apprises à quelqu’un.', 8, 'recettes')
		]
	}),
	object('savoir-faire', {
		theme: 'mains',
		name: 'Savoir-faire et métiers',
		title: 'Transmettre un savoir-faire',
		line: 'Des gens de métier apprennent leurs gestes à des jeunes, avec de vrais outils.',
		kind: 'outing',
		size: 'Deux ou trois structures, un adulte pour un ou deux jeunes',
		lasts: 240,
		projects: [at('L’outil en main', 'toute la France')],
		territories: [perhaps('Les chemins du fer', 'Nord Cotentin')],
		needs: [
			'Un atelier sûr, et de vrais outils.',
			'Des gens de métier, souvent retraités.',
			'Une assurance qui couvre les gestes.'
		],
		steps: ['Compter les métiers que l’on connaît autour de soi.', 'Visiter un atelier avec des jeunes.'],
		articles: ['insurance', 'people', 'loans'],
		lines: [
			aim('gestes', 'Donner à des jeunes le goût de faire, et à des aînés la joie de transmettre.'),
			forWhom('jeunes', 'Des jeunes de 9 à 14 ans, filles et garçons à égalité.'),
			need('atelier', 'infrastructure', 'Un atelier avec des établis, et des outils à la taille des jeunes.'),
			need('metiers', 'people', 'Six personnes de métiers différents.'),
			role('securite', 'Sécurité : une personne vérifie les outils avant chaque séance.'),
			decide('autorisation', 'Nous proposons qu’aucun jeune ne commence sans l’accord signé de ses parents.'),
			way('seances', 'sessions', 'Deux heures par semaine. On change de métier toutes les six semaines.'),
			taskBefore('assurance', 45, 'Demander à l’assurance ce qu’elle couvre.'),
			taskBefore('outils', 30, 'Réunir et vérifier les outils.'),
			dateBefore('porte-ouverte', 21, 'Porte ouverte de l’atelier.'),
			action('annee', 'Séances de l’année.'),
			dateAfter('exposition', 7, 'On montre ce qui a été fabriqué.'),
			count('jeunes-compte', 'Jeunes qui viennent toute l’année.', 12, 'jeunes')
		]
	})
];
