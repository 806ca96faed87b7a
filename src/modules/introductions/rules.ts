import { Refused } from '#platform/errors.ts';

export const answers = ['yes', 'not_now'] as const;
export type Answer = (typeof answers)[number];

/** What came of it, in words that commit to nothing. */
export const outcomes = ['together', 'met', 'not_yet', 'nothing'] as const;
export type Outcome = (typeof outcomes)[number];

/** One organisation that is introduced to others. */
export type Introduced = {
	id: string;
	organisationId: string;
	answer: Answer | null;
	answeredAt: Date | null;
	outcome: Outcome | null;
	outcomeAt: Date | null;
};

/** Six weeks after addresses were given, each is asked what came of it. */
export const outcomeAfter = 42 * 86_400_000;

/** Whoever has said nothing after ten days is reminded, once; after ninety, the question is no longer asked. */
export const reminderAfter = 10 * 86_400_000;
export const askedFor = 90 * 86_400_000;

/** How many an organisation makes within a day: a mail to somebody is no small thing. */
export const mostInADay = 20;

/** « Fil et Lumière et La Passerelle »: the others, as one says them. */
export const listed = (names: string[]): string => new Intl.ListFormat('fr', { type: 'conjunction' }).format(names);

/** Those whom a page names: who may be reached as soon as one may, before that all who are proposed. */
export const namedIn = (it: { contacts: { name: string }[]; others: { name: string }[] }): string =>
	listed((it.contacts.length ? it.contacts : it.others).map(({ name }) => name));

/** Two or three, each once, and not the one that introduces them. */
export function introducible(organisationIds: string[], madeFor: string): string[] {
	const chosen = [...new Set(organisationIds)];
	if (chosen.includes(madeFor)) throw new Refused('introductions.not-oneself', {}, 'organisations');
	if (chosen.length < 2 || chosen.length > 3) throw new Refused('introductions.two-or-three', {}, 'organisations');
	return chosen;
}

/** One may change one's mind, until the others were told how to reach one. */
export function answerable(place: Introduced, given: boolean, answer: Answer): void {
	if (given && place.answer === 'yes' && answer !== 'yes') throw new Refused('introductions.already-given');
}

/** Those who said yes: they learn how to reach one another as soon as there are two. */
export const willing = <P extends Pick<Introduced, 'answer'>>(places: P[]): P[] => {
	const yes = places.filter(({ answer }) => answer === 'yes');
	return yes.length >= 2 ? yes : [];
};

/** What one may know of another's answer: « yes » once both said it; otherwise that it is awaited. A refusal never shows. */
export const seenAnswer = (mine: Pick<Introduced, 'answer'>, other: Pick<Introduced, 'answer'>): 'yes' | 'awaited' =>
	mine.answer === 'yes' && other.answer === 'yes' ? 'yes' : 'awaited';

/** Where an introduction stands, for whoever made it. */
export type Standing = 'waiting' | 'given' | 'refused' | Outcome;
export function standingOf(places: Pick<Introduced, 'answer' | 'outcome'>[]): Standing {
	const best = outcomes.find((one) => places.some(({ outcome }) => outcome === one));
	if (best) return best;
	if (willing(places).length) return 'given';
	return places.filter(({ answer }) => answer !== 'not_now').length < 2 ? 'refused' : 'waiting';
}
