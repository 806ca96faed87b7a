import { plusDays } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';

export const sides = ['need', 'offer'] as const;
export type Side = (typeof sides)[number];

/** The eight kinds of needs and offers (glossary). */
export const kinds = ['volunteers', 'equipment', 'premises', 'skill', 'finance', 'speaker', 'audience', 'notoriety'] as const;
export type Kind = (typeof kinds)[number];

/** How equipment is got; an offer says it the other way round: sold, let, lent. */
export const ways = ['buy', 'rent', 'borrow'] as const;
export type Way = (typeof ways)[number];

/** What is looked for or offered, as far as rules care. Days are `YYYY-MM-DD`. */
export type Said = {
	side: Side;
	kind: Kind;
	way: Way | null;
	lasting: boolean;
	startsOn: string | null;
	endsOn: string | null;
};

/** Days for which a need or an offer is held true when nothing else is said: a season once, a year when it lasts. */
export const holdsFor = { once: 91, lasting: 365 } as const;

/** Days during which one waits for an answer before closing softly. */
export const patience = 21;

/** The day after which one asks whether it still holds, or after which it has passed by itself. */
export function holdsUntil({ lasting, endsOn }: Pick<Said, 'lasting' | 'endsOn'>, today: string): string {
	const usual = plusDays(today, lasting ? holdsFor.lasting : holdsFor.once);
	return endsOn !== null && endsOn < usual ? endsOn : usual;
}

/** What is to be done with what may no longer hold: nothing, close it since its dates are over, ask, or close it since nobody answered. */
export function dueOf(
	{ endsOn, holdsUntil: until, askedOn }: { endsOn: string | null; holdsUntil: string; askedOn: string | null },
	today: string
): 'nothing' | 'passed' | 'ask' | 'silence' {
	if (endsOn !== null && endsOn < today) return 'passed';
	if (until >= today) return 'nothing';
	if (askedOn === null) return 'ask';
	return plusDays(askedOn, patience) < today ? 'silence' : 'nothing';
}

/** Dates that are over are no dates to look for, or to offer. */
export function datesToCome({ startsOn, endsOn }: Pick<Said, 'startsOn' | 'endsOn'>, today: string): void {
	if (startsOn !== null && endsOn !== null && endsOn < startsOn) throw new Refused('needs.ends-before', {}, 'endsOn');
	if ((endsOn ?? startsOn ?? today) < today) throw new Refused('needs.is-past', {}, endsOn === null ? 'startsOn' : 'endsOn');
}

/** A day alone is the whole of a thing that happens once. */
export const wholeOf = <S extends Pick<Said, 'lasting' | 'startsOn' | 'endsOn'>>(said: S): S =>
	!said.lasting && said.startsOn !== null && said.endsOn === null ? { ...said, endsOn: said.startsOn } : said;

/** Whether what is offered suits: there when it is needed, or at any time when no date is said; got in a way that is wanted. */
export const suits = (
	need: Pick<Said, 'way' | 'startsOn' | 'endsOn'>,
	offer: Pick<Said, 'way' | 'startsOn' | 'endsOn'>
): boolean =>
	(need.way === null || offer.way === null || need.way === offer.way || (need.way === 'rent' && offer.way === 'borrow')) &&
	(offer.endsOn ?? '9999') >= (need.startsOn ?? '0000') &&
	(offer.startsOn ?? '0000') <= (need.endsOn ?? '9999');
