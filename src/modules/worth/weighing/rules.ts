import { worthKeys, type WorthKey } from '#content/worth/questions.ts';

export const answers = ['yes', 'rather', 'rather_not', 'no', 'unknown'] as const;
export type Answer = (typeof answers)[number];

export type Said = { question: WorthKey; answer: Answer; words: string | null };

export type Balance = {
	speaksFor: WorthKey[];
	against: WorthKey[];
	/** What the partners can answer: what is not known, and what a talk could change. */
	ask: WorthKey[];
	/** How it is said in one sentence. It never says what to do. */
	tone: 'clear' | 'open' | 'divided' | 'heavy';
};

/** What speaks for, what against and what to ask, in the order of the questions. No number comes out: the organisation decides. */
export function weigh(said: readonly Pick<Said, 'question' | 'answer'>[]): Balance {
	const those = (...wanted: Answer[]) =>
		worthKeys.filter((key) => said.some(({ question, answer }) => question === key && wanted.includes(answer)));
	const speaksFor = those('yes', 'rather');
	const against = those('rather_not', 'no');
	return {
		speaksFor,
		against,
		ask: those('unknown', 'rather_not', 'no'),
		tone: against.length
			? speaksFor.length > against.length
				? 'divided'
				: 'heavy'
			: speaksFor.length === worthKeys.length
				? 'clear'
				: 'open'
	};
}

/** What changed since the time before: the questions whose answer is another. */
export const changedSince = (now: readonly Said[], before: readonly Said[]): WorthKey[] =>
	worthKeys.filter((key) => {
		const of = (list: readonly Said[]) => list.find(({ question }) => question === key)?.answer;
		return of(now) !== of(before);
	});
