import type { Item } from '../item.ts';
import type { FormId } from './forms.ts';

/** An answer: its words, the reason that it gives, the forms that it speaks for. */
export type AnswerItem = { id: string; label: string; because: string; speaksFor: readonly FormId[] };

/** One question of « Ce que c’est », to which « Nous ne savons pas encore » is always an answer too. */
export type QuestionItem = Item & { label: string; help: string; answers: readonly AnswerItem[] };

function item(id: string, label: string, help: string, answers: readonly AnswerItem[]): QuestionItem {
	return {
		id,
		label,
		help,
		answers,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source: 'Ce qui distingue les formes du travail à plusieurs dans la recherche de terrain ; questions écrites par ce projet.'
	};
}

/** What is asked, one question a page, in this order. */
export const formQuestions = [
	item('what', 'Qu’est-ce qui vous réunit ?', 'Ce que l’on verra au bout, même petit.', [
		{
			id: 'action',
			label: 'Une action, un événement ou un lieu à faire vivre',
			because: 'Une action vous réunit.',
			speaksFor: ['collaboration', 'partnership', 'cooperation']
		},
		{
			id: 'means',
			label: 'Un moyen à partager : un poste, un local, un outil, un service',
			because: 'C’est un moyen que vous partagez.',
			speaksFor: ['pooling']
		},
		{
			id: 'thinking',
			label: 'Une question à travailler ensemble, sans action pour un public',
			because: 'C’est une question que vous travaillez, sans action pour un public.',
			speaksFor: ['joint-reflection']
		}
	]),
	item('who', 'Qui s’y engage ?', 'Comptez les associations qui font, pas celles qui sont seulement prévenues.', [
		{
			id: 'associations',
			label: 'Au moins deux associations',
			because: 'Au moins deux associations s’y engagent.',
			speaksFor: ['partnership', 'cooperation']
		},
		{
			id: 'one',
			label: 'Une association, avec d’autres structures (commune, école, entreprise…)',
			because: 'Une seule association s’y engage, avec d’autres structures.',
			speaksFor: ['collaboration', 'partnership']
		},
		{
			id: 'none',
			label: 'Pas d’association pour l’instant',
			because: 'Aucune association ne s’y engage pour l’instant.',
			speaksFor: ['collaboration', 'partnership']
		}
	]),
	item('whose', 'À qui est le projet ?', 'Qui dirait « c’est notre projet » si l’une des structures s’arrêtait ?', [
		{
			id: 'one',
			label: 'À une structure, que les autres aident',
			because: 'Le projet est celui d’une structure, que les autres aident.',
			speaksFor: ['collaboration']
		},
		{
			id: 'several',
			label: 'À plusieurs structures',
			because: 'Le projet est à plusieurs.',
			speaksFor: ['partnership', 'cooperation']
		}
	]),
	item('work', 'Comment le travail se répartit-il ?', 'Ce qui se passe vraiment, plus que ce qui est prévu.', [
		{
			id: 'part',
			label: 'Chaque structure fait sa part, dans ce qu’elle sait faire',
			because: 'Chaque structure fait sa part.',
			speaksFor: ['collaboration', 'partnership']
		},
		{
			id: 'tasks',
			label: 'Nous partons de nos besoins, puis nous partageons les tâches',
			because: 'Vous partez de vos besoins et partagez les tâches.',
			speaksFor: ['partnership']
		},
		{
			id: 'built',
			label: 'Nous construisons ensemble du début à la fin',
			because: 'Vous construisez ensemble du début à la fin.',
			speaksFor: ['partnership', 'cooperation']
		}
	]),
	item('steering', 'Qui décide de la suite ?', 'Le budget, les dates, ce que l’on garde ou non.', [
		{
			id: 'one',
			label: 'Une structure',
			because: 'Une structure décide de la suite.',
			speaksFor: ['collaboration', 'partnership']
		},
		{
			id: 'each',
			label: 'Chaque structure, pour ce qui la regarde',
			because: 'Chaque structure décide pour ce qui la regarde.',
			speaksFor: ['partnership', 'pooling']
		},
		{
			id: 'together',
			label: 'Nous, ensemble',
			because: 'Vous décidez ensemble.',
			speaksFor: ['partnership', 'cooperation', 'pooling', 'joint-reflection']
		}
	]),
	item('persons', 'Que deviennent vos structures ?', 'On peut très bien travailler à plusieurs sans rien y changer.', [
		{
			id: 'separate',
			label: 'Elles restent ce qu’elles sont',
			because: 'Vos structures restent ce qu’elles sont.',
			speaksFor: ['collaboration', 'partnership', 'cooperation', 'pooling', 'joint-reflection']
		},
		{
			id: 'founded',
			label: 'Elles restent, et en créent une autre pour ce projet',
			because: 'Vos structures restent, et en créent une pour le projet.',
			speaksFor: ['cooperation', 'pooling']
		},
		{
			id: 'grouped',
			label: 'Une structure commune prend peu à peu leur place',
			because: 'Une structure commune prend peu à peu la place des vôtres.',
			speaksFor: ['grouping']
		},
		{
			id: 'merged',
			label: 'Il n’en restera qu’une',
			because: 'Il ne restera qu’une structure.',
			speaksFor: ['merger']
		}
	])
] as const satisfies readonly QuestionItem[];
