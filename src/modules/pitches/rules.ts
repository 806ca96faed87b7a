import { reasonsToCooperate } from '#content/arguments/arguments.ts';
import type { AddresseeKind, Argument } from '#content/arguments/argument.ts';
import { Refused } from '#platform/errors.ts';

/** What one page holds. It is exactly one: what would not fit is not cut, the person chooses. */
export const room = { opening: 60, gains: 5, asked: 6, proven: 3, words: 150 } as const;

/** How many words a text takes on paper: a very long one counts as several. */
export const wordsIn = (text: string): number =>
	text
		.split(/[\s\u00a0\u202f]+/)
		.filter(Boolean)
		.reduce((sum, one) => sum + Math.ceil(one.length / 14), 0);

/** What an addressee of this kind gains, in the order in which it would ask. */
export const argumentsFor = (kind: AddresseeKind): Argument[] => reasonsToCooperate.filter((one) => one.for === kind);

export type Page = {
	opening: string;
	gains: { id: string; text: string }[];
	asked: { root: string; text: string }[];
	proven: { root: string; text: string }[];
};

/** Whether all that was chosen holds on one page; refuses with what to take out. */
export function holdsOnOnePage({ opening, gains, asked, proven }: Page): void {
	const long = wordsIn(opening);
	if (long > room.opening) throw new Refused('pitches.opening-too-long', { n: long, max: room.opening }, 'opening');
	if (gains.length > room.gains) throw new Refused('pitches.too-many-gains', { n: gains.length, max: room.gains }, 'gains');
	if (!gains.length) throw new Refused('pitches.no-gain', {}, 'gains');
	if (asked.length > room.asked) throw new Refused('pitches.too-many-asked', { n: asked.length, max: room.asked }, 'asked');
	if (proven.length > room.proven) throw new Refused('pitches.too-many-proven', { n: proven.length, max: room.proven }, 'proven');
	const words = [...asked, ...proven].reduce((sum, { text }) => sum + wordsIn(text), 0);
	if (words > room.words) throw new Refused('pitches.too-long', { n: words, max: room.words }, 'asked');
}

/**
 * Whether a line may be shown outside by an organisation: its own, when it ticks it, and those that are for everyone. What other
 * partners wrote for the partners stays between them until they open it to everyone.
 */
export const showable = (line: { audience: string; actingFor: string }, organisationId: string): boolean =>
	line.audience === 'everyone' || line.actingFor === organisationId;

/** A text that may stand on the page as a whole: at most as many words as a quarter of it. */
export const shortEnough = (text: string): boolean => wordsIn(text) <= 48;

/** As many names as two lines of paper hold; one at least. */
export function namesThatFit(names: readonly string[]): string[] {
	let length = 0;
	return names.filter((name, i) => (length += name.length + 2) <= 220 || i === 0);
}
