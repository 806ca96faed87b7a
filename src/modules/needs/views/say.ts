import { shortDay } from '#platform/clock.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import type { Side, Way } from '../rules.ts';

type Said = { side: Side; way: Way | null; lasting: boolean; startsOn: string | null; endsOn: string | null };

/** « 40 chaises »; nothing when no quantity is said. */
export const amount = ({ quantity, unit }: { quantity: string | null; unit: string | null }): string | null =>
	quantity === null ? null : m.needs_amount({ quantity: Number(quantity).toLocaleString('fr-FR'), unit: unit ?? '' }).trim();

/** When it is needed or there. */
export function when({ startsOn, endsOn }: Pick<Said, 'startsOn' | 'endsOn'>, today: string): string | null {
	const said = (day: string) => shortDay(day, today);
	if (startsOn && endsOn)
		return startsOn === endsOn
			? m.needs_when_on({ from: said(startsOn) })
			: m.needs_when_between({ from: said(startsOn), to: said(endsOn) });
	if (startsOn) return m.needs_when_from({ from: said(startsOn) });
	return endsOn ? m.needs_when_until({ to: said(endsOn) }) : null;
}

/** How far, in words: in the same commune, less than a kilometre, so many. */
export function distance(km: number | null | undefined): string | null {
	if (km === null || km === undefined) return null;
	if (km === 0) return m.needs_km_zero();
	return km < 1 ? m.needs_km_less() : m.needs_km({ n: Math.round(km) });
}

/** What is to be known beside the sentence: the way, how long, when, how far. */
export const facts = (need: Said & { km?: number | null }, today: string): string[] =>
	[
		need.way && word(need.side === 'need' ? `needs_way_${need.way}` : `needs_offer_way_${need.way}`).toLowerCase(),
		need.lasting ? m.needs_lasting().toLowerCase() : null,
		when(need, today),
		distance(need.km)
	]
		.filter((one) => one !== null)
		.map((one) => one.charAt(0).toLowerCase() + one.slice(1));
