import { distances } from '#modules/needs/forms.ts';
import { pageIn, oneOf, z } from '#platform/forms.ts';

export const choiceForm = z.object({ suggested: oneOf(['yes', 'no']) });

export type Narrowed = { within: number; page: number };

/** What one may ask in the address: what is wrong there is left out. */
export function suggestionsIn(url: URL): Narrowed {
	return {
		within: distances.find((km) => String(km) === url.searchParams.get('km')) ?? 60,
		page: pageIn(url.searchParams, 100)
	};
}
