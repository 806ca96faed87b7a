import { m } from '#words';
import type { LineSeen } from '#modules/lines/queries.server.ts';
import type { Detail, Kind } from '#modules/lines/rules.ts';
import { plainQuantity } from '#modules/lines/rules/budget.ts';
import { shortDay } from '#platform/clock.ts';
import { money } from '#platform/money.ts';
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
		line.holderName ? m.lines_held_by({ holder: line.holderName }) : ''
	].filter(Boolean);
}

/** The label of a detail: for a contribution, « who » is who brings it. */
export const detailLabel = (kind: Kind, detail: Detail): string =>
	sentence(`lines_detail_${detail}_${kind}`) ?? word(`lines_detail_${detail}`);

export const topicLabel = (kind: Kind, topic: string | null): string =>
	sentence(`lines_topic_${kind}_${topic ?? 'none'}`) ?? word(`lines_kind_${kind}`);
