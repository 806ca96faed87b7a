import { article, usage } from '../clause.ts';
import type { Article } from '../clause.ts';

/** What is said, shown, made, kept and kept quiet. */
export const sharing: readonly Article[] = [
	article('communication', {
		title: 'Communication et visibilité de chacun',
		gives: [],
		usual: true,
		advice: 'Un nom oublié sur une affiche abîme plus d’un partenariat.',
		source: usage,
		paragraphs: [
			{ intro: 'Les partenaires se sont mis d’accord sur ceci :', list: 'communication', when: { filled: 'communication' } },
			{
				text: 'Tous les partenaires sont cités sur les affiches, les programmes et les sites, dans le même ordre et à la même taille. Les financeurs sont mentionnés comme ils l’ont demandé.'
			},
			{
				text: 'Un texte ou une image qui parle d’un partenaire lui est montré avant de paraître. Son nom et son logo ne servent qu’à l’action.'
			},
			{ text: 'Qui parle du projet à la presse ou aux élus prévient les autres, et parle de tous.' }
		]
	}),
	article('image-rights', {
		title: 'Droit à l’image',
		gives: [],
		usual: false,
		advice: 'Utile dès que l’on photographie, filme ou enregistre des personnes.',
		source:
			'Code civil, articles 9 et 372-1 (France) ; Code de droit économique, livre XI, droit de la personne représentée (Belgique).',
		paragraphs: [
			{
				text: 'Avant de photographier, de filmer ou d’enregistrer une personne que l’on peut reconnaître, les partenaires lui demandent son accord écrit. L’accord dit pour quel usage, où et pour combien de temps.'
			},
			{
				text: 'Chacun peut refuser et participer quand même. Chacun peut revenir sur son accord pour l’avenir.'
			},
			{
				text: 'Pour une personne mineure, ses parents ou ses représentants légaux signent. On lui demande aussi son avis, selon son âge.'
			},
			{ text: 'Le partenaire qui prend les images garde les accords et en donne copie à ceux qui les utilisent.' }
		],
		variants: [
			{
				partner: 'school',
				jurisdiction: 'any',
				source:
					'Code civil, articles 9 et 372-1 (France) ; Code de droit économique, livre XI (Belgique) ; protection des élèves.',
				paragraphs: [
					{
						text: 'À l’école, ces accords sont demandés avec la direction. Aucune image où l’on reconnaît un élève ne paraît sans eux. Son nom n’y est pas joint.'
					}
				]
			}
		]
	}),
	article('works', {
		title: 'Œuvres et productions',
		gives: [],
		usual: false,
		advice: 'Utile quand l’action crée un texte, un film, une musique, un spectacle, un outil.',
		source:
			'Code de la propriété intellectuelle, articles L111-1, L121-1 et L131-3 (France) ; Code de droit économique, livre XI (Belgique).',
		paragraphs: [
			{
				text: 'Chacun garde ses droits sur ce qu’il avait déjà. Une œuvre créée pendant l’action appartient à celles et ceux qui l’ont créée.'
			},
			{
				text: 'Les auteurs permettent à tous les partenaires de reproduire l’œuvre et de la présenter au public, gratuitement et sans but commercial. Cet accord vaut sur papier, à l’écran et en ligne, dans tous les pays, pour l’action et pour en rendre compte. Il dure cinq ans après la fin de la convention.'
			},
			{
				text: 'Tout autre usage demande l’accord écrit des auteurs. Leur nom est toujours cité. Le partenaire qui fait venir un auteur obtient de lui ces accords par écrit.'
			},
			{
				text: 'Le partenaire qui fait jouer ou projeter une œuvre demande les autorisations et règle les droits, sauf si le budget en décide autrement.'
			}
		]
	}),
	article('personal-data', {
		title: 'Données personnelles',
		gives: [],
		usual: false,
		advice: 'Utile dès que vous partagez des listes d’inscription, des adresses ou des numéros de téléphone.',
		source:
			'Règlement (UE) 2016/679, dit RGPD, articles 5, 13, 15 à 17, 26, 33 et 34 ; loi n° 78-17 du 6 janvier 1978 (France) ; loi du 30 juillet 2018 (Belgique).',
		paragraphs: [
			{
				text: 'Les partenaires ne recueillent que les données personnelles utiles à l’action. Ils disent à chacun à quoi servent ses données, qui les lit et combien de temps elles sont gardées.'
			},
			{
				text: 'Ces données ne servent à rien d’autre. Elles ne sont ni vendues ni publiées, et elles sont effacées quand elles ne servent plus.'
			},
			{
				text: 'Quand plusieurs partenaires tiennent ensemble un fichier, ils écrivent lequel répond aux personnes et lequel le protège. Toute personne peut demander à lire, à corriger ou à faire effacer ce qui la concerne.'
			},
			{
				text: 'Si des données sont perdues, ou vues par d’autres, le partenaire qui les tenait prévient tous les autres sans attendre.'
			}
		],
		variants: [
			{
				partner: 'school',
				jurisdiction: 'any',
				source: 'Règlement (UE) 2016/679 : l’établissement, ou l’autorité dont il dépend, répond des données de ses élèves.',
				paragraphs: [{ text: 'Les données sur les élèves ne sortent de l’école qu’avec l’accord de sa direction.' }]
			}
		]
	}),
	article('confidentiality', {
		title: 'Confidentialité',
		gives: [],
		usual: false,
		advice: 'Utile quand les partenaires se confient des difficultés, des projets ou la situation de personnes.',
		source: usage,
		paragraphs: [
			{
				text: 'Ce qu’un partenaire confie comme réservé reste entre les partenaires, pendant la convention et deux ans après.'
			},
			{
				text: 'La situation d’une personne accueillie n’est racontée qu’avec son accord. Cette règle n’a pas de fin.'
			}
		],
		variants: [
			{
				partner: 'local_authority',
				jurisdiction: 'FR',
				source: 'Code des relations entre le public et l’administration, articles L311-1 et suivants.',
				paragraphs: [
					{
						text: 'Un document que détient une collectivité peut être communiqué à qui le demande, dans les cas prévus par la loi.'
					}
				]
			},
			{
				partner: 'local_authority',
				jurisdiction: 'BE',
				source: 'Constitution belge, article 32 ; lois et décrets sur la publicité de l’administration.',
				paragraphs: [
					{
						text: 'Un document que détient une commune ou une province peut être communiqué à qui le demande, dans les cas prévus par la loi.'
					}
				]
			}
		]
	})
];
