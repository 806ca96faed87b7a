import { administers, type Actor } from '#platform/actor.ts';

/** An organisation that nobody manages can't invite: an administrator does, or an accompagnateur of a hub that it accepted. */
export const mayInviteFirst = (actor: Actor, { managers, accompanied }: { managers: number; accompanied: boolean }): boolean =>
	managers === 0 && actor.is === 'person' && (administers(actor) || accompanied);
