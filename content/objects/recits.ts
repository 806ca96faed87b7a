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

/** Written, told, read aloud. */
export const recits = [
	object('journal-de-quartier', {
		theme: 'recits',
		name: 'Journal de quartier',
		title: 'Écrire un journal de quartier',
		line: 'Des associations et des voisins écrivent ensemble un journal que l’on trouve dans la rue.',
		kind: 'paper',
		size: 'Trois à six structures, une dizaine de plumes, quelques centaines d’exemplaires',
		lasts: 300,
		projects: [at('Le Colibri', 'Franche-Comté')],
		territories: [at('Boulogne-Billancourt', 'Boulogne-Billancourt')],
		needs: [
			'Une personne qui relit tout, une autre qui met en page.',
			'Une adresse, et quelqu’un qui répond de ce qui paraît.',
			'De quoi imprimer, et des lieux où déposer.'
		],
		steps: [
			'Se réunir une heure : de quoi parlerait le numéro 1 ?',
			'Écrire chacun un texte de vingt lignes.',
			'Sortir un numéro 0, en photocopies.'
		],
		articles: ['communication', 'works', 'image-rights', 'funds'],
		lines: [
			aim('voix', 'Faire entendre les gens du quartier, dans leurs mots.'),
			forWhom('voisins', 'Toutes celles et tous ceux qui habitent ou travaillent ici.'),
			need('impression', 'money', 'De quoi imprimer chaque numéro.'),
			need('depots', 'infrastructure', 'Dix lieux où déposer le journal : commerces, écoles, accueils.'),
			role('publication', 'Responsable de la publication : une personne répond de ce qui paraît.'),
			role('mise-en-page', 'Mise en page : une personne, et quelqu’un qui apprend avec elle.'),
			decide('relecture', 'Nous proposons que chaque texte soit relu par une personne d’une autre association.', 'mode'),
			decide('place', 'Nous proposons que chaque association ait la même place dans chaque numéro.'),
			way('comite', 'methods', 'Le comité de rédaction est ouvert. Qui écrit un texte peut y venir.'),
			way('photos', 'communication', 'Aucune photo d’une personne sans son accord écrit.'),
			taskBefore('numero-zero', 60, 'Imprimer un numéro 0 et le faire lire à vingt voisins.'),
			taskBefore('devis', 75, 'Demander deux devis d’impression.'),
			taskBefore('tournee', 14, 'Dire qui dépose le journal, et où.'),
			dateBefore('comite-un', 120, 'Premier comité de rédaction.'),
			dateBefore('bouclage', 21, 'Bouclage du premier numéro.'),
			action('parution', 'Le journal paraît.'),
			dateAfter('bilan', 21, 'Bilan de l’année : continuer, et comment ?'),
			count('exemplaires', 'Exemplaires distribués par numéro.', 500, 'exemplaires'),
			count('plumes', 'Personnes qui ont signé un texte.', 30, 'personnes')
		]
	}),
	object('memoires', {
		theme: 'recits',
		name: 'Mémoires et récits',
		title: 'Recueillir des mémoires',
		line: 'Des jeunes et des aînés se racontent un lieu, un métier, une vie, et en gardent la trace.',
		kind: 'project',
		size: 'Deux à cinq structures, de dix à quarante récits',
		lasts: 90,
		projects: [at('Parlez-moi d’amour', 'Charleval'), at('Dessine-moi un mouton', 'Paris 11'), at('Astrobale', 'Bordeaux')],
		territories: [],
		needs: [
			'Un lieu calme, et du temps : une heure par récit.',
			'Un enregistreur, et l’accord écrit de chaque personne.',
			'Une fin qui se montre : livre, exposition, veillée.'
		],
		steps: [
			'Choisir une question simple : « Où jouiez-vous, enfant ? »',
			'S’entraîner entre soi à écouter sans couper.',
			'Recueillir trois récits, les faire relire par qui les a dits.'
		],
		articles: ['personal-data', 'works', 'confidentiality', 'image-rights'],
		lines: [
			aim('transmettre', 'Garder et transmettre les récits de celles et ceux qui ont vécu ici.'),
			forWhom('deux-ages', 'Des jeunes et des aînés, par deux.'),
			need('micro', 'infrastructure', 'Un enregistreur et un lieu calme.'),
			need('oreilles', 'people', 'Six personnes prêtes à écouter et à transcrire.'),
			decide('relire', 'Nous proposons que rien ne soit montré avant que la personne ait relu son récit.'),
			decide('retirer', 'Nous proposons que chacun puisse retirer son récit, à tout moment.'),
			way('deux', 'methods', 'On recueille à deux : une personne écoute, l’autre note.'),
			limit('secrets', 'Ce qui est dit hors micro n’est ni écrit, ni répété.'),
			taskBefore('question', 60, 'Écrire les cinq questions, avec des aînés.'),
			taskBefore('accords', 30, 'Préparer la feuille d’accord, en mots simples.'),
			taskAfter('transcrire', 30, 'Transcrire, et faire relire chaque récit.'),
			dateBefore('atelier', 21, 'Atelier : apprendre à écouter.'),
			action('recueil', 'Recueil des récits.'),
			dateAfter('veillee', 60, 'Veillée : on lit des récits à voix haute.'),
			count('recits', 'Récits recueillis et relus.', 20, 'récits'),
			count('rencontres', 'Rencontres entre un jeune et un aîné.', 25, 'rencontres')
		]
	}),
	object('lecture', {
		theme: 'recits',
		name: 'Livres et lecture',
		title: 'Lire et faire lire',
		line: 'Des bénévoles lisent des histoires à des enfants, en petits groupes, chaque semaine.',
		kind: 'outing',
		size: 'Deux ou trois structures et une école ; une lectrice ou un lecteur pour cinq enfants',
		lasts: 210,
		projects: [at('Lire et faire lire', 'toute la France')],
		territories: [],
		needs: ['Des bénévoles réguliers, et de quoi les remplacer.', 'Des livres, et un coin tranquille.'],
		steps: ['Rencontrer l’école ou la crèche.', 'Lire une première fois à deux, pour se lancer.'],
		articles: ['people', 'insurance', 'personal-data'],
		lines: [
			aim('plaisir', 'Donner le plaisir de lire, sans noter ni corriger.'),
			need('lecteurs', 'people', 'Six bénévoles qui viennent chaque semaine, et deux remplaçants.'),
			role('planning', 'Planning : une personne que l’on prévient quand on ne peut pas venir.'),
			way('groupes', 'sessions', 'Vingt minutes de lecture, cinq enfants au plus.'),
			taskBefore('ecole', 60, 'Convenir des jours avec l’école.'),
			taskBefore('livres', 30, 'Choisir les livres avec la bibliothèque.'),
			dateBefore('formation', 14, 'Matinée pour apprendre à lire à voix haute.'),
			action('lectures', 'Lectures de la semaine.'),
			dateAfter('bilan', 14, 'Bilan avec l’école et les bénévoles.'),
			count('enfants', 'Enfants à qui l’on a lu.', 60, 'enfants')
		]
	})
];
