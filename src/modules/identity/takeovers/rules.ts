import { Refused } from '#platform/errors.ts';

/** Those who manage have this long to say that they are still there. */
export const objectionsLast = 15 * 86_400_000;

type Takeover = { grantedAt: Date | null; refusedAt: Date | null; withdrawnAt: Date | null; objectionsUntil: Date };

export const stateOf = ({ grantedAt, refusedAt, withdrawnAt }: Takeover): 'granted' | 'refused' | 'withdrawn' | 'waiting' =>
	grantedAt ? 'granted' : refusedAt ? 'refused' : withdrawnAt ? 'withdrawn' : 'waiting';

/** A takeover is answered once. */
export function answerable(takeover: Takeover): void {
	if (stateOf(takeover) !== 'waiting') throw new Refused('identity.takeover-answered');
}

/** It is given when the time to object has passed, never before: nobody is replaced behind their back. */
export function grantable(takeover: Takeover, now: Date): void {
	answerable(takeover);
	if (takeover.objectionsUntil > now) throw new Refused('identity.takeover-too-early');
}
