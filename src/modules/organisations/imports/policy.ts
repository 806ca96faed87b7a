import { administers, hubsOf, type Actor } from '#platform/actor.ts';

/** Lists are brought by administrators and by accompagnateurs, and at the terminal of the service. */
export const mayBringList = (actor: Actor): boolean => actor.is === 'system' || administers(actor) || hubsOf(actor).length > 0;
