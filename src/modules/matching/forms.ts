import { distances } from '#modules/needs/forms.ts';
import { oneOf, z } from '#platform/forms.ts';

export const choiceForm = z.object({ suggested: oneOf(['yes', 'no']) });

export type Narrowed = { within: number; page: number };

/** What one may ask in the address: what is wrong there is left out. */
export function suggestionsIn(url: URL): Narrowed {
	const page = Number(url.searchParams.get('page'));
	return {
		within: distances.find((km) => String(km) === url.searchParams.get('km')) ?? 60,
		page: Number.isInteger(page) && page > 0 ? Math.min(page, 100) : 1
	};
}
