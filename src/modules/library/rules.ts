import { m } from '#words';
import { agreementArticles } from '#content/agreement/clauses.ts';
import { objects, themes } from '#content/objects/objects.ts';
import { themeIds, type ObjectItem, type ProposedLine, type ThemeId, type When } from '#content/objects/object.ts';
import { stepOf, usualAudience, type Step } from '#modules/lines/rules.ts';
import { plusDays } from '#platform/clock.ts';

/** The object that an address names, if there is one. */
export const objectNamed = (id: string): ObjectItem | undefined => objects.find((object) => object.id === id);

/** The objects of a theme, or all of them; a theme that doesn't exist is none. */
export function objectsOf(theme: string | null): { theme: ThemeId | null; shown: readonly ObjectItem[] } {
	const known = themeIds.find((one) => one === theme) ?? null;
	return { theme: known, shown: known ? objects.filter((object) => object.theme === known) : objects };
}

/** The themes with how many objects each holds. */
export const countedThemes = () =>
	themeIds.map((id) => ({ id, name: themes[id], n: objects.filter(({ theme }) => theme === id).length }));

/** The titles of the articles of the agreement that matter to an object. */
export const articlesOf = ({ articles }: ObjectItem) =>
	agreementArticles.filter(({ id }) => articles.includes(id)).map(({ id, title, advice }) => ({ id, title, advice }));

/** Whether what is proposed stays in the organisation that takes it, until it shares it. */
export const staysHome = ({ kind, topic }: ProposedLine): boolean => usualAudience(kind, topic ?? null) === 'organisation';

/** The first and the last day of the action; without a last day, the object's usual length. */
export type Span = { first: string; last: string };
export const spanFrom = ({ lasts }: ObjectItem, first: string | null, last: string | null): Span | null =>
	first ? { first, last: last && last >= first ? last : plusDays(first, lasts) } : null;

const dayOf = ({ from, days }: When, span: Span): string => plusDays(from === 'start' ? span.first : span.last, days);

/** « 3 mois avant le début », while nobody knows the day. */
export function sayWhen({ from, days }: When): string {
	const away = Math.abs(days);
	if (away === 0) return from === 'start' ? m.library_when_first_day() : m.library_when_last_day();
	const span =
		away >= 60
			? m.library_months({ n: Math.round(away / 30) })
			: away >= 14
				? m.library_weeks({ n: Math.round(away / 7) })
				: m.library_days({ n: away });
	return from === 'start' ? m.library_when_before({ span }) : m.library_when_after({ span });
}

export type Proposed = ProposedLine & {
	step: Step;
	home: boolean;
	/** When it falls, in words. */
	said: string | null;
	day: string | null;
	lastDay: string | null;
};

/** What an object proposes, with its days once the first one is known. None is a norm. */
export const proposed = (object: ObjectItem, span: Span | null): Proposed[] =>
	object.lines.map((line) => ({
		...line,
		step: stepOf[line.kind],
		home: staysHome(line),
		said: line.when ? (line.until ? m.library_when_action() : sayWhen(line.when)) : null,
		day: line.when && span ? dayOf(line.when, span) : null,
		lastDay: line.until && span ? dayOf(line.until, span) : null
	}));
