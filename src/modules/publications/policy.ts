import { speaksFor, type Actor } from '#platform/actor.ts';
import { mayTakePart, speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';
import { carries, standingOf } from '#modules/cooperations/rules.ts';

/** Any member of an accepted partner proposes what the page shows. */
export const mayPropose = (actor: Actor, facts: Facts): boolean => mayTakePart(actor, facts);

const commitsAmong = (actor: Actor, facts: Facts, carrying: boolean): string[] =>
	facts.partners
		.filter((one) => standingOf(one) === 'accepted' && carries(one.role) === carrying)
		.map(({ organisationId }) => organisationId)
		.filter((organisationId) => speaksFor(actor, organisationId, 'commit'));

/** Yes, no, or no longer: each for itself, by those who may commit it, among the partners who carry the cooperation. */
export const answersFor = (actor: Actor, facts: Facts): string[] => commitsAmong(actor, facts, true);

/** The other partners say whether the page names them. */
export const choosesNameFor = (actor: Actor, facts: Facts): string[] => commitsAmong(actor, facts, false);

/** A line that is not for everyone is put on the page by its own organisation alone. */
export const mayShow = (line: { audience: string; actingFor: string }, by: string): boolean =>
	line.audience === 'everyone' || line.actingFor === by;

/** Anybody sends an idea to a page that is public. */
export const maySendIdea = (): boolean => true;

/** Ideas and how to answer them are the partners’: they keep or erase them. */
export const mayHandleIdeas = (actor: Actor, facts: Facts): boolean => speaksHereFor(actor, facts).length > 0;

/** One job forgets what is old. */
export const maySweep = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'sweep-ideas';
