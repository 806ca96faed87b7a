import { speaksFor, type Actor } from '#platform/actor.ts';
import { speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';
import { personal, type Line } from './rules.ts';

/** A member of an accepted partner writes in its name. */
export const mayWrite = (actor: Actor, facts: Facts, actingFor: string): boolean =>
	speaksHereFor(actor, facts).includes(actingFor);

/** What is one partner's own is revised by that partner; what is common, by any partner. */
export const mayRevise = (
	actor: Actor,
	facts: Facts,
	line: Pick<Line, 'kind' | 'topic' | 'actingFor' | 'audience' | 'whoOrganisation'>
): boolean => {
	const mine = speaksHereFor(actor, facts);
	if (line.audience === 'organisation' || personal(line.kind, line.topic))
		return mine.includes(line.actingFor) || (line.whoOrganisation !== null && mine.includes(line.whoOrganisation));
	return mine.length > 0;
};

/** Done, withdrawn, open again: whoever may revise it, and those who were asked to do it. */
export const mayMark = (actor: Actor, facts: Facts, line: Parameters<typeof mayRevise>[2] & Pick<Line, 'whoPerson'>): boolean =>
	mayRevise(actor, facts, line) || (actor.is === 'person' && line.whoPerson === actor.id);

/** Sharing what was kept at home is an act of that organisation. */
export const mayShare = (actor: Actor, facts: Facts, line: Pick<Line, 'actingFor' | 'audience'>): boolean =>
	line.audience === 'organisation' && speaksFor(actor, line.actingFor) && speaksHereFor(actor, facts).includes(line.actingFor);

/** What somebody may do with a line: the buttons beside it. */
export const abilitiesOn = (
	actor: Actor,
	facts: Facts & { endedAt: Date | null },
	line: Parameters<typeof mayMark>[2]
): { revise: boolean; mark: boolean; share: boolean } =>
	facts.endedAt
		? { revise: false, mark: false, share: false }
		: { revise: mayRevise(actor, facts, line), mark: mayMark(actor, facts, line), share: mayShare(actor, facts, line) };
