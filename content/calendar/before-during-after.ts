import type { Item } from '../item.ts';

/** When an item falls, from the first day of the action, its middle or its last day; `days` is negative before. */
export type Offset = { words: string; from: 'start' | 'middle' | 'end'; days: number };

export type ScheduleItem = Item & {
	phase: 'before' | 'during' | 'after';
	label: string;
	/** One line that says what it is good for. */
	help: string;
	nature: 'project' | 'administrative';
	starts: Offset;
	/** Where it is a period rather than a day. */
	ends?: Offset;
};

function item(id: string, of: Omit<ScheduleItem, 'id' | 'language' | 'jurisdiction' | 'version' | 'source'>): ScheduleItem {
	return {
		id,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source:
			'Grandes étapes d’un guide de terrain de 2011, écrites avec nos mots ; les délais sont des propositions de ce projet, à adapter.',
		...of
	};
}

/** A proposal of dates around an action. Each is proposed as a line that the partners keep, move or leave out; none is a norm. */
export const beforeDuringAfter: readonly ScheduleItem[] = [
	item('first-talk', {
		phase: 'before',
		label: 'Première rencontre, sans engagement',
		help: 'Faire connaissance, voir comment chacun travaille, laisser venir une idée.',
		nature: 'project',
		starts: { words: 'neuf mois avant l’action', from: 'start', days: -270 }
	}),
	item('exchanges', {
		phase: 'before',
		label: 'Échanges pour enrichir le projet',
		help: 'Dire ce que chacun peut et ne peut pas, qui ferait quoi.',
		nature: 'project',
		starts: { words: 'de huit mois', from: 'start', days: -240 },
		ends: { words: 'à quatre mois avant l’action', from: 'start', days: -120 }
	}),
	item('grant-requests', {
		phase: 'before',
		label: 'Demandes de subvention',
		help: 'Souvent l’année d’avant. Vérifier qu’une aide n’en interdit pas une autre.',
		nature: 'administrative',
		starts: { words: 'sept mois avant l’action', from: 'start', days: -210 }
	}),
	item('home-approvals', {
		phase: 'before',
		label: 'Accord de chaque structure',
		help: 'Noter les dates des bureaux, des conseils et des assemblées de tous les partenaires.',
		nature: 'administrative',
		starts: { words: 'quatre mois avant l’action', from: 'start', days: -120 }
	}),
	item('agreement-meeting', {
		phase: 'before',
		label: 'Rencontre pour relire et signer',
		help: 'Relire ensemble le projet ou la convention, corriger, signer.',
		nature: 'project',
		starts: { words: 'trois mois avant l’action', from: 'start', days: -90 }
	}),
	item('authorisations', {
		phase: 'before',
		label: 'Autorisations : salle, rue, sécurité, droits d’auteur',
		help: 'Demander à chaque service son délai : il varie d’un lieu à l’autre.',
		nature: 'administrative',
		starts: { words: 'deux mois avant l’action', from: 'start', days: -60 }
	}),
	item('set-up', {
		phase: 'before',
		label: 'Réunion de mise en place',
		help: 'Qui ouvre, qui accueille, qui apporte le matériel. Fixer aussi la date du bilan.',
		nature: 'project',
		starts: { words: 'un mois avant l’action', from: 'start', days: -30 }
	}),
	item('insurance', {
		phase: 'before',
		label: 'Attestations d’assurance réunies',
		help: 'Les lieux, le public, les bénévoles, les trajets.',
		nature: 'administrative',
		starts: { words: 'trois semaines avant l’action', from: 'start', days: -21 }
	}),
	item('sessions', {
		phase: 'during',
		label: 'Séances de l’action',
		help: 'Le jour, l’heure et le rythme ; les horaires des lieux, des loueurs et des intervenants.',
		nature: 'project',
		starts: { words: 'du premier jour', from: 'start', days: 0 },
		ends: { words: 'au dernier jour de l’action', from: 'end', days: 0 }
	}),
	item('halfway', {
		phase: 'during',
		label: 'Point d’étape',
		help: 'Ce qui va, ce qui ne va pas, ce que l’on change pour la suite.',
		nature: 'project',
		starts: { words: 'à mi-parcours', from: 'middle', days: 0 }
	}),
	item('thanks', {
		phase: 'after',
		label: 'Remerciements',
		help: 'Aux bénévoles, aux intervenants, aux voisins, à ceux qui ont prêté.',
		nature: 'project',
		starts: { words: 'une semaine après l’action', from: 'end', days: 7 }
	}),
	item('review-draft', {
		phase: 'after',
		label: 'Chiffres réunis et bilan envoyé à relire',
		help: 'Présences, dépenses, paroles de participants, photos autorisées.',
		nature: 'project',
		starts: { words: 'deux semaines après l’action', from: 'end', days: 14 }
	}),
	item('review-meeting', {
		phase: 'after',
		label: 'Réunion de bilan',
		help: 'Fixée longtemps avant, tenue peu après. Chacun corrige le bilan et dit s’il veut continuer.',
		nature: 'project',
		starts: { words: 'trois semaines après l’action', from: 'end', days: 21 }
	}),
	item('handing-over', {
		phase: 'after',
		label: 'Bilan et réalisations remis aux partenaires',
		help: 'Le bilan corrigé, les films, les textes, les images, pour tous.',
		nature: 'project',
		starts: { words: 'six semaines après l’action', from: 'end', days: 42 }
	}),
	item('next', {
		phase: 'after',
		label: 'La suite, décidée ensemble',
		help: 'Recommencer, faire autrement, ou s’arrêter là et rester en lien.',
		nature: 'project',
		starts: { words: 'deux mois après l’action', from: 'end', days: 60 }
	}),
	item('accounts', {
		phase: 'after',
		label: 'Comptes rendus aux financeurs',
		help: 'Chaque financeur a son délai et son formulaire : les relire dès l’accord.',
		nature: 'administrative',
		starts: { words: 'trois mois après l’action', from: 'end', days: 90 }
	})
];
