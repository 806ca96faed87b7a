import { speaksFor, type Actor } from '#platform/actor.ts';

/** Any of its people organises a draw in the name of an organisation. */
export const mayDraw = (actor: Actor, organisationId: string): boolean => speaksFor(actor, organisationId);

/** Reminding those who present is done by nobody in particular. */
export const mayRemindPresenters = (actor: Actor): boolean => actor.is === 'system';
