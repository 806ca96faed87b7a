const minute = 60_000;
const hour = 60 * minute;

const longestDelay = 6 * hour;
const patience = 72 * hour;
const delayAfter = (attempts: number): number => Math.min(minute * 2 ** (attempts - 1), longestDelay);

/** When a mail that was not taken is offered again: after one minute, two, four… six hours; null after three days of trying. */
export function nextAttempt(attempts: number, now: Date): Date | null {
	let tried = 0;
	for (let n = 1; n <= attempts; n++) tried += delayAfter(n);
	return tried > patience ? null : new Date(now.getTime() + delayAfter(attempts));
}

/** A server that defers this many mails in a row is left alone until the next minute. */
export const deferralsInARow = 5;

/** Two weeks after it should have left, a mail says nothing true any more: it waits for a hand. */
export const staysTrue = 14 * 24 * hour;

/** Nobody hands a mail over for a quarter of an hour: whoever began it is gone. */
export const handOverLasts = 15 * minute;

/** Sent texts are kept for three months, for those who ask what was written. */
export const textsKept = 90 * 24 * hour;

export const states = ['waiting', 'sent', 'refused', 'unclear'] as const;
export type State = (typeof states)[number];

type Dated = { sentAt: Date | null; refusedAt: Date | null; unclearAt: Date | null };

/** Where a mail stands. One that is being handed over still waits. */
export const stateOf = ({ sentAt, refusedAt, unclearAt }: Dated): State =>
	sentAt ? 'sent' : refusedAt ? 'refused' : unclearAt ? 'unclear' : 'waiting';

/** « Ensemblier <ne-pas-repondre@exemple.org> » in its two parts. */
export function mailbox(written: string): { name?: string; email: string } {
	const parts = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(written);
	if (!parts) return { email: written.trim() };
	return parts[1] ? { name: parts[1], email: parts[2]! } : { email: parts[2]! };
}
