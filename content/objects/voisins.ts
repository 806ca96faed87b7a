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

/** Living side by side. */
export const voisins = [
	object('jeux', {
		theme: 'voisins',
		name: 'Jeux',
		title: 'Jouer ensemble',
		line: 'Une après-midi ou un rendez-vous régulier où l’on joue sans écran, tous âges mêlés.',
		kind: 'evening',
		size: 'Deux à cinq structures, de vingt à cent personnes',
		lasts: 0,
		projects: [at('Wellouej', 'Nord'), at('Ensemble', 'Eure')],
		territories: [
			at('Saint-Herblain', 'Saint-Herblain'),
			at('Valence', 'Valence'),
			at('Paris 20', 'Paris'),
			at('Vanves', 'Vanves')
		],
		needs: [
			'Des tables, des chaises, une salle ou une place.',
			'Des jeux prêtés par une ludothèque ou par chacun.',
			'Des personnes qui expliquent les règles.'
		],
		steps: [
			'Apporter chacun un jeu de son enfance.',
			'Essayer entre partenaires.',
			'Choisir un jour où il se passe déjà quelque chose.'
		],
		articles: ['loans', 'insurance', 'communication'],
		lines: [
			aim('melange', 'Mêler autour d’un jeu des gens qui se croisent sans se parler.'),
			forWhom('familles', 'Les enfants, leurs parents, leurs grands-parents, les voisins.'),
			need('salle', 'infrastructure', 'Une salle ou une place, dix tables et cinquante chaises.'),
			need('jeux', 'infrastructure', 'Trente jeux, dont dix très simples.'),
			need('animer', 'people', 'Une personne par table pour expliquer les règles.'),
			role('prets', 'Prêts : une personne note ce qui est prêté, et le rend.'),
			decide('gratuit', 'Nous proposons que l’entrée soit gratuite.', 'funds'),
			way('tables', 'methods', 'Chaque association tient deux tables, et joue aussi à celles des autres.'),
			way('affiche', 'communication', 'L’affiche dit : « Venez comme vous êtes, nous expliquons tout ».'),
			taskBefore('reserver', 75, 'Réserver la salle ou demander la place.'),
			taskBefore('emprunter', 21, 'Emprunter les jeux.'),
			taskBefore('affiches', 14, 'Poser les affiches et prévenir les écoles.'),
			dateBefore('essai', 30, 'Soirée d’essai entre partenaires.'),
			action('jouer', 'On joue.'),
			taskAfter('rendre', 3, 'Rendre les jeux, compter ce qui manque.'),
			dateAfter('bilan', 14, 'Bilan : recommencer, et quand ?'),
			count('joueurs', 'Personnes venues jouer.', 60, 'personnes')
		]
	}),
	object('informatique', {
		theme: 'voisins',
		name: 'Informatique',
		title: 'S’aider avec l’ordinateur et le téléphone',
		line: 'Des habitués aident des débutants : écrire un message, remplir une demande, appeler ses petits-enfants.',
		kind: 'outing',
		size: 'Deux ou trois structures, un aidant pour une ou deux personnes',
		lasts: 240,
		projects: [at('Ensemble', 'Eure'), at('La Clairière', 'Paris')],
		territories: [],
		needs: [
			'Une salle avec une bonne connexion.',
			'Quelques ordinateurs ; chacun apporte aussi son téléphone.',
			'Des aidants patients plutôt que savants.'
		],
		steps: ['Écouter dix personnes : que voudriez-vous savoir faire ?', 'Tenir une première permanence de deux heures.'],
		articles: ['personal-data', 'confidentiality', 'loans'],
		lines: [
			aim('seul', 'Que chacun reparte en sachant faire une chose de plus, seul.'),
			forWhom('debutants', 'Celles et ceux que les démarches en ligne laissent de côté.'),
			need('salle', 'infrastructure', 'Une salle avec connexion, et six ordinateurs.'),
			need('aidants', 'people', 'Six aidants, deux par permanence.'),
			role('permanence', 'Permanence : une personne ouvre, accueille, ferme.'),
			decide('mains', 'Nous proposons que l’aidant ne touche pas le clavier à la place de la personne.', 'mode'),
			way('permanences', 'sessions', 'Une permanence par semaine, sans rendez-vous.'),
			limit('mots-de-passe', 'Nous ne notons ni ne gardons aucun mot de passe.'),
			taskBefore('salle-prete', 45, 'Obtenir la salle et la connexion.'),
			taskBefore('charte', 21, 'Écrire en dix lignes ce que l’aidant fait et ne fait pas.'),
			dateBefore('aidants-matin', 14, 'Matinée des aidants.'),
			action('annee', 'Permanences de l’année.'),
			dateAfter('bilan', 21, 'Bilan, avec des personnes aidées.'),
			count('aides', 'Personnes aidées.', 60, 'personnes')
		]
	}),
	object('logement', {
		theme: 'voisins',
		name: 'Habiter ensemble',
		title: 'Habiter sous le même toit',
		line: 'Une chambre contre une présence, une maison partagée : des âges différents habitent ensemble.',
		kind: 'service',
		size: 'Deux à quatre structures ; on commence par un à cinq logements',
		lasts: 365,
		projects: [at('Quinze projets', null)],
		territories: [at('Aix-en-Provence', 'Aix-en-Provence')],
		needs: [
			'Des personnes qui ouvrent leur porte, et du temps pour les rencontrer.',
			'Un écrit clair sur ce que chacun donne et reçoit.',
			'Quelqu’un à appeler quand la vie commune se complique.'
		],
		steps: [
			'Rencontrer une structure qui le fait déjà.',
			'Recevoir séparément chaque personne, puis ensemble.',
			'Prévoir un mois d’essai.'
		],
		articles: ['insurance', 'personal-data', 'disagreement', 'leaving'],
		lines: [
			aim('toit', 'Loger quelqu’un, et rompre la solitude de quelqu’un d’autre.'),
			forWhom('paires', 'Des aînés qui ont une chambre, des jeunes qui en cherchent une.'),
			need('suivi', 'people', 'Deux personnes qui rencontrent chaque binôme, une fois par mois.'),
			need('conseil', 'people', 'Une personne qui connaît le droit du logement.'),
			role('ecoute', 'Écoute : une personne que chacun peut appeler, en confiance.'),
			decide('essai', 'Nous proposons un mois d’essai, que chacun peut arrêter sans se justifier.'),
			decide(
				'mediation',
				'Nous proposons qu’un désaccord soit d’abord écouté par une personne d’une autre association.',
				'conflict'
			),
			way('charte', 'methods', 'Chaque binôme écrit ce qu’il attend : présence, bruit, visites, frais.'),
			limit('soins', 'Nous ne remplaçons ni une aide à domicile, ni des soins.'),
			taskBefore('modele', 120, 'Écrire le modèle d’accord, relu par une personne de droit.'),
			taskBefore('assurances', 60, 'Demander aux assurances ce qui doit être déclaré.'),
			taskBefore('rencontres', 30, 'Organiser les premières rencontres.'),
			dateBefore('information', 90, 'Réunion d’information, ouverte à tous.'),
			action('annee', 'Première année de vie commune.'),
			dateAfter('bilan', 21, 'Bilan avec chaque binôme.'),
			taskAfter('ecrire', 45, 'Écrire ce que l’on a appris, pour les suivants.'),
			count('binomes', 'Binômes qui habitent ensemble.', 5, 'binômes')
		]
	})
];
