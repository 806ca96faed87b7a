import { article, usage } from '../clause.ts';
import type { Article } from '../clause.ts';

/** Money, things, people and what covers them. */
export const means: readonly Article[] = [
	article('funds', {
		title: 'Gestion de l’argent',
		gives: ['funds'],
		usual: true,
		advice: 'Même sans argent, il faut l’écrire : les apports en nature ont une valeur, et les surprises ont un coût.',
		source: usage,
		paragraphs: [
			{ intro: 'Le budget de l’action réunit ces apports :', table: 'budget', when: { filled: 'budget' } },
			{ intro: 'Pour l’argent, ils ont décidé ceci :', list: 'decision.funds', when: { filled: 'decision.funds' } },
			{
				text: 'Ce qui est prêté et le temps donné sont estimés, pour montrer ce que vaut l’effort de chacun. Ils ne sont pas payés.'
			},
			{
				text: 'Un partenaire qui tient de l’argent pour l’action garde les factures. Il montre les comptes à chaque réunion de suivi, et les remet à tous avec le bilan.'
			},
			{
				text: 'Aucun partenaire n’engage les autres dans une dépense qui n’est pas prévue. Si une aide attendue n’arrive pas, ils revoient l’action ensemble avant de dépenser.'
			}
		],
		variants: [
			{
				partner: 'local_authority',
				jurisdiction: 'FR',
				source:
					'Loi n° 2000-321 du 12 avril 2000, articles 9-1 (créé par la loi n° 2014-856 du 31 juillet 2014, article 59), 10 et 10-1 ; décret n° 2001-495 du 6 juin 2001 ; code général des collectivités territoriales, articles L1611-4 et L2311-7.',
				paragraphs: [
					{
						text: 'L’aide d’une collectivité à une association est une subvention, en argent ou en nature. Elle soutient une action que l’association a choisie et dont elle répond. Elle ne paie pas un service rendu à la collectivité.'
					},
					{
						text: 'Quand cette aide dépasse 23 000 € dans l’année, la collectivité et l’association signent une convention qui en dit l’objet, le montant, les versements et l’emploi.'
					},
					{
						text: 'L’association qui la reçoit souscrit le contrat d’engagement républicain. Si l’aide est destinée à une dépense précise, elle en rend un compte financier dans les six mois qui suivent la fin de l’exercice.'
					},
					{
						text: 'Elle ne reverse pas cette aide à un autre partenaire, sauf si sa convention avec la collectivité le prévoit.'
					}
				]
			},
			{
				partner: 'local_authority',
				jurisdiction: 'BE',
				source:
					'Loi du 14 novembre 1983 relative au contrôle de l’octroi et de l’emploi de certaines subventions ; Code de la démocratie locale et de la décentralisation, articles L3331-1 et suivants (Wallonie).',
				paragraphs: [
					{
						text: 'L’aide d’une commune ou d’une province est un subside. Il sert au but pour lequel il est accordé. La structure qui le reçoit en justifie l’emploi, comme l’autorité le demande.'
					}
				]
			},
			{
				partner: 'public_establishment',
				jurisdiction: 'any',
				source: 'Règles des aides publiques ; en France, loi n° 2000-321 du 12 avril 2000, article 9-1.',
				paragraphs: [
					{
						text: 'L’aide d’un établissement public suit les règles des aides publiques : elle a un but écrit, et son emploi est justifié.'
					}
				]
			},
			{
				partner: 'foundation',
				jurisdiction: 'any',
				source: 'Statuts et règles d’attribution de chaque fondation.',
				paragraphs: [
					{
						text: 'L’aide d’une fondation est employée à ce pour quoi elle est donnée. Un compte de son emploi lui est remis avec le bilan. Ce qui n’a pas servi lui est rendu, sauf si elle en décide autrement.'
					}
				]
			}
		]
	}),
	article('common-pot', {
		title: 'Pot commun',
		gives: ['funds'],
		usual: false,
		advice: 'Utile quand plusieurs partenaires mettent de l’argent ensemble.',
		source: usage,
		paragraphs: [
			{ text: 'Les partenaires mettent une part de leur argent en commun, pour cette action seulement.' },
			{ text: 'Pot commun tenu par : {pot.holder}.', when: { filled: 'pot.holder' } },
			{
				text: 'Cet argent est suivi à part dans les comptes du partenaire qui le tient. Une dépense prévue est payée sur facture ; une dépense imprévue demande une décision commune.'
			},
			{
				text: 'Ce qui reste à la fin est partagé en proportion des versements, au centime près, sauf autre décision de tous.'
			}
		],
		variants: [
			{
				partner: 'local_authority',
				jurisdiction: 'FR',
				source: 'Code général des collectivités territoriales, article L1611-4.',
				paragraphs: [
					{ text: 'L’argent d’une subvention n’entre dans le pot commun que si la convention avec la collectivité le prévoit.' }
				]
			},
			{
				partner: 'local_authority',
				jurisdiction: 'BE',
				source: 'Loi du 14 novembre 1983 relative au contrôle de l’octroi et de l’emploi de certaines subventions.',
				paragraphs: [{ text: 'L’argent d’un subside n’entre dans le pot commun que si la décision qui l’accorde le permet.' }]
			}
		]
	}),
	article('loans', {
		title: 'Prêt de matériel et de locaux',
		gives: ['commitments'],
		usual: false,
		advice: 'Utile dès qu’un partenaire prête une salle, un véhicule ou des projecteurs.',
		source: 'Prêt à usage : code civil, articles 1875 et suivants (France) ; même contrat en droit belge.',
		paragraphs: [
			{ intro: 'Ces biens et ces lieux servent à l’action :', list: 'loans', when: { filled: 'loans' } },
			{
				text: 'Le prêt est gratuit. Les deux partenaires notent l’état et la valeur du bien, à l’aller et au retour.'
			},
			{
				text: 'Qui emprunte en prend soin, s’en sert pour l’action seulement et le rend à la date prévue. Il répare ou remplace ce qu’il perd ou abîme, sauf l’usure normale.'
			}
		],
		variants: [
			{
				partner: 'local_authority',
				jurisdiction: 'FR',
				source:
					'Code général des collectivités territoriales, article L2144-3 ; code général de la propriété des personnes publiques, articles L2122-1 et L2122-3.',
				paragraphs: [
					{
						text: 'Un lieu qui appartient à une collectivité est prêté par un accord écrit. Cet accord peut prendre fin pour un motif d’intérêt général.'
					}
				]
			},
			{
				partner: 'local_authority',
				jurisdiction: 'BE',
				source: 'Règlement de chaque autorité sur l’occupation de ses locaux.',
				paragraphs: [
					{ text: 'Un lieu qui appartient à une commune ou à une province est prêté par un accord écrit, selon son règlement.' }
				]
			},
			{
				partner: 'school',
				jurisdiction: 'FR',
				source: 'Code de l’éducation, article L212-15, pour l’usage des locaux scolaires par la commune.',
				paragraphs: [
					{
						text: 'Hors du temps scolaire, l’usage d’une salle de classe demande l’accord du maire et, s’il y a lieu, de la collectivité propriétaire. Le conseil de l’école ou de l’établissement donne son avis.'
					}
				]
			},
			{
				partner: 'school',
				jurisdiction: 'BE',
				source: 'Compétence du pouvoir organisateur sur ses bâtiments.',
				paragraphs: [{ text: 'L’usage d’une salle de classe demande l’accord du pouvoir organisateur.' }]
			}
		]
	}),
	article('people', {
		title: 'Bénévoles et équipes salariées',
		gives: ['methods'],
		usual: false,
		advice: 'Utile quand des bénévoles ou des salariés de plusieurs structures travaillent ensemble.',
		source: usage,
		paragraphs: [
			{
				text: 'Chaque personne salariée reste sous l’autorité de son employeur, qui la paie et l’assure. Les autres partenaires ne lui donnent pas d’ordres.'
			},
			{
				text: 'Les bénévoles agissent librement et sans salaire. La structure qui les accueille leur rembourse les frais convenus d’avance, sur justificatif.'
			},
			{ text: 'Aucun partenaire ne cherche à retenir pour lui seul les bénévoles des autres. Chacun les remercie et les cite.' }
		],
		variants: [
			{
				partner: 'any',
				jurisdiction: 'FR',
				source: 'Code du travail, articles L8241-1 et L8241-2.',
				paragraphs: [
					{
						text: 'Prêter une personne salariée à un autre partenaire demande son accord, une convention à part et un avenant à son contrat de travail. Le prêt se fait sans bénéfice.'
					}
				]
			},
			{
				partner: 'any',
				jurisdiction: 'BE',
				source:
					'Loi du 24 juillet 1987 sur la mise de travailleurs à la disposition d’utilisateurs ; loi du 3 juillet 2005 relative aux droits des volontaires.',
				paragraphs: [
					{
						text: 'Une personne salariée n’est prêtée à un autre partenaire que dans les cas permis par la loi. Chaque organisation informe ses volontaires de leurs droits et de leur assurance.'
					}
				]
			}
		]
	}),
	article('insurance', {
		title: 'Assurances',
		gives: [],
		usual: false,
		advice: 'Utile dès qu’il y a du public, du transport, du matériel prêté ou des enfants.',
		source:
			'Responsabilité pour son propre fait et pour les personnes ou les choses dont on répond : code civil, articles 1240 à 1242 (France) ; Code civil (Belgique).',
		paragraphs: [
			{
				text: 'Chaque partenaire est assuré pour ce qu’il fait, pour les personnes qui agissent en son nom et pour ses biens.'
			},
			{
				text: 'Avant la première séance, chacun vérifie que son contrat couvre les lieux, le public, les bénévoles et les trajets. Il montre son attestation si un partenaire la demande.'
			}
		],
		variants: [
			{
				partner: 'any',
				jurisdiction: 'BE',
				source: 'Loi du 3 juillet 2005 relative aux droits des volontaires.',
				paragraphs: [{ text: 'Une organisation que la loi y oblige assure la responsabilité de ses volontaires.' }]
			}
		]
	})
];
