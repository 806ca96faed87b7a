import type { Placeholder } from './placeholders.ts';

/** How a placeholder is written, between braces, in the text that people edit: « {objectifs communs} ». */
export const markers: Record<Placeholder, string> = {
	'cooperation.name': 'nom du projet',
	'cooperation.place': 'lieu',
	'cooperation.sentence': 'le projet en une phrase',
	lead: 'chef de file',
	'pot.holder': 'qui tient le pot commun',
	'action.start': 'premier jour',
	'action.end': 'dernier jour',
	'agreement.copies': 'nombre d’exemplaires',
	stakes: 'enjeux',
	vision: 'vision partagée',
	words: 'mots communs',
	'objectives.common': 'objectifs communs',
	'objectives.own': 'objectifs de chacun',
	publics: 'publics',
	needs: 'besoins',
	methods: 'méthodes',
	sessions: 'séances',
	'dates.impossible': 'périodes impossibles',
	roles: 'rôles',
	limits: 'limites',
	'decision.mode': 'façon de décider',
	'decision.conflict': 'en cas de désaccord',
	'decision.funds': 'gestion de l’argent',
	'decision.home': 'accords internes',
	loans: 'prêts',
	communication: 'communication',
	followup: 'suivi',
	indicators: 'indicateurs',
	risks: 'risques',
	partners: 'tableau des partenaires',
	schedule: 'tableau des dates',
	commitments: 'tableau des engagements',
	budget: 'tableau du budget',
	signatures: 'tableau des signatures'
};

/** A paragraph that begins with « {si : enjeux} » stands only when there are some; with « {sans : enjeux} », only when there are none. */
export const conditions = { filled: 'si', empty: 'sans' } as const;
