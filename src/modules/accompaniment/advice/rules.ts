import { precepts, type PreceptId } from '#content/advice/precepts.ts';
import { standingOf, type Partner } from '#modules/cooperations/rules.ts';
import { Refused } from '#platform/errors.ts';

/** What an organisation makes of a piece of advice. Until it says one of these, the advice is unread. */
export const adviceStates = ['read', 'doing', 'declined'] as const;
export type AdviceState = (typeof adviceStates)[number];

export type Advice = {
	id: string;
	hubId: string;
	cooperationId: string;
	/** Null when all the partners are advised. */
	organisationId: string | null;
	precept: PreceptId;
	text: string;
	sentAt: Date;
};

/** The partners that a piece of advice is for: one, or all those who were there when it was sent. Whoever left is asked nothing. */
export const addressees = <P extends Omit<Partner, 'place' | 'kind'>>(
	{ organisationId, sentAt }: Pick<Advice, 'organisationId' | 'sentAt'>,
	partners: readonly P[]
): P[] =>
	partners.filter(
		(one) =>
			standingOf(one) === 'accepted' &&
			(organisationId === null ? one.acceptedAt! <= sentAt : one.organisationId === organisationId)
	);

/** Advice goes to all the partners or to one that accepted. */
export function advisable(organisationId: string | null, partners: readonly Partner[]): void {
	if (organisationId === null) return;
	if (!partners.some((one) => one.organisationId === organisationId && standingOf(one) === 'accepted'))
		throw new Refused('accompaniment.advice-not-a-partner', {}, 'organisationId');
}

/** Whoever advised must still be there to hear the answer; what has ended is left as it was. */
export function adviceAnswerable({ heard, ended }: { heard: boolean; ended: boolean }): void {
	if (ended) throw new Refused('cooperations.ended');
	if (!heard) throw new Refused('accompaniment.advice-unheard');
}

/** The precept and the ready sentence that an address asks for: `?conseil=meetings&phrase=2`. */
export function readySentence(search: URLSearchParams): { precept: PreceptId; sentence: number; text: string } {
	const chosen = precepts.find(({ id }) => id === search.get('conseil')) ?? precepts[0]!;
	const number = Math.floor(Number(search.get('phrase')));
	const sentence = number >= 1 && number <= chosen.sentences.length ? number : 1;
	return { precept: chosen.id, sentence, text: chosen.sentences[sentence - 1]! };
}
