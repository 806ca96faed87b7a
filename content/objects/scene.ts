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

/** Played, sung, danced. */
export const scene = [
	object('theatre', {
		theme: 'scene',
		name: 'Théâtre, opéra, son et lumière',
		title: 'Monter un spectacle',
		line: 'Des habitantes et des habitants de tous âges écrivent, jouent, cousent et éclairent un même spectacle.',
		kind: 'show',
		size: 'Trois à neuf structures, de vingt à cent personnes sur scène et autour',
		lasts: 2,
		projects: [
			at('Avril enchanté', 'Paris'),
			at('La Traite des Planches', 'Nord'),
			at('Secours Populaire', 'Manche'),
			at('L’AVEC', 'Pays de Caux')
		],
		territories: [
			at('Paris 15', 'Paris'),
			at('Paris 10', 'Paris'),
			at('Avignon', 'Avignon'),
			at('Pays d’Aubagne', 'Pays d’Aubagne')
		],
		needs: [
			'Un lieu pour répéter chaque semaine, un autre pour jouer.',
			'Quelqu’un dont la mise en scène est le métier ou la passion.',
			'De quoi éclairer, sonoriser, habiller.',
			'Une association qui tient la caisse.'
		],
		steps: [
			'Voir ensemble un spectacle, et dire ce qui a plu à chacun.',
			'Choisir un texte, ou une histoire du quartier à écrire.',
			'Réserver la salle : sa date fixe toutes les autres.',
			'Ouvrir une première répétition à qui veut essayer.'
		],
		articles: ['works', 'image-rights', 'insurance', 'common-pot'],
		lines: [
			aim('ensemble', 'Jouer un spectacle où chaque association a une part visible.'),
			forWhom('ages', 'Des gens de tous âges, qui ne montent pas sur scène d’habitude.'),
			need('salle', 'infrastructure', 'Une salle pour répéter chaque semaine, et une scène pour les représentations.'),
			need('regie', 'people', 'Une personne pour le son, une pour la lumière, trois pour l’accueil.'),
			role('mise-en-scene', 'Mise en scène : une personne décide de ce que l’on voit.'),
			role('regie-generale', 'Régie : une personne sait où sont les clés, le matériel et les horaires.'),
			decide(
				'recette',
				'Nous proposons que la recette paie d’abord les frais, et que le reste serve au projet suivant.',
				'funds'
			),
			decide('texte', 'Nous proposons que le texte soit choisi par toutes les associations, après une lecture à voix haute.'),
			way('repetitions', 'sessions', 'Une répétition par semaine. Une absence se dit la veille.'),
			way('affiche', 'communication', 'Toutes les associations sont nommées sur l’affiche, dans le même corps.'),
			taskBefore('reserver', 240, 'Réserver la salle des représentations.'),
			taskBefore('droits', 180, 'Demander les droits du texte et de la musique.'),
			taskBefore('costumes', 60, 'Coudre, trouver ou emprunter les costumes.'),
			taskBefore('affiches', 30, 'Imprimer les affiches et les poser.'),
			dateBefore('premiere-repetition', 210, 'Première répétition, ouverte à qui veut essayer.'),
			dateBefore('securite', 60, 'Dossier de sécurité de la salle à rendre.', 'administrative'),
			dateBefore('generale', 2, 'Répétition générale, dans la salle.'),
			action('representations', 'Représentations.'),
			dateAfter('bilan', 21, 'Réunion de bilan, avec celles et ceux qui ont joué.'),
			taskAfter('rendre', 7, 'Rendre ce qui a été prêté, et remercier.'),
			count('jouent', 'Personnes qui jouent, cousent ou éclairent.', 40, 'personnes'),
			count('spectateurs', 'Personnes venues voir le spectacle.', 200, 'personnes')
		]
	}),
	object('musique', {
		theme: 'scene',
		name: 'Musique et chanson',
		title: 'Chanter et jouer ensemble',
		line: 'Des groupes qui ne se connaissaient pas préparent un concert, une chorale ou un festival.',
		kind: 'show',
		size: 'Deux à six structures, de quinze à soixante voix ou instruments',
		lasts: 1,
		projects: [at('Cœurs en fête', 'Paris')],
		territories: [at('Festival de la chanson française', 'Aix-en-Provence'), perhaps('Dieppe', 'Dieppe')],
		needs: [
			'Une salle où l’on peut faire du bruit.',
			'Quelqu’un qui dirige, et qui accepte les débutants.',
			'Des partitions ou des paroles que l’on a le droit de copier.'
		],
		steps: [
			'Chanter une heure ensemble, sans rien préparer.',
			'Choisir six chansons, dont une par association.',
			'Fixer la date et le lieu du concert.'
		],
		articles: ['works', 'image-rights', 'insurance'],
		lines: [
			aim('concert', 'Donner un concert où chaque groupe chante aussi les chansons des autres.'),
			forWhom('sans-audition', 'Qui veut chanter, sans audition.'),
			need('lieu', 'infrastructure', 'Une salle pour répéter, une autre pour le concert, un piano ou une sonorisation.'),
			role('direction', 'Direction : une personne choisit les tons et donne les départs.'),
			decide('programme', 'Nous proposons que chaque association choisisse une chanson, et que tout le monde l’apprenne.'),
			way('repetitions', 'sessions', 'Une répétition toutes les deux semaines, de 1 h 30.'),
			way('images', 'communication', 'Chacun dit s’il accepte d’être enregistré ou filmé.'),
			taskBefore('chansons', 150, 'Réunir les paroles et les partitions.'),
			taskBefore('droits', 45, 'Déclarer le concert et les œuvres jouées.'),
			taskBefore('invitations', 21, 'Inviter les familles, les voisins, les élues et les élus.'),
			dateBefore('premiere', 160, 'Première répétition commune.'),
			dateBefore('filage', 7, 'Répétition de tout le programme.'),
			action('concert-jour', 'Concert.'),
			dateAfter('bilan', 14, 'Bilan autour d’un repas.'),
			count('voix', 'Personnes qui chantent ou jouent.', 30, 'personnes'),
			count('public', 'Personnes venues écouter.', 120, 'personnes')
		]
	}),
	object('danse', {
		theme: 'scene',
		name: 'Danse',
		title: 'Danser ensemble',
		line: 'Des personnes de tous âges apprennent une danse, puis la montrent.',
		kind: 'show',
		size: 'Deux ou trois structures, de dix à trente personnes',
		lasts: 0,
		projects: [at('Compagnie Abel', 'Île-de-France')],
		territories: [],
		needs: ['Une salle au sol doux, sans marche à monter.', 'Une ou un chorégraphe qui part des gestes de chacun.'],
		steps: ['Ouvrir un premier atelier d’essai.', 'Choisir où montrer : une place, une cour, une scène.'],
		articles: ['image-rights', 'insurance'],
		lines: [
			aim('danser', 'Faire danser ensemble des gens d’âges et de quartiers différents.'),
			need('sol', 'infrastructure', 'Une salle accessible, au sol adapté, deux heures par semaine.'),
			role('choregraphie', 'Chorégraphie : une personne part des gestes de chacun.'),
			way('ateliers', 'sessions', 'Un atelier par semaine. On peut s’asseoir, regarder, revenir.'),
			taskBefore('lieu', 90, 'Demander l’autorisation du lieu où l’on dansera.'),
			dateBefore('essai', 120, 'Atelier d’essai, ouvert à tous.'),
			action('danse', 'La danse est montrée.'),
			count('danseurs', 'Personnes qui dansent.', 20, 'personnes')
		]
	}),
	object('marionnettes', {
		theme: 'scene',
		name: 'Marionnettes',
		title: 'Fabriquer et jouer des marionnettes',
		line: 'Des mains de tous âges fabriquent des marionnettes et leur donnent une histoire.',
		kind: 'show',
		size: 'Deux ou trois structures, de dix à vingt-cinq personnes',
		lasts: 1,
		projects: [at('Lilliput', 'Paris')],
		territories: [],
		needs: ['Un atelier où laisser sécher et ranger.', 'Du tissu, du bois, du papier : beaucoup se récupère.'],
		steps: ['Fabriquer une première marionnette en une après-midi.', 'Écrire l’histoire à partir de ce qui a été fabriqué.'],
		articles: ['works', 'loans'],
		lines: [
			aim('histoire', 'Jouer une histoire avec des marionnettes faites ensemble.'),
			need('atelier', 'infrastructure', 'Un atelier avec un point d’eau et une armoire.'),
			way('ateliers', 'sessions', 'Des ateliers où un enfant et un aîné fabriquent à deux.'),
			taskBefore('matieres', 90, 'Réunir tissus, bois et papiers de récupération.'),
			dateBefore('premier-atelier', 80, 'Premier atelier de fabrication.'),
			action('jouer', 'Représentations.'),
			count('marionnettes', 'Marionnettes fabriquées.', 15, 'marionnettes')
		]
	})
];
