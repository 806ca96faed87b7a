import { hubsOf, manages, organisationsOf, type Actor } from '#platform/actor.ts';

/** Whom to do it with is asked by members of an organisation, for it; and by an accompagnateur for one that accepted its hub. */
export const mayAskFor = (actor: Actor, organisationId: string, { accompanied }: { accompanied: boolean }): boolean =>
	organisationsOf(actor).includes(organisationId) || (hubsOf(actor).length > 0 && accompanied);

/** Whether it may be suggested is said by those who manage an organisation. */
export const mayChoose = (actor: Actor, organisationId: string): boolean => manages(actor, organisationId);
