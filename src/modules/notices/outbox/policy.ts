import { administers, type Actor } from '#platform/actor.ts';

const isJob = (actor: Actor, name: string): boolean => actor.is === 'system' && actor.name === name;

/** One job hands mails over, and nobody else. */
export const mayHandOver = (actor: Actor): boolean => isJob(actor, 'deliver-mails');

/** One job forgets what was sent long ago. */
export const maySweep = (actor: Actor): boolean => isJob(actor, 'sweep-mails');

/** Whoever looks after the instance reads the outbox: without an SMTP server they pass the mails on by hand. */
export const mayReadOutbox = (actor: Actor): boolean => administers(actor);
