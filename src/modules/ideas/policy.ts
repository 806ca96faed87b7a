import { administers, hubsOf, organisationsOf, personOf, speaksFor, type Actor } from '#platform/actor.ts';

/** What a policy needs to know of an idea: whose voices stand in it, and which of the actor’s hubs answer for people in its commune. */
export type Facts = {
	voices: {
		id: string;
		organisationId: string | null;
		personId: string | null;
		dropped: boolean;
		confirmedAt: Date | null;
	}[];
	hubs: string[];
};

/** Anybody drops an idea and anybody joins one: for themselves, or for an organisation that they speak for. */
export const maySpeak = (actor: Actor, organisationId: string | null): boolean =>
	organisationId === null ? actor.is === 'person' || actor.is === 'stranger' : speaksFor(actor, organisationId);

/** Whether a voice is the actor’s: of an organisation that they speak for, their own, or the one that their link was made for. */
export const isMine = (actor: Actor, voice: Facts['voices'][number]): boolean =>
	(actor.is === 'link' && actor.may === 'answer' && actor.thing === voice.id) ||
	(voice.organisationId === null
		? voice.personId !== null && voice.personId === personOf(actor)
		: speaksFor(actor, voice.organisationId));

/** Those who dropped it or joined, and confirmed their address, shape it: what it would be, what it needs, whether it still holds. */
export const mayShape = (actor: Actor, { voices }: Facts): boolean =>
	voices.some((one) => one.confirmedAt !== null && isMine(actor, one));

/** One takes oneself out, and nobody else. */
export const mayTakeOut = (actor: Actor, voice: Facts['voices'][number]): boolean => isMine(actor, voice);

/** The organisations of the actor that dropped it or joined: one of them makes a cooperation of it. */
export const beginsFor = (actor: Actor, { voices }: Facts): string[] =>
	organisationsOf(actor).filter((id) => speaksFor(actor, id) && voices.some(({ organisationId }) => organisationId === id));

/** A house told to answer for people there, or an administrator, hides what must not be read, with a reason; and shows it again. */
export const mayHide = (actor: Actor, { hubs }: Pick<Facts, 'hubs'>): boolean =>
	administers(actor) || hubsOf(actor).some((one) => hubs.includes(one));

/** The job that asks whether an idea still holds, and forgets what nobody confirmed. */
export const mayLookAfter = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'look-after-ideas';

/** The job that tells inhabitants by mail what became of an idea. */
export const mayTellInhabitants = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'tell-inhabitants';

/** One erases what tells who oneself is. */
export const mayErase = (actor: Actor): boolean => actor.is === 'person';
