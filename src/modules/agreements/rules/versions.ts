import { createHash } from 'node:crypto';
import { Refused } from '#platform/errors.ts';
import type { Content } from './compile.ts';

const sorted = (value: unknown): unknown =>
	Array.isArray(value)
		? value.map(sorted)
		: value !== null && typeof value === 'object'
			? Object.fromEntries(
					Object.entries(value)
						.toSorted(([a], [b]) => (a < b ? -1 : 1))
						.map(([key, inside]) => [key, sorted(inside)])
				)
			: typeof value === 'string'
				? value.normalize('NFC')
				: value;

/** The one way to write a content: names in order, no blank, composed letters. The same content always gives the same bytes. */
export const canonical = (content: Content): string => JSON.stringify(sorted(content));

/** The fingerprint that is printed: SHA-256 of the canonical content, which holds neither date nor number of version. */
export const fingerprint = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Nothing new would be frozen; and what is frozen is what was read. */
export function freezable({
	sha256,
	read,
	last,
	parties,
	articles
}: {
	sha256: string;
	read: string;
	last: string | null;
	parties: number;
	articles: number;
}): void {
	if (parties < 2) throw new Refused('agreements.too-few-partners');
	if (!articles) throw new Refused('agreements.no-article');
	if (sha256 === last) throw new Refused('agreements.same-as-last');
	if (sha256 !== read) throw new Refused('agreements.changed-since-read');
}

/** Where a partner stands: the sheet counts, a word given is an intention. */
export type Standing = 'waiting' | 'said' | 'signed';

export type Signature = {
	organisationId: string;
	file: string | null;
	mediaType: string | null;
	signatory: string | null;
	capacity: string | null;
	signedOn: string | null;
	notedAt: Date;
	/** The house that attached the sheet in the partner's name, when it did. */
	house: string | null;
};

export const standingOf = (signature: Pick<Signature, 'file'> | undefined): Standing =>
	!signature ? 'waiting' : signature.file ? 'signed' : 'said';

/** A sheet with a date to come was not signed yet. */
export function signedBy(signedOn: string, today: string): void {
	if (signedOn > today) throw new Refused('agreements.signed-tomorrow', {}, 'signedOn');
}
