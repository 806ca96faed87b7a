import { Refused } from '#platform/errors.ts';

/** Somebody always looks after the instance: the last one who does cannot stop. */
export function endable(administrators: string[], personId: string): void {
	if (!administrators.includes(personId)) throw new Refused('administration.not-administrator');
	if (administrators.length === 1) throw new Refused('administration.last-administrator');
}

/** The link of an account that was made for somebody lasts three days: they didn't ask for it, and may read it tomorrow. */
export const welcomeLinkLasts = 3 * 86_400_000;
