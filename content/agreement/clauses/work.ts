import { article, usage } from '../clause.ts';
import type { Article } from '../clause.ts';

/** How, when, who does what, who decides, and what happens when people disagree. */
export const work: readonly Article[] = [
	article('methods', {
		title: 'Façons de travailler',
		gives: ['methods', 'sessions'],
		usual: true,
		advice: 'Il dit concrètement comment vous travaillez : à combien, où, à quel rythme.',
		source: usage,
		paragraphs: [
			{ intro: 'Les partenaires travaillent ainsi :', list: 'methods' },
			{ intro: 'Nombre et rythme des séances :', list: 'sessions' },
			{ intro: 'Leurs besoins pour agir :', list: 'needs', when: { filled: 'needs' } },
			{
				text: 'Chaque partenaire nomme une personne à qui s’adresser, et quelqu’un qui peut la remplacer. Un partenaire absent reçoit le compte rendu et peut y répondre.'
			},
			{
				text: 'Les partenaires se voient aussi souvent que le projet le demande. Ils choisissent des heures possibles pour les bénévoles.'
			}
		]
	}),
	article('schedule', {
		title: 'Calendrier',
		gives: ['schedule'],
		usual: true,
		advice: 'Les dates du projet et celles des démarches. Le tableau se tient à jour jusqu’au jour où le texte est figé.',
		source: usage,
		paragraphs: [
			{ intro: 'Les partenaires ont fixé ces dates, avant, pendant et après l’action :', table: 'schedule' },
			{
				intro: 'Ils tiennent compte des périodes où l’un d’eux n’est pas disponible :',
				list: 'dates.impossible',
				when: { filled: 'dates.impossible' }
			},
			{
				text: 'Une date peut changer d’un commun accord. Qui ne peut pas tenir une date prévient les autres dès qu’il le sait.'
			}
		]
	}),
	article('roles', {
		title: 'Rôles et responsabilités',
		gives: ['roles'],
		usual: true,
		advice: 'Un rôle, une structure. Un chef de file est possible, jamais obligatoire.',
		source: usage,
		paragraphs: [
			{ intro: 'Chaque rôle est confié à un partenaire, qui en répond devant les autres :', list: 'roles' },
			{
				text: 'Chef de file : {lead}. Ce rôle consiste à relier les partenaires, à préparer les réunions et à tenir le calendrier. Il ne donne ni voix en plus ni pouvoir sur les autres.',
				when: { filled: 'lead' }
			},
			{
				text: 'Les partenaires n’ont pas désigné de chef de file. Ils se partagent la coordination selon les rôles ci-dessus.',
				when: { empty: 'lead' }
			},
			{
				text: 'Tenir un rôle, c’est veiller à ce que le travail soit fait, pas tout faire soi-même. Un rôle peut passer à un autre partenaire, avec son accord.'
			}
		]
	}),
	article('commitments', {
		title: 'Engagements de chacun',
		gives: ['commitments'],
		usual: true,
		advice: 'Ce que chaque structure apporte et fait. C’est ce que l’on signe : à relire mot à mot.',
		source: usage,
		paragraphs: [
			{ intro: 'Chaque partenaire s’engage à ce qui suit :', table: 'commitments' },
			{ intro: 'Chacun a dit jusqu’où il peut aller, et les autres l’acceptent :', list: 'limits', when: { filled: 'limits' } },
			{
				text: 'Chacun fait ce qu’il peut pour tenir ses engagements, avec les moyens dont il dispose. S’il n’y arrive plus, il le dit, et les partenaires cherchent une solution ensemble.'
			}
		],
		variants: [
			{
				partner: 'local_authority',
				jurisdiction: 'any',
				source: 'Principe de l’annualité des budgets publics, en France comme en Belgique.',
				paragraphs: [{ text: 'Une somme promise par une collectivité pour une année à venir dépend du vote de son budget.' }]
			},
			{
				partner: 'company',
				jurisdiction: 'FR',
				source: 'Code général des impôts, article 238 bis, pour le mécénat des entreprises.',
				paragraphs: [
					{
						text: 'L’apport d’une entreprise est soit un don, appelé mécénat, soit un parrainage, soit un service payé : la convention dit lequel. Pour un don, l’entreprise ne reçoit rien de valeur comparable ; son nom peut être cité.'
					},
					{
						text: 'Un reçu fiscal n’est remis que si la structure qui reçoit le don et son action y donnent droit.'
					}
				]
			},
			{
				partner: 'company',
				jurisdiction: 'BE',
				source: 'Distinction du don, du parrainage et du service en droit fiscal belge (impôts sur les revenus, TVA).',
				paragraphs: [
					{
						text: 'L’apport d’une entreprise est soit un don, soit un parrainage, soit un service payé : la convention dit lequel. Une attestation fiscale n’est remise que si la structure est agréée pour cela.'
					}
				]
			},
			{
				partner: 'school',
				jurisdiction: 'FR',
				source:
					'Code de l’éducation : surveillance des élèves, autorisation des intervenants extérieurs, laïcité de l’enseignement public.',
				paragraphs: [
					{
						text: 'Pendant le temps scolaire, les élèves restent sous la responsabilité de leurs enseignants. Les personnes extérieures interviennent avec l’accord de la direction. Elles respectent le projet de l’établissement et, dans l’enseignement public, la laïcité.'
					}
				]
			},
			{
				partner: 'school',
				jurisdiction: 'BE',
				source: 'Responsabilité du pouvoir organisateur et respect de son projet éducatif (Pacte scolaire, loi du 29 mai 1959).',
				paragraphs: [
					{
						text: 'Pendant le temps scolaire, les élèves restent sous la responsabilité de l’école. Les personnes extérieures interviennent avec l’accord de la direction. Elles respectent le projet éducatif du pouvoir organisateur.'
					}
				]
			},
			{
				partner: 'foundation',
				jurisdiction: 'any',
				source: 'Statuts de chaque fondation : son aide suit son objet et ses règles d’attribution.',
				paragraphs: [
					{
						text: 'Une fondation aide l’action dans les limites de son objet. Elle suit l’emploi de son aide sans diriger l’action.'
					}
				]
			}
		]
	}),
	article('decisions', {
		title: 'Façon de décider',
		gives: ['decisions'],
		usual: true,
		advice: 'Par défaut : une structure, une voix. Changez-le seulement si tous le veulent.',
		source: usage,
		paragraphs: [
			{ intro: 'Les partenaires décident ainsi :', list: 'decision.mode', when: { filled: 'decision.mode' } },
			{
				text: 'Chaque structure a une voix. Les partenaires cherchent d’abord une solution que tous acceptent. À défaut, ils votent à la majorité des structures présentes ou représentées.',
				when: { empty: 'decision.mode' }
			},
			{
				intro: 'Avant certaines décisions, un partenaire doit consulter sa structure :',
				list: 'decision.home',
				when: { filled: 'decision.home' }
			},
			{
				text: 'Une décision qui demande de l’argent, du temps ou un engagement de plus à une structure ne vaut qu’avec son accord.'
			},
			{
				text: 'Les décisions sont écrites, avec leur date et leurs raisons. Tous les partenaires les reçoivent, les absents aussi.'
			}
		]
	}),
	article('disagreement', {
		title: 'En cas de désaccord',
		gives: ['decisions'],
		usual: true,
		advice: 'Prévu à froid, le chemin est plus facile à suivre à chaud.',
		source:
			'Démarche en six temps : K. L. Guo, « DECIDE », The Health Care Manager 27(2), 2008. Règlement amiable : usage des deux pays.',
		paragraphs: [
			{ text: 'Un désaccord se dit tôt, de vive voix, entre les personnes concernées.' },
			{
				intro: 'Si le désaccord demeure, les partenaires ont prévu :',
				list: 'decision.conflict',
				when: { filled: 'decision.conflict' }
			},
			{
				text: 'S’il demeure, tous les partenaires se réunissent dans les 30 jours. Ils disent le problème, fixent ce qui compte et cherchent plusieurs solutions. Ils en choisissent une, l’essaient, puis regardent ensemble ce qu’elle donne.',
				when: { empty: 'decision.conflict' }
			},
			{
				text: 'Ils peuvent demander l’aide d’une personne neutre, choisie d’un commun accord. La maison des associations ou une fédération peut en proposer une.'
			},
			{ text: 'Le juge n’est saisi qu’après cet essai, sauf urgence.' }
		]
	})
];
