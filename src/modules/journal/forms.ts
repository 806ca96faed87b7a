import { endOfDay, instant, isDay } from '#platform/clock.ts';
import { pageIn, z } from '#platform/forms.ts';
import { factKinds, type FactKind, type Filters } from './rules.ts';

/** What a reader chose, from an address: what makes no sense there is left out, since nobody typed it on purpose. */
export function readFilters(
	query: URLSearchParams,
	zone: string
): { filters: Filters; page: number; asked: Record<string, string> } {
	const [kind, organisation] = [query.get('genre') ?? '', query.get('structure') ?? ''];
	const [from, to] = [query.get('du') ?? '', query.get('au') ?? ''];
	const filters: Filters = {
		kind: Object.hasOwn(factKinds, kind) ? (kind as FactKind) : null,
		organisation: z.uuid().safeParse(organisation).success ? organisation : null,
		from: isDay(from) ? instant(from, '00:00', zone) : null,
		to: isDay(to) ? endOfDay(to, zone) : null
	};
	const asked = {
		...(filters.kind ? { genre: kind } : {}),
		...(filters.organisation ? { structure: organisation } : {}),
		...(filters.from ? { du: from } : {}),
		...(filters.to ? { au: to } : {})
	};
	return { filters, page: pageIn(query, 10_000), asked };
}
