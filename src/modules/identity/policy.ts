import { administers, hubsOf, manages, type Actor } from '#platform/actor.ts';

/** Whether a hub that the actor accompanies for has been accepted by the organisation. */
export type Around = { accompanied: boolean };

/** An organisation's official records are said by those who manage it, by a hub that it accepted, or by an administrator. */
export const mayRelate = (actor: Actor, organisationId: string, { accompanied }: Around): boolean =>
	administers(actor) || manages(actor, organisationId) || (actor.is === 'person' && accompanied);

/** A record of a register is entered in the directory without being claimed by an accompagnateur, or by an administrator. */
export const mayEnter = (actor: Actor): boolean => administers(actor) || hubsOf(actor).length > 0;

/** Two organisations are made one by an administrator, or by an accompagnateur whom both accepted. */
export const mayMerge = (actor: Actor, around: Around[]): boolean =>
	administers(actor) || (actor.is === 'person' && around.length > 0 && around.every(({ accompanied }) => accompanied));
