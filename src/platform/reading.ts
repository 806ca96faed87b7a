import { createHash } from 'node:crypto';

/** What somebody read before they wrote, in a few signs: sent along with a form, it tells when another wrote in between. */
export const readingOf = (what: unknown): string =>
	createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 16);
