import { topic, type Topic } from './topic.ts';

/** The accessibility statement, as French law names it; it says what was looked at and what was not. */
export const accessibilityTopics: readonly Topic[] = [
	topic('etat', 'Partiellement conforme', [
		{
			text: 'Ce logiciel suit le référentiel français (RGAA, version 4). Il n’a pas encore été contrôlé par une personne extérieure : il se déclare donc partiellement conforme, sans taux.'
		}
	]),
	topic('verifie', 'Ce qui a été vérifié', [
		{
			list: [
				'Un contrôle automatique (axe) passe sur les pages, en clair et en sombre, sur ordinateur et sur téléphone.',
				'Les pages marchent sans JavaScript et se parcourent au clavier.',
				'Les couleurs du texte ont un contraste d’au moins 7 pour 1 sur le fond, et chaque couleur est doublée par un mot.',
				'À 320 points de large, rien ne demande de défiler de côté, sauf les images de calendrier.'
			]
		}
	]),
	topic('pas-verifie', 'Ce qui ne l’a pas été', [
		{
			list: [
				'Aucun parcours complet n’a été fait avec un lecteur d’écran par une personne qui s’en sert chaque jour.',
				'Les documents PDF portent des balises, mais n’ont pas été relus avec un lecteur d’écran.',
				'Les textes et les fichiers que les structures ajoutent ne dépendent pas de nous.'
			]
		}
	]),
	topic('signaler', 'Signaler une difficulté', [
		{
			text: 'Dites ce qui bloque à la personne qui tient ce site, ou à votre maison des associations, de vive voix ou par téléphone. Une autre façon de faire vous sera proposée.'
		},
		{ text: 'Sans réponse, vous pouvez écrire au Défenseur des droits en France, ou à Unia en Belgique.' }
	])
];
