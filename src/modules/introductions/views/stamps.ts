import type { Outcome, Standing } from '#modules/introductions/rules.ts';
import type { State } from '#ui/paper.ts';

/** The stamp of where an introduction stands. */
export const stampOf = (standing: Standing | Outcome): State =>
	standing === 'together' || standing === 'met' ? 'fait' : standing === 'given' ? 'cours' : 'attente';
