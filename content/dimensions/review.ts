import type { ReviewQuestion } from './dimension.ts';

function question(of: Omit<ReviewQuestion, 'language' | 'jurisdiction' | 'version' | 'source'>): ReviewQuestion {
	return {
		...of,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source: 'Points de vigilance d’un guide de terrain sur la coopération entre associations, dits avec nos mots.'
	};
}

/** What a cooperation asks itself again each time that it takes stock. */
export const reviewQuestions: readonly ReviewQuestion[] = [
	question({
		id: 'want',
		question: 'En avons-nous encore envie ?',
		help: 'Continuer par habitude fatigue tout le monde. S’arrêter est aussi une réponse.'
	}),
	question({
		id: 'legitimate',
		question: 'Est-ce à nous de le faire, et de le faire ensemble ?',
		help: 'Une autre façon, ou quelqu’un d’autre, conviendrait peut-être mieux.'
	}),
	question({
		id: 'legal',
		question: 'Avons-nous le droit de le faire ainsi ?',
		help: 'Assurances, autorisations, statuts, droits d’auteur. En cas de doute, demandez.'
	}),
	question({
		id: 'people',
		question: 'Les bonnes personnes sont-elles autour de la table ?',
		help: 'Celles et ceux qui décident, qui font, et qui sont concernés.'
	})
];
