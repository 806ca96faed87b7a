import { administers, hubsOf, type Actor } from '#platform/actor.ts';

/** Whoever accompanies for a hub, and the administrators, draw territories: everyone finds by them, and they grant nothing. */
export const mayDraw = (actor: Actor): boolean => hubsOf(actor).length > 0 || administers(actor);

/** The house that drew a territory takes it away, and the administrators any. */
export const mayEnd = (actor: Actor, drawnFor: string | null): boolean =>
	administers(actor) || (drawnFor !== null && hubsOf(actor).includes(drawnFor));

/** Official files are brought by the administrators. */
export const mayImport = (actor: Actor): boolean => administers(actor);
