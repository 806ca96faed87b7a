import { administers, hubsOf, type Actor } from '#platform/actor.ts';

/** Lists are brought by administrators and by accompagnateurs. */
export const mayBringList = (actor: Actor): boolean => administers(actor) || hubsOf(actor).length > 0;
