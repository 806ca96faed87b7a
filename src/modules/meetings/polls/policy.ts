import { mayNoteFor, mayTakePart, speaksHereFor, type Facts } from '#modules/cooperations/policy.ts';
import type { Actor } from '#platform/actor.ts';
import { standingOf } from '#modules/cooperations/rules.ts';

type Poll = { id: string; actingFor: string };

/** Any member of an accepted partner may ask the others for a date. */
export const mayOpenPoll = (actor: Actor, facts: Facts): boolean => mayTakePart(actor, facts);

/** An answer belongs to its author: the person who signed in, or the bearer of the link that was made for them. */
export const mayAnswerAs = (actor: Actor, poll: Pick<Poll, 'id'>, invitee: { id: string; personId: string | null }): boolean =>
	actor.is === 'link'
		? actor.may === 'answer' && actor.thing === poll.id && actor.invitee === invitee.id
		: actor.is === 'person' && invitee.personId === actor.id;

/** Whoever bears the open link says who they are, once. */
export const mayIntroduce = (actor: Actor, poll: Pick<Poll, 'id'>): boolean =>
	actor.is === 'link' && actor.may === 'answer' && actor.thing === poll.id && actor.invitee === null;

/** A poll is run by the organisation that opened it, whoever is there; by any partner once that one has left. */
export const mayRunPoll = (actor: Actor, facts: Facts, poll: Pick<Poll, 'actingFor'>): boolean => {
	const mine = speaksHereFor(actor, facts);
	const there = facts.partners.some((one) => one.organisationId === poll.actingFor && standingOf(one) === 'accepted');
	return there ? mine.includes(poll.actingFor) : mine.length > 0;
};

/** Those who run the poll, and the hub that accompanies, note what somebody answers by telephone. */
export const mayNoteAnswer = (actor: Actor, facts: Facts, poll: Pick<Poll, 'actingFor'>): boolean =>
	mayRunPoll(actor, facts, poll) || mayNoteFor(actor, facts);

export const abilities = (actor: Actor, facts: Facts, poll: Pick<Poll, 'actingFor'>) => ({
	answer: !facts.endedAt && mayTakePart(actor, facts),
	run: !facts.endedAt && mayRunPoll(actor, facts, poll),
	note: !facts.endedAt && mayNoteAnswer(actor, facts, poll)
});
