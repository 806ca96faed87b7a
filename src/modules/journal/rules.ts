import { createHash } from 'node:crypto';
import { m } from '#words';
import { sentence } from '#platform/say.ts';

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

/** Kinds of facts, by how their verbs begin: what a reader of the journal chooses among. */
export const factKinds = {
	lines: ['line-', 'task-', 'indicator-'],
	partners: ['partner-', 'invitation-', 'role-', 'accompaniment-'],
	project: ['cooperation-', 'step-', 'point-', 'publication-', 'idea-', 'hand-'],
	meetings: ['meeting-', 'poll-', 'minutes-'],
	sessions: ['session-', 'series-'],
	agreement: ['agreement-'],
	worth: ['weighing-', 'hours-', 'capacity-', 'pitch-'],
	people: ['member-', 'manager-', 'mandate-', 'person-'],
	relations: ['sheet-', 'introduction-', 'mailing-', 'facts-', 'draw-', 'resource-'],
	structure: [
		'organisation-',
		'record-',
		'claim-',
		'takeover-',
		'profile-',
		'themes-',
		'identifier-',
		'hub-',
		'accompagnateur-',
		'network-',
		'commune-',
		'call-',
		'need-',
		'offer-',
		'suggestions-'
	]
} as const;
export type FactKind = keyof typeof factKinds;

export const kindOfFact = (verb: string): FactKind | undefined =>
	(Object.keys(factKinds) as FactKind[]).find((kind) => factKinds[kind].some((start) => verb.startsWith(start)));

/**
 * How far somebody reads a chain. Whoever reads it all is told so; others read the facts up to a day, those that are for an
 * audience that holds them, those about an organisation of theirs, and the plain facts (no text of anybody) that their page shows.
 */
export type Reach =
	'everything' | { until: Date | null; audiences: readonly string[]; organisations: readonly string[]; plain: boolean };

/** What becomes of an agreement, without what its articles say: those are read where the partners opened them. */
const agreementFacts = ['agreement-written', 'agreement-opened', 'agreement-closed', 'agreement-frozen', 'agreement-document-'];
const signatures = ['agreement-signature-', 'agreement-signed'];

/**
 * The facts that are for the partners and the hub that accompanies: who is there, how far it is, when people meet, what is signed.
 * They hold nobody's line: those say for whom they are.
 */
export const plainFacts: readonly string[] = [
	...factKinds.partners,
	...factKinds.project,
	...factKinds.meetings,
	...agreementFacts,
	...signatures
];

/** What a reader looks for. */
export type Filters = { kind: FactKind | null; organisation: string | null; from: Date | null; to: Date | null };
export const noFilters: Filters = { kind: null, organisation: null, from: null, to: null };

/** One fact as a page shows it. `says` is null once erased by right. */
export type Fact = {
	n: number;
	at: Date;
	verb: string;
	ids: Record<string, string | null>;
	says: Record<string, string | number> | null;
};

/** The sentence of a fact, or that it was erased. A verb that no sentence says any more is given as it was written. */
export function sentenceOf({ verb, ids, says }: Pick<Fact, 'verb' | 'ids' | 'says'>): string {
	if (!says) return m.journal_erased();
	const kind = ids.kind ? (sentence(`lines_kind_${ids.kind}`) ?? '').toLowerCase() : '';
	// an older fact may lack what a newer sentence names
	const inputs = new Proxy({ ...says, kind } as Record<string, string | number>, {
		get: (told, name: string) => told[name] ?? ''
	});
	return sentence(`journal.${verb}`, inputs) ?? m.journal_unsaid({ verb });
}
