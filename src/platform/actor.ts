/** What an organisation lets a person do in its name; each includes those before it. */
export type May = 'discuss' | 'commit' | 'sign';

/** One organisation that a person belongs to today. */
export type Belonging = { organisationId: string; name: string; path: string; manager: boolean; may: May };

/** A person who signed in. `hubs` are the hubs for which they accompany. */
export type Person = {
	is: 'person';
	id: string;
	name: string;
	administrator: boolean;
	belongings: Belonging[];
	hubs: string[];
};

/** The bearer of a participation link: may do one thing, and nothing else. */
export type LinkBearer = {
	is: 'link';
	id: string;
	may: 'answer' | 'read' | 'accept';
	/** The poll, the meeting or the partner that the link opens. */
	thing: string;
	/** Who it was made for; null for an open link. */
	invitee: string | null;
	organisationId: string | null;
};

/** A job that nobody in particular caused. */
export type System = { is: 'system'; name: string };

export type Stranger = { is: 'stranger' };

/** Whoever asks. */
export type Actor = Person | LinkBearer | System | Stranger;

export const stranger: Stranger = { is: 'stranger' };

/** The id of the person who does it; null for a link, a job or a stranger. */
export const personOf = (actor: Actor): string | null => (actor.is === 'person' ? actor.id : null);

/** The organisations that the actor belongs to; none for a link, a job or a stranger. */
export const organisationsOf = (actor: Actor): string[] =>
	actor.is === 'person' ? actor.belongings.map(({ organisationId }) => organisationId) : [];

/** The hubs for which the actor accompanies. */
export const hubsOf = (actor: Actor): string[] => (actor.is === 'person' ? actor.hubs : []);

const ladder: May[] = ['discuss', 'commit', 'sign'];

/** Whether the actor may do this much in the name of that organisation. */
export function speaksFor(actor: Actor, organisationId: string, needed: May = 'discuss'): boolean {
	if (actor.is !== 'person') return false;
	const belonging = actor.belongings.find((one) => one.organisationId === organisationId);
	return belonging !== undefined && ladder.indexOf(belonging.may) >= ladder.indexOf(needed);
}

export const manages = (actor: Actor, organisationId: string): boolean =>
	actor.is === 'person' && actor.belongings.some((one) => one.organisationId === organisationId && one.manager);

export const administers = (actor: Actor): boolean => actor.is === 'person' && actor.administrator;
