import { article, usage } from '../clause.ts';
import type { Article } from '../clause.ts';

/** Why, under what name, who, as equals, for what. */
export const bases: readonly Article[] = [
	article('preamble', {
		title: 'Préambule',
		gives: ['preamble'],
		usual: true,
		advice: 'Il dit pourquoi vous êtes ensemble. C’est la page que l’on relit quand ça se complique.',
		source: usage,
		paragraphs: [
			{
				intro: 'Ce partenariat est né d’une envie commune :',
				list: 'cooperation.sentence',
				when: { filled: 'cooperation.sentence' }
			},
			{ intro: 'Il répond à des enjeux que tous les partenaires reconnaissent :', list: 'stakes', when: { filled: 'stakes' } },
			{ intro: 'Voici ce qu’ils veulent construire :', list: 'vision', when: { filled: 'vision' } },
			{
				text: 'Chacun vient avec son histoire, ses moyens et ses contraintes. Aucun ne ferait seul ce que tous préparent ensemble. Les partenaires écrivent ici ce qu’ils se sont dit, pour que chacun sache sur quoi compter.'
			}
		]
	}),
	article('purpose', {
		title: 'Objet et nom du partenariat',
		gives: ['name'],
		usual: true,
		advice: 'Il donne un nom au projet et dit à qui ce nom appartient.',
		source: usage,
		paragraphs: [
			{ text: 'Le partenariat porte le nom « {cooperation.name} ».', when: { filled: 'cooperation.name' } },
			{ text: 'Lieu de l’action : {cooperation.place}.', when: { filled: 'cooperation.place' } },
			{
				text: 'La convention dit ce que les partenaires font ensemble, ce que chacun apporte et comment ils décident.'
			},
			{
				text: 'Le nom du partenariat est commun. Aucun partenaire ne s’en sert pour un autre projet sans l’accord des autres.'
			}
		]
	}),
	article('partners', {
		title: 'Les partenaires et leurs représentants',
		gives: ['partners'],
		usual: true,
		advice: 'Il dit qui s’engage, et qui signe au nom de chaque structure.',
		source: usage,
		paragraphs: [
			{ intro: 'La convention réunit les structures suivantes :', table: 'partners' },
			{
				text: 'Chaque structure est représentée par une personne qui a reçu le pouvoir de l’engager. Si cette personne change, les engagements restent, et les autres partenaires sont prévenus.'
			}
		],
		variants: [
			{
				partner: 'association',
				jurisdiction: 'FR',
				source: 'Loi du 1er juillet 1901 relative au contrat d’association, articles 5 et 6 ; statuts de chaque association.',
				paragraphs: [
					{
						text: 'Chaque association déclarée signe par la personne que ses statuts désignent. Si les statuts n’en disent rien, une décision de son assemblée générale lui en donne le pouvoir.'
					}
				]
			},
			{
				partner: 'association',
				jurisdiction: 'FR-AM',
				source: 'Code civil local d’Alsace-Moselle, articles 21 et suivants.',
				paragraphs: [
					{
						text: 'Chaque association inscrite au registre du tribunal signe par sa direction, dans les limites de ses statuts.'
					}
				]
			},
			{
				partner: 'association',
				jurisdiction: 'BE',
				source: 'Code des sociétés et des associations du 23 mars 2019, livres 2 et 9 ; Banque-Carrefour des Entreprises.',
				paragraphs: [
					{
						text: 'Chaque ASBL signe par son organe d’administration, ou par les personnes dont les pouvoirs ont été publiés. Son numéro d’entreprise est écrit à côté de son nom.'
					}
				]
			},
			{
				partner: 'local_authority',
				jurisdiction: 'FR',
				source:
					'Code général des collectivités territoriales, articles L2121-29, L2122-21, L2122-22 et L2131-1 pour les communes ; règles voisines pour les autres collectivités.',
				paragraphs: [
					{
						text: 'Chaque collectivité s’engage par une délibération de son assemblée, ou par une décision prise sur délégation. Un service municipal n’a pas de personnalité propre : c’est la commune qui s’engage.'
					},
					{
						text: 'Elle signe quand cette décision est publiée et, si la loi le demande, transmise au préfet. La date de la décision est écrite à côté de la signature.'
					}
				]
			},
			{
				partner: 'local_authority',
				jurisdiction: 'BE',
				source: 'Nouvelle loi communale (Bruxelles) ; Code de la démocratie locale et de la décentralisation (Wallonie).',
				paragraphs: [
					{
						text: 'Chaque commune ou province s’engage par une décision de son conseil ou de son collège, selon leurs compétences. La date de cette décision est écrite à côté de la signature.'
					},
					{ text: 'Un service communal n’a pas de personnalité propre : c’est la commune qui s’engage.' }
				]
			},
			{
				partner: 'public_establishment',
				jurisdiction: 'any',
				source: 'Textes et statuts propres à chaque établissement.',
				paragraphs: [
					{
						text: 'Chaque établissement public signe par la personne qui le représente, avec l’accord de son conseil quand ses règles le demandent.'
					}
				]
			},
			{
				partner: 'company',
				jurisdiction: 'any',
				source:
					'Règles de représentation des sociétés : code de commerce (France), Code des sociétés et des associations (Belgique).',
				paragraphs: [
					{
						text: 'Chaque entreprise signe par la personne qui la représente selon la loi, ou par une personne qui en a reçu le pouvoir écrit.'
					}
				]
			},
			{
				partner: 'school',
				jurisdiction: 'FR',
				source: 'Code de l’éducation, articles R421-9 et R421-20 pour les collèges et lycées publics.',
				paragraphs: [
					{
						text: 'Chaque collège ou lycée public signe par son chef d’établissement, avec l’autorisation de son conseil d’administration. Un établissement privé signe par l’organisme qui le gère.'
					},
					{
						text: 'Une école maternelle ou élémentaire publique n’a pas de personnalité propre. Les services de l’Éducation nationale et la commune s’engagent, chacun pour ce qui dépend de lui.'
					}
				]
			},
			{
				partner: 'school',
				jurisdiction: 'BE',
				source: 'Loi du 29 mai 1959, dite du Pacte scolaire : notion de pouvoir organisateur.',
				paragraphs: [
					{
						text: 'Chaque école s’engage par son pouvoir organisateur, c’est-à-dire l’autorité qui en répond. La direction de l’école suit le projet avec les partenaires.'
					}
				]
			},
			{
				partner: 'foundation',
				jurisdiction: 'FR',
				source:
					'Loi n° 87-571 du 23 juillet 1987 pour les fondations ; loi n° 2008-776 du 4 août 2008, article 140, pour les fonds de dotation.',
				paragraphs: [
					{
						text: 'Chaque fondation ou fonds de dotation signe par la personne que ses statuts désignent. Une fondation abritée s’engage par la fondation qui l’abrite.'
					}
				]
			},
			{
				partner: 'foundation',
				jurisdiction: 'BE',
				source: 'Code des sociétés et des associations du 23 mars 2019, livres 2 et 11.',
				paragraphs: [
					{
						text: 'Chaque fondation signe par son organe d’administration, ou par les personnes dont les pouvoirs ont été publiés.'
					}
				]
			},
			{
				partner: 'collective',
				jurisdiction: 'any',
				source: 'Principe commun : un groupe sans personnalité juridique ne s’engage pas en son propre nom.',
				paragraphs: [
					{
						text: 'Un collectif sans statuts déposés ne peut pas s’engager en son propre nom. Ses membres signent chacun pour soi, ou une structure partenaire signe pour lui.'
					}
				]
			}
		]
	}),
	article('equality', {
		title: 'Indépendance et égalité des partenaires',
		gives: [],
		usual: true,
		advice: 'Il rappelle que coopérer n’est pas fusionner, et que les petites structures comptent autant que les grandes.',
		source: 'Bonne foi et absence de solidarité : code civil, articles 1104 et 1310 (France) ; Code civil, livre 5 (Belgique).',
		paragraphs: [
			{
				text: 'Chaque partenaire garde son nom, ses règles, son projet et son budget. La convention ne crée ni société ni nouvelle structure.'
			},
			{
				text: 'Tous ont la même place dans le partenariat, quelle que soit leur taille. Chacun répond de ses engagements, et non de ceux des autres.'
			},
			{
				text: 'Aucun ne parle ni ne signe au nom d’un autre sans son accord. Les partenaires agissent de bonne foi et se disent assez tôt ce qui ne va pas.'
			}
		],
		variants: [
			{
				partner: 'local_authority',
				jurisdiction: 'any',
				source:
					'Usage ; en France, la subvention suppose une action décidée par l’association : loi n° 2000-321 du 12 avril 2000, article 9-1.',
				paragraphs: [
					{
						text: 'Les partenaires publics participent comme les autres, avec leurs compétences. Ils ne dictent aux associations ni leurs buts ni leurs partenaires.'
					}
				]
			}
		]
	}),
	article('objectives', {
		title: 'Attentes et objectifs',
		gives: ['objectives'],
		usual: true,
		advice: 'Les objectifs communs d’abord ; ceux de chacun ensuite, s’il a choisi de les partager.',
		source: usage,
		paragraphs: [
			{ intro: 'Les partenaires poursuivent ensemble ces objectifs :', list: 'objectives.common' },
			{
				intro: 'Chacun attend aussi quelque chose pour sa structure. Les autres le savent et en tiennent compte :',
				list: 'objectives.own',
				when: { filled: 'objectives.own' }
			},
			{ intro: 'L’action s’adresse à ces publics :', list: 'publics', when: { filled: 'publics' } },
			{ intro: 'Les partenaires donnent le même sens à ces mots :', list: 'words', when: { filled: 'words' } },
			{
				text: 'Les objectifs peuvent évoluer avec ce que l’on apprend en route. Un changement se décide ensemble, s’écrit et s’explique.'
			}
		]
	})
];
