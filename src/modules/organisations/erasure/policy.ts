import type { Actor } from '#platform/actor.ts';

/** One erases oneself, and nobody else. */
export const mayErase = (actor: Actor, personId: string): boolean => actor.is === 'person' && actor.id === personId;
