import type { Proof } from './contents.ts';

/**
 * What a clause leaves open, and the agreement fills from the lines and the partners.
 * `words` stands inside a sentence, between braces; `list` is one item a line; `table` is a table of its own.
 */
export type PlaceholderShape = 'words' | 'list' | 'table';

export type Meaning = {
	shape: PlaceholderShape;
	/** What it stands for. A table's columns are said here. */
	means: string;
	/** The lines it reads; none when it comes from the cooperation, its partners or the agreement itself. */
	reads?: readonly Proof[];
};

/** The whole vocabulary: a clause uses nothing else. */
export const placeholders = {
	'cooperation.name': { shape: 'words', means: 'the name of the cooperation' },
	'cooperation.place': { shape: 'words', means: 'where the action takes place, when it is written' },
	'cooperation.sentence': { shape: 'list', means: 'the one sentence in which the cooperation was begun' },
	lead: { shape: 'words', means: 'the name of the lead partner, when there is one' },
	'pot.holder': { shape: 'words', means: 'the names of the partners that hold money for the others' },
	'action.start': { shape: 'words', means: 'the first day of the project’s dates « during », in words' },
	'action.end': { shape: 'words', means: 'the last day of the project’s dates « during », in words' },
	'agreement.copies': { shape: 'words', means: 'the number of signed originals: one for each partner' },

	stakes: { shape: 'list', means: 'the stakes', reads: [{ kind: 'information', topics: ['stakes'] }] },
	vision: { shape: 'list', means: 'the shared vision', reads: [{ kind: 'information', topics: ['vision'] }] },
	words: { shape: 'list', means: 'the common words', reads: [{ kind: 'information', topics: ['words'] }] },
	'objectives.common': { shape: 'list', means: 'the common objectives', reads: [{ kind: 'objective', topics: ['common'] }] },
	'objectives.own': {
		shape: 'list',
		means: 'each partner’s own objectives, with its name, when it shares them',
		reads: [{ kind: 'objective', topics: ['own'] }]
	},
	publics: { shape: 'list', means: 'whom the action is for', reads: [{ kind: 'public' }] },
	needs: { shape: 'list', means: 'what is needed', reads: [{ kind: 'need' }] },
	methods: { shape: 'list', means: 'ways of working', reads: [{ kind: 'information', topics: ['methods'] }] },
	sessions: { shape: 'list', means: 'number and rhythm of the sessions', reads: [{ kind: 'information', topics: ['sessions'] }] },
	'dates.impossible': {
		shape: 'list',
		means: 'the periods when a partner is not available, with its name',
		reads: [{ kind: 'date', topics: ['impossible'] }]
	},
	roles: { shape: 'list', means: 'who answers for what', reads: [{ kind: 'role' }] },
	limits: { shape: 'list', means: 'how far each partner can go, with its name', reads: [{ kind: 'limit' }] },
	'decision.mode': { shape: 'list', means: 'how decisions are taken', reads: [{ kind: 'decision', topics: ['mode'] }] },
	'decision.conflict': {
		shape: 'list',
		means: 'what is done in a disagreement',
		reads: [{ kind: 'decision', topics: ['conflict'] }]
	},
	'decision.funds': { shape: 'list', means: 'how money is managed', reads: [{ kind: 'decision', topics: ['funds'] }] },
	'decision.home': {
		shape: 'list',
		means: 'who must agree inside each organisation, with its name',
		reads: [{ kind: 'decision', topics: ['home'] }]
	},
	loans: {
		shape: 'list',
		means: 'equipment and premises that partners bring, with name and value',
		reads: [{ kind: 'contribution', topics: ['equipment', 'premises'] }]
	},
	communication: { shape: 'list', means: 'who says what to whom', reads: [{ kind: 'information', topics: ['communication'] }] },
	followup: { shape: 'list', means: 'how the action is followed', reads: [{ kind: 'information', topics: ['followup'] }] },
	indicators: { shape: 'list', means: 'indicators with their targets', reads: [{ kind: 'indicator' }] },
	risks: { shape: 'list', means: 'what could go wrong and the answer to it', reads: [{ kind: 'risk' }] },

	partners: { shape: 'table', means: 'partners: name and kind, number in a register, role, who represents it and as what' },
	schedule: {
		shape: 'table',
		means: 'dates: before, during, after · day or period · what happens · project or administrative',
		reads: [{ kind: 'date', topics: ['project', 'administrative'] }]
	},
	commitments: {
		shape: 'table',
		means: 'commitments, one row a partner: what it brings, answers for, does and by when',
		reads: [{ kind: 'contribution' }, { kind: 'role' }, { kind: 'task' }]
	},
	budget: {
		shape: 'table',
		means:
			'budget: who brings · what, in money or in kind · value · what for · who holds it; totals by currency, money apart from kind',
		reads: [{ kind: 'contribution' }]
	},
	signatures: { shape: 'table', means: 'signatures, one row a partner: name, person, capacity, date, room to sign' }
} as const satisfies Record<string, Meaning>;

export type Placeholder = keyof typeof placeholders;
type Shaped<Shape extends PlaceholderShape> = {
	[Name in Placeholder]: (typeof placeholders)[Name]['shape'] extends Shape ? Name : never;
}[Placeholder];
export type ListPlaceholder = Shaped<'list'>;
export type TablePlaceholder = Shaped<'table'>;
