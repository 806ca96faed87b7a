import { createHash } from 'node:crypto';
import { sharedDomains } from '#content/mail/shared-domains.ts';
import { Refused } from '#platform/errors.ts';

export const ways = ['address', 'letter', 'vouch'] as const;
export type Way = (typeof ways)[number];

const days = 86_400_000;
/** A code by mail is read the same day; a letter is posted, carried, opened at a board meeting. */
export const codeLasts = { address: days, letter: 60 * days };
/** What is asked waits this long for somebody's word. */
export const claimLasts = 60 * days;
export const triesGiven = 5;
/** One person asks for a few at once; one organisation's mailbox is not filled by others. */
export const waitingAtOnce = 3;
export const codesADay = 5;

export type ClaimState = 'waiting' | 'granted' | 'refused' | 'withdrawn' | 'expired';

export function stateOf(
	claim: { grantedAt: Date | null; refusedAt: Date | null; withdrawnAt: Date | null; expiresAt: Date },
	now: Date
): ClaimState {
	if (claim.grantedAt) return 'granted';
	if (claim.refusedAt) return 'refused';
	if (claim.withdrawnAt) return 'withdrawn';
	return claim.expiresAt <= now ? 'expired' : 'waiting';
}

/** Only a claim that waits can be answered. */
export function answerable(state: ClaimState): void {
	if (state !== 'waiting') throw new Refused(`identity.claim-${state}`);
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** The host of a site as people write it, without « www. »; null when there is none. */
export function hostOf(website: string | null): string | null {
	if (!website) return null;
	const url = URL.parse(/^https?:\/\//i.test(website.trim()) ? website.trim() : `https://${website.trim()}`);
	const host = url?.hostname.toLowerCase().replace(/^www\./, '') ?? null;
	return host && host.includes('.') ? host : null;
}

/** Whether anybody may open a mailbox or a page there. */
const isShared = (host: string): boolean => [...sharedDomains].some((shared) => host === shared || host.endsWith(`.${shared}`));

/** What is known of an organisation, and by whom, of what the claimant did not write. */
export type Known = { by: 'register' | 'directory'; website: string | null; email: string | null };

/**
 * By which source an address is the organisation's own: the very address that the source holds, or one on the domain of its site or
 * of its address. A domain where anybody opens a mailbox proves nothing.
 */
export function provenBy(email: string, known: Known[]): Known['by'] {
	const written = email.trim().toLowerCase();
	const exact = known.find((one) => one.email?.toLowerCase() === written);
	if (exact) return exact.by;
	const domain = domainOf(written);
	if (isShared(domain)) throw new Refused('identity.claim-shared-domain', { domain }, 'email');
	const own = known.find((one) => hostOf(one.website) === domain || (one.email !== null && domainOf(one.email) === domain));
	if (!own) throw new Refused('identity.claim-other-domain', { domain }, 'email');
	return own.by;
}

/** Read aloud and by hand: no letter that looks like a figure or like another, and no vowel. */
const alphabet = 'CFHJKMNPRTWXY3479';

/** The code that a key makes: eight signs, in two groups. The same key always makes the same. */
export function codeFrom(key: string): string {
	const signs: string[] = [];
	for (let round = 0; signs.length < 8; round++)
		for (const byte of createHash('sha256').update(`${round} ${key}`).digest())
			if (byte < 255 - (255 % alphabet.length) && signs.length < 8) signs.push(alphabet[byte % alphabet.length]!);
	return `${signs.slice(0, 4).join('')}-${signs.slice(4).join('')}`;
}

/** A code as it is compared: whatever the case, the spaces and the dashes. */
export const readCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
