import { article, usage } from '../clause.ts';
import type { Article } from '../clause.ts';

/** How the agreement is followed, lasts, changes, ends and is signed. */
export const life: readonly Article[] = [
	article('followup', {
		title: 'Suivi, évaluation et bilan',
		gives: ['followup'],
		usual: true,
		advice: 'La date du bilan se fixe dès le début : après l’action, chacun repart à autre chose.',
		source: usage,
		paragraphs: [
			{ intro: 'Les partenaires suivent l’action ainsi :', list: 'followup', when: { filled: 'followup' } },
			{ intro: 'Ils verront que l’action réussit à ces signes :', list: 'indicators', when: { filled: 'indicators' } },
			{
				text: 'Ils se réunissent pour le bilan au plus tard deux mois après l’action. La date de cette réunion est fixée dès le début.'
			},
			{
				text: 'Le bilan est écrit. Il dit ce qui a été fait et dépensé, ce que l’on a appris, et aussi ce qui n’a pas marché. Chaque partenaire peut le faire corriger, puis s’en servir.'
			}
		]
	}),
	article('duration', {
		title: 'Durée et renouvellement',
		gives: [],
		usual: true,
		advice: 'Il dit quand l’accord commence et finit. Il ne se renouvelle jamais tout seul.',
		source: usage,
		paragraphs: [
			{ text: 'La convention prend effet, pour chaque partenaire, le jour où il signe. Elle dure jusqu’à la remise du bilan.' },
			{ text: 'Premier jour de l’action : {action.start}.', when: { filled: 'action.start' } },
			{ text: 'Dernier jour de l’action : {action.end}.', when: { filled: 'action.end' } },
			{
				text: 'Elle ne se renouvelle pas d’elle-même. À la réunion de bilan, les partenaires décident de continuer, de faire autrement ou de s’arrêter là.'
			}
		]
	}),
	article('leaving', {
		title: 'Départ ou arrivée d’un partenaire',
		gives: [],
		usual: true,
		advice: 'Partir est permis. Ce qui compte est de ne laisser personne dans l’embarras.',
		source: usage,
		paragraphs: [
			{
				text: 'Un partenaire peut partir. Il prévient les autres par écrit, un mois avant au moins.'
			},
			{
				text: 'Il finit ce dont l’action ne peut pas se passer, ou aide à trouver une autre solution. Il rend ce qui lui a été prêté et rend compte de l’argent reçu.'
			},
			{
				text: 'Un partenaire qui ne tient pas ses engagements est d’abord écouté. S’il n’y a pas d’autre issue, tous les autres peuvent décider ensemble de continuer sans lui.'
			},
			{
				text: 'La convention continue tant qu’il reste deux partenaires au moins. Une nouvelle structure peut entrer avec l’accord de tous, par un avenant qu’elle signe aussi.'
			}
		]
	}),
	article('amendments', {
		title: 'Modifications',
		gives: [],
		usual: true,
		advice: 'Un projet vivant change. Il suffit que le changement soit écrit et accepté.',
		source: usage,
		paragraphs: [
			{
				text: 'La convention peut changer. Le changement est décidé ensemble, écrit et expliqué dans un avenant que tous les partenaires signent. L’ancienne version est gardée.'
			},
			{
				text: 'Une date, un lieu ou un nom peut changer par un simple compte rendu adopté par tous, si personne ne s’engage à plus.'
			}
		],
		variants: [
			{
				partner: 'local_authority',
				jurisdiction: 'any',
				source: 'Parallélisme des formes : un avenant suit le même circuit que la convention.',
				paragraphs: [{ text: 'Chez une collectivité, un avenant suit le même circuit que la convention.' }]
			}
		]
	}),
	article('unforeseen', {
		title: 'Imprévus',
		gives: [],
		usual: false,
		advice: 'Utile pour une action en plein air, un long projet, ou de gros frais engagés d’avance.',
		source: 'Force majeure : code civil, article 1218 (France) ; Code civil, livre 5 (Belgique).',
		paragraphs: [
			{ intro: 'Les partenaires ont prévu quoi faire dans ces cas :', list: 'risks', when: { filled: 'risks' } },
			{
				text: 'Quand un événement que personne ne pouvait prévoir ni éviter empêche un partenaire d’agir, il prévient les autres. Il n’est pas en faute, et ses engagements attendent.'
			},
			{
				text: 'Les partenaires décident ensemble de reporter, d’adapter ou d’arrêter. Les frais déjà engagés selon le budget restent à la charge de ceux qui devaient les payer.'
			}
		]
	}),
	article('signatures', {
		title: 'Signatures',
		gives: ['partners'],
		usual: true,
		advice: 'Chaque structure signe par la personne qui peut l’engager, après son propre circuit d’accord.',
		source: 'Autant d’originaux que de parties : code civil, article 1375 (France) ; Code civil, livre 8 (Belgique).',
		paragraphs: [
			{
				text: 'Nombre d’exemplaires signés : {agreement.copies}, un pour chaque partenaire.',
				when: { filled: 'agreement.copies' }
			},
			{ intro: 'Chaque personne signe au nom de sa structure et écrit la date :', table: 'signatures' }
		]
	})
];
