import { plusDays } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';
import { kinds, type Kind } from '#modules/needs/rules.ts';

export { kinds, type Kind };

/** Where an idea stands: others may join it, it sleeps until somebody wakes it, or it has become a cooperation. */
export const states = ['open', 'asleep', 'became'] as const;
export type State = (typeof states)[number];

/** As far as rules care. */
export type Standing = { asleepAt: Date | null; becameAt: Date | null; hiddenAt: Date | null };

export const stateOf = ({ asleepAt, becameAt }: Pick<Standing, 'asleepAt' | 'becameAt'>): State =>
	becameAt ? 'became' : asleepAt ? 'asleep' : 'open';

/** What has become a cooperation goes on there; what was hidden waits. Whoever joins what sleeps wakes it. */
export function stillOpen({ becameAt, hiddenAt }: Pick<Standing, 'becameAt' | 'hiddenAt'>): void {
	if (becameAt) throw new Refused('ideas.has-become');
	if (hiddenAt) throw new Refused('ideas.is-hidden');
}

/** Days without life after which one asks whether it still holds: a season. */
export const season = 91;

/** Days during which one waits for the answer. */
export const patience = 21;

/** Days that an inhabitant has to confirm an address. */
export const daysToConfirm = 7;

/** More ideas in a day are a machine’s: of one address, of all addresses of one commune, or of one account (somebody may type in those of a whole evening). */
export const mostADay = { address: 5, commune: 20, account: 50 } as const;

/** More things needed than this are no idea any more; more voices are a cooperation. */
export const needsAtMost = 12;
export const voicesAtMost = 200;

export const holdsUntil = (today: string): string => plusDays(today, season);

/** What is to be done with an idea without life: nothing, ask whoever dropped it, or let it sleep since nobody answered. */
export function dueOf(
	{ holdsUntil: until, askedOn }: { holdsUntil: string; askedOn: string | null },
	today: string
): 'nothing' | 'ask' | 'sleep' {
	if (until >= today) return 'nothing';
	if (askedOn === null) return 'ask';
	return plusDays(askedOn, patience) < today ? 'sleep' : 'nothing';
}

/** « Nadia Benali » → « Nadia »: all that is shown of somebody who speaks for nobody but themselves. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? '';

/** What the need of an idea is about, in the words of a cooperation's lines. */
export const topicOf: Record<Kind, 'money' | 'people' | 'infrastructure' | null> = {
	finance: 'money',
	equipment: 'infrastructure',
	premises: 'infrastructure',
	volunteers: 'people',
	skill: 'people',
	speaker: 'people',
	audience: null,
	notoriety: null
};
