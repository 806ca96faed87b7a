import { m } from '#words';
import type { IndicatorSeen } from '#modules/evaluations/indicators/queries.server.ts';
import { written } from '#modules/evaluations/indicators/rules.ts';
import { drawIndicator } from '#modules/evaluations/indicators/rules/picture.ts';
import { shortDay } from '#platform/clock.ts';
import { word } from '#platform/say.ts';

const NO_BREAK = '\u00a0';

/** The unit in which an indicator is read: hours when sessions give their time, otherwise the one that was written. */
export const unitOf = ({ line, reading }: Pick<IndicatorSeen, 'line' | 'reading'>): string | null =>
	line.unit ?? (reading.source === 'hours' ? m.evaluations_indicator_hours_unit() : null);

/** « 12,5 heures » */
export const counted = (quantity: string, of: Pick<IndicatorSeen, 'line' | 'reading'>): string =>
	[written(quantity), unitOf(of)].filter(Boolean).join(NO_BREAK);

/** Intent beside fact, in one sentence: « 32 enfants pour une cible de 40 ». */
export function soFar(indicator: IndicatorSeen): string {
	const { line, figure, points } = indicator;
	if (figure === null) return points.length ? m.evaluations_indicator_words_only() : m.evaluations_indicator_nothing();
	return line.quantity === null
		? m.evaluations_indicator_so_far({ figure: counted(figure, indicator) })
		: m.evaluations_indicator_of_target({ figure: counted(figure, indicator), target: written(line.quantity) });
}

/** How its figure is made. */
export const madeOf = ({ reading }: Pick<IndicatorSeen, 'reading'>): string =>
	word(`evaluations_indicator_said_${reading.source === 'hand' ? reading.adds : reading.source}`);

/** What the last measure said. */
export function latest(indicator: IndicatorSeen, today: string): string {
	const point = indicator.points.at(-1);
	if (!point) return '';
	const what = point.quantity === null ? (point.words ?? '') : counted(point.quantity, indicator);
	return m.evaluations_indicator_latest({ what, day: shortDay(point.day, today) });
}

/** The picture of an indicator, with the sentence that says the same thing. */
export function pictureOf(
	indicator: IndicatorSeen,
	{ today, order, size }: { today: string; order: readonly string[]; size: 'large' | 'small' }
) {
	const { line, points, adds } = indicator;
	const picture = drawIndicator({ points, adds, target: line.quantity, today, order }, size, (target) =>
		m.evaluations_indicator_target_mark({ target: counted(target, indicator) })
	);
	if (!picture) return null;
	const [from, to] = [shortDay(points[0]!.day, today), shortDay(points.at(-1)!.day, today)];
	const said = soFar(indicator);
	const title =
		points.length === 1
			? m.evaluations_indicator_picture_one({ indicator: line.text, from, said })
			: m.evaluations_indicator_picture({ indicator: line.text, n: points.length, from, to, said });
	return { picture, title };
}
