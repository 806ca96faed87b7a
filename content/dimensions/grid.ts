import type { Dimension } from './dimension.ts';

function dimension(of: Omit<Dimension, 'language' | 'jurisdiction' | 'version' | 'source'>): Dimension {
	return {
		...of,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source:
			'Les douze dimensions d’un guide de terrain de 2011 : les faits sont les siens, les mots et les propositions sont les nôtres.'
	};
}

/** The grid, in the order in which partners answer. */
export const dimensions: readonly Dimension[] = [
	dimension({
		id: 'time',
		name: 'Temps',
		question: 'Avez-vous le temps qu’il faut ?',
		weighs: 'Tout prend plus longtemps que prévu, personne n’est libre en même temps.',
		lifts: 'Un temps réservé d’avance, avant, pendant et après l’action.',
		levers: [
			'Poser dès maintenant les dates d’avant, de pendant et d’après',
			'Se donner un but court, à trois semaines',
			'Échanger les dates impossibles de chacun pour l’année',
			'Préparer chaque réunion par écrit, pour qu’elle soit plus courte'
		]
	}),
	dimension({
		id: 'functioning',
		name: 'Fonctionnement',
		question: 'Sait-on qui fait quoi ?',
		weighs: 'C’est lourd et lent, les délais passent, on ne sait plus qui décide.',
		lifts: 'Un cadre construit ensemble, écrit, et vraiment suivi.',
		levers: [
			'Écrire qui fait quoi, et jusqu’où',
			'Choisir ensemble comment on décide, puis s’y tenir',
			'Confier chaque tâche à celle ou celui qui sait la faire',
			'Relire ce qui a marché la dernière fois'
		]
	}),
	dimension({
		id: 'communication',
		name: 'Communication',
		question: 'Se parle-t-on assez ?',
		weighs: 'On se parle peu, et parler au nom de tous est compliqué.',
		lifts: 'Se voir, s’appeler, et montrer chaque partenaire autant que le projet.',
		levers: [
			'Se voir une fois sans ordre du jour',
			'Dire pour chaque partenaire qui appeler, et quand',
			'Compter qui est cité et montré au dehors, puis équilibrer'
		]
	}),
	dimension({
		id: 'mandate',
		name: 'Mandats',
		question: 'Votre représentant peut-il décider ?',
		weighs: 'Celle ou celui qui vient ne peut pas décider, ou le projet sert à d’autres fins.',
		lifts: 'Un mandat écrit, et une structure qui soutient derrière.',
		levers: [
			'Écrire jusqu’où chaque représentant peut décider',
			'En parler au prochain bureau de chaque structure',
			'Prévoir qui remplace celle ou celui qui ne peut pas venir'
		]
	}),
	dimension({
		id: 'vision',
		name: 'Vision du partenariat',
		question: 'En a-t-on la même idée ?',
		weighs: 'Chacun en a sa propre idée, avec ses mots, et pense d’abord à soi.',
		lifts: 'Une idée partagée, des mots communs, des places égales.',
		levers: [
			'Dire chacun en une phrase ce que ce partenariat veut dire',
			'Choisir ensemble cinq mots et leur sens',
			'Nommer la place de chacun, et la reconnaître à voix haute'
		]
	}),
	dimension({
		id: 'objectives',
		name: 'Objectifs',
		question: 'Veut-on la même chose ?',
		weighs: 'Aucun but commun, ou des buts flous, que personne n’a dits.',
		lifts: 'Des buts communs écrits à part des buts de chacun.',
		levers: [
			'Séparer ce que tous veulent de ce que chacun veut pour soi',
			'Choisir pour chaque but à quoi l’on verra qu’il est atteint',
			'Accepter qu’un but change, et dire pourquoi'
		]
	}),
	dimension({
		id: 'evaluation',
		name: 'Évaluation',
		question: 'Sait-on ce qu’on regardera ?',
		weighs: 'Rien n’est prévu, ou l’on demande seulement au public s’il est content.',
		lifts: 'Une évaluation prévue dès le début, avec des nombres et des paroles.',
		levers: [
			'Choisir trois choses à regarder, avant de commencer',
			'Recueillir des nombres, et aussi ce que les gens racontent',
			'Fixer dès maintenant la date du bilan'
		]
	}),
	dimension({
		id: 'funding',
		name: 'Financement',
		question: 'L’argent arrive-t-il à temps ?',
		weighs: 'Il en manque, il arrive tard, le demander et le justifier prend des jours.',
		lifts: 'Chercher selon ce que chacun peut apporter, et mettre en commun.',
		levers: [
			'Chercher l’argent selon les moyens de chacun',
			'Ouvrir un pot commun pour avancer les achats',
			'Demander ailleurs : une entreprise, une fondation, un autre service'
		]
	}),
	dimension({
		id: 'power',
		name: 'Relations de pouvoir',
		question: 'Chacun pèse-t-il autant ?',
		weighs: 'L’un se sert des autres, ou des règles venues d’en haut bloquent tout.',
		lifts: 'Un cadre et une conduite partagés, avec les pouvoirs publics à leur place.',
		levers: [
			'Dire à voix haute qui décide de quoi',
			'Faire tourner l’animation des réunions',
			'Inviter la collectivité à soutenir, sans conduire à la place des associations'
		]
	}),
	dimension({
		id: 'realities',
		name: 'Réalités différentes',
		question: 'Tient-on compte de chacun ?',
		weighs: 'L’un a des salariés et l’autre non ; l’un est solide, l’autre fragile.',
		lifts: 'Se dire ses contraintes, et chercher ensemble comment faire avec.',
		levers: [
			'Dire chacun ce que l’on ne peut pas faire',
			'Partager les tâches selon les moyens, pas à parts égales',
			'Choisir des heures où les bénévoles peuvent venir'
		]
	}),
	dimension({
		id: 'knowledge',
		name: 'Connaissance',
		question: 'Connaît-on nos publics ?',
		weighs: 'On connaît mal les habitants, et l’on refait ce qui a déjà été essayé.',
		lifts: 'S’appuyer sur le réseau de chacun et regarder le territoire ensemble.',
		levers: [
			'Demander aux premiers concernés avant de décider',
			'Mettre en commun ce que chaque structure sait du quartier',
			'Aller voir qui l’a déjà fait'
		]
	}),
	dimension({
		id: 'human',
		name: 'Côté humain',
		question: 'A-t-on envie de continuer ?',
		weighs: 'La méfiance, les ego, l’impression de ne pas être à la hauteur.',
		lifts: 'L’envie, la confiance, et le droit de se tromper.',
		levers: [
			'Fêter ce qui a été réussi, même petit',
			'Parler du désaccord à deux, avant la réunion',
			'Demander à chacun ce qui lui donnerait envie'
		]
	})
];
