import { topic, type Topic } from './topic.ts';

/** What is kept of people, why, how long, and what they may ask (GDPR, articles 13 to 21). */
export const dataTopics: readonly Topic[] = [
	topic('qui', 'Qui garde ces données', [
		{
			text: 'La structure qui tient ce site, sur sa propre machine. Rien n’est vendu, rien n’est mesuré, aucune donnée ne part chez un tiers.'
		}
	]),
	topic('quoi', 'Ce qui est gardé, et combien de temps', [
		{
			table: {
				caption: 'Données gardées',
				head: ['Quoi', 'Pourquoi', 'Combien de temps'],
				rows: [
					['Votre nom, votre adresse électronique', 'Vous reconnaître et vous écrire', 'Jusqu’à ce que vous les effaciez'],
					['Votre téléphone, si vous le donnez', 'Vous appeler', 'Jusqu’à ce que vous l’effaciez'],
					['Vos structures et vos mandats', 'Savoir qui peut agir en leur nom', 'Tant que la structure est inscrite'],
					[
						'Ce que vous écrivez',
						'Garder la trace d’une coopération',
						'Tant que la coopération existe ; sans votre nom si vous vous effacez'
					],
					[
						'Le journal de ce qui a été fait',
						'Prouver qui a décidé quoi',
						'De même : les mots qui vous nomment s’effacent, la chaîne reste'
					],
					['Vos essais pour entrer, sans nom lisible', 'Empêcher qu’on devine un mot de passe', 'Un jour'],
					['Les navigateurs où vous êtes entré', 'Ne pas redemander à chaque page', 'Soixante jours']
				]
			}
		}
	]),
	topic('temoins', 'Les témoins de connexion', [
		{
			text: 'Trois au plus, tous nécessaires : votre entrée, le message qui s’affiche après une action, et l’affichage clair ou sombre si vous l’avez choisi. Aucun ne vous suit.'
		}
	]),
	topic('droits', 'Vos droits', [
		{
			list: [
				'Lire : dans votre compte, un fichier dit ce que ce site sait de vous.',
				'Corriger : votre nom, votre adresse et votre téléphone se changent dans votre compte.',
				'Effacer : dans votre compte aussi. C’est tout de suite.',
				'Vous opposer : parlez-en à la personne qui tient ce site.'
			]
		},
		{
			text: 'Sans réponse en un mois, vous pouvez écrire à la CNIL en France, ou à l’Autorité de protection des données en Belgique.'
		}
	]),
	topic('sans-compte', 'Si vous n’avez pas de compte', [
		{
			text: 'Une maison des associations a pu noter ce que vous avez dit au téléphone, ou une structure vous inviter. Demandez-lui, ou à la personne qui tient ce site, de vous le lire, de le corriger ou de l’effacer.'
		}
	])
];
