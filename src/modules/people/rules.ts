import { Refused } from '#platform/errors.ts';

const minute = 60_000;
const day = 86_400_000;

/** An entry link signs in once, within half an hour. The first administrator's lasts a day: they are at the terminal. */
export const entryLinkLasts = 30 * minute;
export const firstEntryLinkLasts = day;

/** A link that was used or expired says so for a month; then it is as unknown as any other. */
export const usedLinksKept = 30 * day;

/** A new address is proven within two days. Five requests a day: nobody is written to without end. */
export const addressChangeLasts = 2 * day;
export const addressChangesADay = 5;

/** A session ends after sixty days. */
export const sessionLasts = 60 * day;

export type EntryLink = { personId: string | null; expiresAt: Date; usedAt: Date | null };

/** Says whether an entry link can still be used. */
export function usable(link: EntryLink, now: Date): void {
	if (link.usedAt) throw new Refused('people.link-used');
	if (link.expiresAt <= now) throw new Refused('people.link-expired');
}

/** Attempts allowed within a quarter of an hour: for one e-mail, and for one network address, which a whole house shares. */
export const attemptsAllowed = { email: 6, network: 40 };
export const attemptsCountFor = 15 * minute;

/** Refuses one attempt too many, whoever it speaks of: the sentence is the same for an e-mail that does not exist. */
export function withinRate(recent: { email: number; network: number }): void {
	if (recent.email > attemptsAllowed.email || recent.network > attemptsAllowed.network)
		throw new Refused('people.too-many-attempts');
}

/** A path of this product, or the home page: nobody can be sent elsewhere by a forged link. */
export const safePath = (path: string | null | undefined): string =>
	path && /^\/(?![/\\])[^\s\\]*$/.test(path) && path.length < 2000 ? path : '/';

/** « Nadia Benali » → « NB ». */
export function initialsOf(name: string): string {
	const words = name.split(/[\s-]+/).filter((word) => /\p{L}/u.test(word));
	const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.match(/\p{L}/u)?.[0] ?? '');
	return letters.join('').toUpperCase() || '?';
}
