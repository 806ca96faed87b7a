import { createHash } from 'node:crypto';

/** One link of a chain as it is stored; `ids` is the text that PostgreSQL gives for it. */
export type Entry = {
	chain: string;
	n: number;
	at: Date;
	verb: string;
	ids: string;
	digest: Buffer;
	previous: Buffer;
	link: Buffer;
	/** What was said and its salt; null once erased by right. */
	payload: { salt: Buffer; content: string } | null;
};

export type Verdict =
	| { chain: string; state: 'whole'; entries: number; erased: number }
	| { chain: string; state: 'broken'; n: number; why: 'missing' | 'previous' | 'link' | 'payload' | 'head' };

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part);
	return hash.digest();
};

/** The link as the database computes it (function `entry_link`), computed apart so that each checks the other. */
export const linkOf = ({ chain, n, at, verb, ids, digest, previous }: Omit<Entry, 'link' | 'payload'>): Buffer =>
	sha256([chain, n, at.toISOString().replace('Z', '000Z'), verb, ids, ''].join('\n'), digest, previous);

/** Follows one chain from its first link. Erased payloads leave it whole; anything else names the first broken link. */
export async function follow(
	{ id, n, link }: { id: string; n: number; link: Buffer },
	entries: AsyncIterable<Entry> | Iterable<Entry>
): Promise<Verdict> {
	let previous: Buffer = Buffer.alloc(0);
	let count = 0;
	let erased = 0;
	const broken = (why: Extract<Verdict, { state: 'broken' }>['why'], at = count + 1): Verdict => ({
		chain: id,
		state: 'broken',
		n: at,
		why
	});
	for await (const entry of entries) {
		if (entry.n !== count + 1) return broken('missing');
		if (!entry.previous.equals(previous)) return broken('previous');
		if (!entry.link.equals(linkOf(entry))) return broken('link');
		if (entry.payload === null) erased++;
		else if (!entry.digest.equals(sha256(entry.payload.salt, entry.payload.content))) return broken('payload');
		previous = entry.link;
		count++;
	}
	if (count !== n || !previous.equals(link)) return broken('head', count);
	return { chain: id, state: 'whole', entries: count, erased };
}
