import { hubsOf, speaksFor, type Actor } from '#platform/actor.ts';

/** The directory's needs and offers are for members of organisations; everybody else reads what was made public. */
export const readsAll = (actor: Actor): boolean =>
	actor.is === 'system' || (actor.is === 'person' && actor.belongings.length > 0);

/** Who speaks for an organisation says what it needs and offers; so does an accompagnateur of a hub that it accepted, in its name. */
export const maySayFor = (actor: Actor, organisationId: string, { accompanied }: { accompanied: boolean }): boolean =>
	speaksFor(actor, organisationId) || (hubsOf(actor).length > 0 && accompanied);

/** The job that asks whether what was said still holds. */
export const mayLookAfter = (actor: Actor): boolean => actor.is === 'system' && actor.name === 'look-after-needs';
