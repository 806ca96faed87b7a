import { hubsOf, manages, type Actor } from '#platform/actor.ts';
import { Refused } from '#platform/errors.ts';

/** Anybody who signed in may register an organisation: their own, or one that they want to work with. */
export const mayRegister = (actor: Actor): boolean => actor.is === 'person';

export const mayManage = (actor: Actor, organisationId: string): boolean => manages(actor, organisationId);

/** A member may leave; a manager may end anybody's membership. */
export const mayEndMembership = (actor: Actor, organisationId: string, personId: string): boolean =>
	actor.is === 'person' && (actor.id === personId || manages(actor, organisationId));

/** Anybody may answer the invitation whose secret they hold: the mail that brought it is the proof. */
export const mayAnswerInvitation = (): boolean => true;

/** One says one's own title; a manager says another's. */
export const maySayTitle = mayEndMembership;

export const abilities = (actor: Actor, organisationId: string) => ({
	manage: mayManage(actor, organisationId),
	/** A hub may propose to accompany any organisation; what it sees waits for an answer. */
	accompany: hubsOf(actor).length > 0,
	belongs: actor.is === 'person' && actor.belongings.some((one) => one.organisationId === organisationId)
});

/** The organisation in whose name a person acts; refuses one that isn't theirs. */
export function actingFor({ actor }: { actor: Actor }, organisationId: string | null): string {
	if (actor.is !== 'person') throw new Refused('organisations.sign-in-first');
	const { belongings } = actor;
	if (organisationId === null && belongings.length === 1) return belongings[0]!.organisationId;
	if (organisationId === null)
		throw new Refused(belongings.length ? 'organisations.choose-one' : 'organisations.none-yet', {}, 'actingFor');
	if (!belongings.some((one) => one.organisationId === organisationId))
		throw new Refused('organisations.not-yours', {}, 'actingFor');
	return organisationId;
}
