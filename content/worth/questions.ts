import type { Item } from '../item.ts';

export const worthKeys = ['mission', 'image', 'hours', 'funders', 'wish'] as const;
export type WorthKey = (typeof worthKeys)[number];

/** One of the five questions that an organisation asks itself alone before it says yes. */
export type WorthQuestion = Item & {
	id: WorthKey;
	question: string;
	help: string;
	/** What is said of it when the answer is rather yes, then rather no. */
	speaksFor: string;
	speaksAgainst: string;
	/** What to ask the partners when the answer is no, or not known. */
	ask: string;
};

function question(of: Omit<WorthQuestion, 'language' | 'jurisdiction' | 'version' | 'source'>): WorthQuestion {
	return {
		...of,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source:
			'Points de vigilance d’un guide de terrain : toute occasion n’est pas bonne, et les aides ne s’ajoutent pas toujours. Les mots sont les nôtres.'
	};
}

/** In the order in which they are asked: what one is for comes before what one can. */
export const worthQuestions: readonly WorthQuestion[] = [
	question({
		id: 'mission',
		question: 'Cela sert-il ce pour quoi nous existons ?',
		help: 'Relisez l’objet de vos statuts, ou votre dernier rapport.',
		speaksFor: 'Cela sert ce pour quoi vous existez.',
		speaksAgainst: 'Cela vous éloigne de ce pour quoi vous existez.',
		ask: 'Quelle place, dans ce projet, servirait ce que nous faisons déjà ?'
	}),
	question({
		id: 'image',
		question: 'Serons-nous fiers d’y voir notre nom ?',
		help: 'À côté des autres partenaires, devant vos adhérents et votre public.',
		speaksFor: 'Votre nom y est à sa place.',
		speaksAgainst: 'Votre nom à cet endroit vous gêne.',
		ask: 'Où et comment notre nom sera-t-il montré ? Pouvons-nous le relire avant ?'
	}),
	question({
		id: 'hours',
		question: 'Avons-nous vraiment le temps ?',
		help: 'Comptez les heures des bénévoles et des salariés, réunions comprises.',
		speaksFor: 'Vous avez le temps qu’il faut.',
		speaksAgainst: 'Le temps manque.',
		ask: 'Combien d’heures par mois attendez-vous de nous, et jusqu’à quand ?'
	}),
	question({
		id: 'funders',
		question: 'Nos financeurs seraient-ils d’accord ?',
		help: 'Une aide peut en interdire une autre, ou demander l’exclusivité d’une action.',
		speaksFor: 'Aucun de vos financeurs n’y trouverait à redire.',
		speaksAgainst: 'Un de vos financeurs pourrait y trouver à redire.',
		ask: 'Qui finance déjà ce projet, et l’une de ces aides en interdit-elle une autre ?'
	}),
	question({
		id: 'wish',
		question: 'En avons-nous envie ?',
		help: 'Dites-le franchement : personne d’autre que vous ne le lira.',
		speaksFor: 'Vous en avez envie.',
		speaksAgainst: 'L’envie n’y est pas.',
		ask: 'Qu’est-ce qui nous en donnerait envie : une autre place, une autre date, un projet plus petit ?'
	})
];
