import { administers, hubsOf, type Actor } from '#platform/actor.ts';

/** Whoever accompanies for a hub, and the administrators, draw territories: everyone finds by them, and they grant nothing. */
export const mayDraw = (actor: Actor): boolean => hubsOf(actor).length > 0 || administers(actor);

/** Official files are brought by the administrators. */
export const mayImport = (actor: Actor): boolean => administers(actor);
