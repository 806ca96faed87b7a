import type { Item } from '../item.ts';

/** The kinds of line that an agreement reads. */
export type LineKind =
	| 'information'
	| 'objective'
	| 'need'
	| 'public'
	| 'role'
	| 'contribution'
	| 'limit'
	| 'decision'
	| 'task'
	| 'date'
	| 'risk'
	| 'indicator'
	| 'measure';

/** The topics of each kind that has some; a kind that is not here has none. */
export const topicsOfKind = {
	information: ['stakes', 'vision', 'words', 'methods', 'sessions', 'followup', 'communication'],
	objective: ['common', 'own'],
	need: ['money', 'people', 'infrastructure', 'planning'],
	contribution: ['money', 'equipment', 'premises', 'skill', 'hours', 'other'],
	decision: ['mode', 'conflict', 'funds', 'home', 'none'],
	date: ['project', 'administrative', 'impossible']
} as const satisfies Partial<Record<LineKind, readonly string[]>>;

/** A line that counts as proof: of this kind, and of one of these topics where they are given. */
export type Proof = {
	[Kind in LineKind]: Kind extends keyof typeof topicsOfKind
		? { kind: Kind; topics?: readonly (typeof topicsOfKind)[Kind][number][] }
		: { kind: Kind; topics?: undefined };
}[LineKind];

/** What an agreement must hold. */
export type ContentKey =
	| 'preamble'
	| 'name'
	| 'partners'
	| 'objectives'
	| 'methods'
	| 'sessions'
	| 'schedule'
	| 'decisions'
	| 'funds'
	| 'roles'
	| 'commitments'
	| 'followup';

/**
 * How a content is known to be present: `lines` when one line of any of these proofs is written; `lines of each partner` when every
 * accepted partner has one; `name` when the cooperation has a name; `partners` when at least two organisations have accepted.
 */
export type Presence =
	| { by: 'lines'; of: 'the cooperation' | 'each partner'; any: readonly Proof[] }
	| { by: 'name' }
	| { by: 'partners'; atLeast: 2 };

export type ContentPoint = Item & {
	id: ContentKey;
	label: string;
	/** One line that says what is expected. */
	help: string;
	/** What is said of it while it is missing, after “Il manque” and a colon. */
	missing: string;
	presence: Presence;
	step: 'define' | 'clarify' | 'plan' | 'evaluate';
};

const guide = 'Guides de terrain sur le partenariat, 2011 et 2015 : ce qu’une convention doit contenir, écrit ici avec nos mots.';

function point(id: ContentKey, of: Pick<ContentPoint, 'label' | 'help' | 'missing' | 'presence' | 'step'>): ContentPoint {
	return { id, language: 'fr', jurisdiction: 'any', version: 1, source: guide, ...of };
}

/** The twelve contents of a partnership agreement, in the order in which they are read. */
export const agreementContents: readonly ContentPoint[] = [
	point('preamble', {
		label: 'Préambule et but',
		help: 'Pourquoi les partenaires se réunissent, et ce qu’ils veulent changer.',
		missing: 'les enjeux du projet, en une phrase.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'information', topics: ['stakes', 'vision'] }] },
		step: 'define'
	}),
	point('name', {
		label: 'Nom du partenariat',
		help: 'Le nom sous lequel le projet sera connu.',
		missing: 'un nom pour le projet.',
		presence: { by: 'name' },
		step: 'define'
	}),
	point('partners', {
		label: 'Noms des partenaires',
		help: 'Les structures qui s’engagent, et la personne qui représente chacune.',
		missing: 'au moins deux structures qui ont accepté de participer.',
		presence: { by: 'partners', atLeast: 2 },
		step: 'define'
	}),
	point('objectives', {
		label: 'Attentes et objectifs',
		help: 'Ce que les partenaires veulent obtenir ensemble, et ce que chacun en attend.',
		missing: 'un objectif commun.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'objective', topics: ['common'] }] },
		step: 'define'
	}),
	point('methods', {
		label: 'Façons de travailler',
		help: 'Les moyens, les méthodes et le nombre de personnes.',
		missing: 'comment vous travaillez ensemble, et à combien.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'information', topics: ['methods'] }] },
		step: 'clarify'
	}),
	point('sessions', {
		label: 'Nombre de séances',
		help: 'Combien de séances ou de représentations, à quel rythme et où.',
		missing: 'le nombre de séances.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'information', topics: ['sessions'] }] },
		step: 'plan'
	}),
	point('schedule', {
		label: 'Calendrier',
		help: 'Les dates du projet et celles des démarches : autorisations, aides, bilan.',
		missing: 'une première date.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'date', topics: ['project', 'administrative'] }] },
		step: 'plan'
	}),
	point('decisions', {
		label: 'Façon de décider',
		help: 'Comment les partenaires décident, et ce qu’ils font quand ils ne sont pas d’accord.',
		missing: 'votre façon de décider ensemble.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'decision', topics: ['mode'] }] },
		step: 'clarify'
	}),
	point('funds', {
		label: 'Gestion de l’argent',
		help: 'Qui apporte quoi, pour payer quoi, et qui tient l’argent. « Aucun argent ne circule » est une réponse.',
		missing: 'qui tient l’argent et qui en rend compte.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'decision', topics: ['funds'] }] },
		step: 'clarify'
	}),
	point('roles', {
		label: 'Rôles et responsabilités',
		help: 'Qui répond de quoi devant les autres.',
		missing: 'au moins un rôle et la structure qui le tient.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'role' }] },
		step: 'clarify'
	}),
	point('commitments', {
		label: 'Engagements de chacun',
		help: 'Ce que chaque structure apporte ou fait : un apport, un rôle ou une tâche.',
		missing: 'ce que chaque structure apporte ou fait.',
		presence: { by: 'lines', of: 'each partner', any: [{ kind: 'contribution' }, { kind: 'role' }, { kind: 'task' }] },
		step: 'clarify'
	}),
	point('followup', {
		label: 'Suivi de l’action',
		help: 'Qui regarde où l’on en est, quand, et à quoi l’on verra que c’est réussi.',
		missing: 'comment vous suivez l’action, ou un indicateur.',
		presence: { by: 'lines', of: 'the cooperation', any: [{ kind: 'information', topics: ['followup'] }, { kind: 'indicator' }] },
		step: 'evaluate'
	})
];
