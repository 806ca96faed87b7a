import { m } from '#words';
import type { LineSeen } from '#modules/lines/queries.server.ts';
import { detailsOn, type Detail, type Kind } from '#modules/lines/rules.ts';
import { plainQuantity } from '#modules/lines/rules/budget.ts';
import { shortDay } from '#platform/clock.ts';
import { currencyName, money } from '#platform/money.ts';
import { sentence, word } from '#platform/say.ts';

/** « 12,5 heures » */
export const quantity = (of: Pick<LineSeen, 'quantity' | 'unit'>): string =>
	of.quantity === null ? '' : [plainQuantity(of.quantity).replace('.', ','), of.unit].filter(Boolean).join('\u00a0');

/** « du 9 au 11 avril », « le 9 avril », « avant… » */
export function period(of: Pick<LineSeen, 'startsOn' | 'endsOn'>, today: string): string {
	const { startsOn, endsOn } = of;
	if (startsOn === null && endsOn === null) return '';
	if (startsOn === null || endsOn === null || startsOn === endsOn)
		return m.lines_on_day({ day: shortDay((startsOn ?? endsOn)!, today) });
	return m.lines_from_to({ from: shortDay(startsOn, today), to: shortDay(endsOn, today) });
}

/** What a line carries beside its sentence, in words, in the order in which people say it. */
export function facts(line: LineSeen, today: string): string[] {
	const due = line.kind === 'task' && line.endsOn ? m.lines_due({ day: shortDay(line.endsOn, today) }) : '';
	return [
		line.whoPersonName ?? '',
		line.whoOrganisationName ?? '',
		due || period(line, today),
		line.phase ? word(`lines_phase_${line.phase}`).toLowerCase() : '',
		line.cents === null ? '' : money(line.cents, line.currency!),
		line.kind === 'indicator' && line.quantity ? m.lines_target({ quantity: quantity(line) }) : quantity(line),
		line.holderName ? m.lines_held_by({ holder: line.holderName }) : '',
		line.likelihood ? word(`lines_likelihood_${line.likelihood}`).toLowerCase() : '',
		line.severity ? word(`lines_severity_${line.severity}`).toLowerCase() : '',
		line.remedy ? (line.topic === 'happened' ? m.lines_remedy_done : m.lines_remedy)({ remedy: line.remedy }) : '',
		line.lesson ? m.lines_lesson({ lesson: line.lesson }) : ''
	].filter(Boolean);
}

/** The label of a detail: for a contribution, « who » is who brings it; an amount is asked in the cooperation's currency. */
export const detailLabel = (kind: Kind, detail: Detail, currency = 'EUR', topic: string | null = null): string => {
	const inputs = { currency: currencyName(currency) };
	return (
		sentence(`lines_detail_${detail}_${kind}_${topic}`, inputs) ??
		sentence(`lines_detail_${detail}_${kind}`, inputs) ??
		word(`lines_detail_${detail}`, inputs)
	);
};

const asks: Record<string, readonly Detail[]> = {
	who: ['who', 'person'],
	when: ['due', 'period', 'phase'],
	how_much: ['money', 'quantity'],
	likely: ['likelihood', 'severity'],
	remedy: ['remedy'],
	about: ['about']
};

/** What the folded fields of a kind ask: « qui, quand, combien ». `abouts`: there are lines that it can be about. Empty when it has none. */
export const askedOf = (kind: Kind, topic: string | null, abouts: boolean): string[] =>
	Object.entries(asks)
		.filter(([asked]) => asked !== 'about' || abouts)
		.filter(([, details]) => details.some((detail) => detailsOn(kind, topic).includes(detail)))
		.map(([asked]) => word(`lines_say_${asked}`));

export const topicLabel = (kind: Kind, topic: string | null): string =>
	sentence(`lines_topic_${kind}_${topic ?? 'none'}`) ?? word(`lines_kind_${kind}`);
