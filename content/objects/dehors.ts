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
	role,
	taskAfter,
	taskBefore,
	way
} from './object.ts';

/** Out of doors, on the move. */
export const dehors = [
	object('sorties', {
		theme: 'dehors',
		name: 'Sorties culturelles',
		title: 'Sortir ensemble',
		line: 'Des associations choisissent des sorties et y vont ensemble, avec celles et ceux qui n’y vont pas seuls.',
		kind: 'outing',
		size: 'Deux à quatre structures, de huit à trente personnes par sortie',
		lasts: 270,
		projects: [at('Secours Populaire', 'Manche'), at('Ensemble', 'Eure')],
		territories: [],
		needs: [
			'Un véhicule, ou des tickets de transport.',
			'Une personne qui appelle chacun la veille.',
			'Des billets à petit prix.'
		],
		steps: ['Demander à dix personnes où elles voudraient aller.', 'Faire une première sortie à pied, sans rien payer.'],
		articles: ['people', 'insurance', 'funds'],
		lines: [
			aim('oser', 'Permettre à chacun de sortir, et de revenir avec d’autres.'),
			forWhom('seuls', 'Des personnes qui sortent peu : faute d’argent, de compagnie ou de transport.'),
			need('transport', 'infrastructure', 'Un minibus ou des tickets de transport.'),
			need('billets', 'money', 'De quoi payer la part que les familles ne peuvent pas payer.'),
			role('appels', 'Appels : une personne téléphone à chacun la veille.'),
			decide('choix', 'Nous proposons que celles et ceux qui sortent choisissent la sortie suivante.', 'mode'),
			decide('participation', 'Nous proposons une petite participation, la même pour toutes les associations.', 'funds'),
			way('rythme', 'sessions', 'Une sortie par mois, préparée par une association à tour de rôle.'),
			taskBefore('calendrier', 45, 'Écrire le calendrier des trois premières sorties.'),
			taskBefore('tarifs', 30, 'Demander les tarifs de groupe et les tarifs solidaires.'),
			dateBefore('choisir', 60, 'Rencontre pour choisir les sorties.'),
			action('saison', 'Saison de sorties.'),
			dateAfter('bilan', 21, 'Bilan, avec des participantes et des participants.'),
			count('sorties-compte', 'Sorties faites ensemble.', 8, 'sorties'),
			count('nouvelles', 'Personnes venues pour la première fois.', 30, 'personnes')
		]
	}),
	object('marche', {
		theme: 'dehors',
		name: 'Marche et randonnée',
		title: 'Marcher ensemble',
		line: 'Un chemin que l’on prépare, que l’on ouvre et que l’on marche à plusieurs.',
		kind: 'outing',
		size: 'Deux ou trois structures, de dix à trente personnes par marche',
		lasts: 180,
		projects: [at('La filature du Pont de Fer', 'Gard')],
		territories: [],
		needs: ['Deux personnes qui connaissent le chemin.', 'Une trousse de secours, de l’eau, un chemin court pour qui fatigue.'],
		steps: ['Marcher une heure ensemble autour du quartier.', 'Choisir un chemin qui raconte quelque chose.'],
		articles: ['insurance', 'people'],
		lines: [
			aim('pas', 'Marcher au pas du plus lent, et se parler en chemin.'),
			need('guides', 'people', 'Deux personnes par marche : une devant, une derrière.'),
			way('marches', 'sessions', 'Une marche par mois, avec un chemin court et un chemin long.'),
			taskBefore('reperer', 14, 'Repérer le chemin, et le point où l’on peut s’arrêter.'),
			taskBefore('assurance', 30, 'Vérifier ce que l’assurance de chacun couvre.'),
			action('saison', 'Marches de la saison.'),
			dateAfter('bilan', 14, 'Bilan, et choix des prochains chemins.'),
			count('marcheurs', 'Personnes venues marcher.', 40, 'personnes')
		]
	}),
	object('sport', {
		theme: 'dehors',
		name: 'Sport et mouvement',
		title: 'Faire du sport ensemble',
		line: 'Un club et des associations ouvrent un sport à des gens qui n’en font pas, ou plus.',
		kind: 'outing',
		size: 'Deux à quatre structures, de dix à trente personnes par séance',
		lasts: 240,
		projects: [at('Générations Lutte Contact', 'Orléans')],
		territories: [at('Valence', 'Valence')],
		needs: [
			'Une salle ou un terrain, à une heure où chacun peut.',
			'Une personne diplômée pour encadrer.',
			'Des jeux où l’on ne gagne pas toujours par la force.'
		],
		steps: ['Inventer une séance d’essai, parents et enfants.', 'Demander à un club ce qu’il peut prêter.'],
		articles: ['insurance', 'people', 'loans'],
		lines: [
			aim('bouger', 'Bouger ensemble, quel que soit l’âge ou la forme.'),
			forWhom('tous-niveaux', 'Des gens de tous âges, en commençant par ceux qui ne bougent plus.'),
			need('salle', 'infrastructure', 'Une salle ou un terrain, une fois par semaine.'),
			need('encadrer', 'people', 'Une personne diplômée pour encadrer, et deux pour accueillir.'),
			role('accueil', 'Accueil : une personne attend les nouveaux à l’entrée.'),
			decide('licence', 'Nous proposons de demander au club une licence ou une assurance à la séance.'),
			way('seances', 'sessions', 'Une séance par semaine. On peut faire moitié moins que les autres.'),
			limit('sante', 'Nous ne remplaçons pas l’avis d’un médecin.'),
			taskBefore('creneau', 120, 'Demander un créneau de salle à la commune.'),
			taskBefore('materiel', 21, 'Réunir le matériel prêté.'),
			dateBefore('essai', 30, 'Séance d’essai, ouverte à tous.'),
			action('saison', 'Séances de la saison.'),
			dateAfter('tournoi', 7, 'Rencontre amicale de fin de saison.'),
			count('pratiquants', 'Personnes venues au moins trois fois.', 25, 'personnes'),
			count('seances-compte', 'Séances tenues.', 25, 'séances')
		]
	}),
	object('accompagner-en-voiture', {
		theme: 'dehors',
		name: 'Accompagnement en voiture',
		title: 'S’accompagner en voiture',
		line: 'Des bénévoles conduisent des voisins qui n’ont plus de voiture chez le médecin, au marché, chez des amis.',
		kind: 'service',
		size: 'Deux à quatre structures, de cinq à quinze conductrices et conducteurs',
		lasts: 365,
		projects: [],
		territories: [at('Quimper', 'Quimper')],
		needs: [
			'Un téléphone, et quelqu’un qui répond à des heures connues.',
			'Des conducteurs, leur permis et leur assurance à jour.',
			'Une règle simple pour les frais.'
		],
		steps: [
			'Compter les besoins : qui, où, quand.',
			'Demander à l’assurance de chaque conducteur.',
			'Essayer un mois, avec cinq trajets.'
		],
		articles: ['insurance', 'people', 'personal-data', 'funds'],
		lines: [
			aim('sortir', 'Permettre à chacun d’aller où il doit, et où il a envie.'),
			forWhom('sans-voiture', 'Des personnes sans voiture, âgées ou isolées.'),
			need('conducteurs', 'people', 'Huit conductrices ou conducteurs, deux trajets par mois chacun.'),
			need('telephone', 'infrastructure', 'Un numéro de téléphone, et un cahier des trajets.'),
			role('standard', 'Téléphone : une personne prend les demandes deux matinées par semaine.'),
			decide('frais', 'Nous proposons une participation aux frais au kilomètre, la même pour tous.', 'funds'),
			decide('permis', 'Nous proposons de vérifier chaque année permis et assurance.'),
			way('trajets', 'methods', 'Un trajet se demande trois jours avant. Le conducteur attend, ou revient.'),
			limit('urgences', 'Nous ne faisons ni les urgences, ni les transports qu’un médecin prescrit.'),
			taskBefore('assurances', 60, 'Demander aux assurances ce qu’elles couvrent, par écrit.'),
			taskBefore('cahier', 21, 'Préparer le cahier des trajets et la feuille de route.'),
			dateBefore('conducteurs-reunion', 30, 'Rencontre des conductrices et des conducteurs.'),
			action('annee', 'Trajets de la première année.'),
			taskAfter('frais-compte', 21, 'Faire le compte des frais, et le montrer à tous.'),
			count('trajets-compte', 'Trajets faits.', 200, 'trajets'),
			count('personnes', 'Personnes accompagnées.', 30, 'personnes')
		]
	})
];
