import type { AreaKind } from './areas.ts';

/*
 * How people write a place: a few words before its name say where around it, or what kind of territory it is.
 */

const kinds: readonly (readonly [string, AreaKind])[] = [
	['bassins? de vie|bassin', 'living_area'],
	['departement|dept|dpt|dep', 'department'],
	['region', 'region'],
	['quartiers? prioritaires?|quartier|qpv|qp', 'priority_quarter'],
	['communaute (?:de communes|d agglomeration|urbaine)|agglomeration|agglo|intercommunalite|interco|metropole|epci', 'epci'],
	['commune|ville|village|mairie', 'commune']
];
const around =
	'(?:tout )?(?:pres|proche|autour|a cote|alentours?|aux alentours|environs|aux environs|dans les environs|secteur|vers|dans|en|a|au|aux)';
const linked = '(?: de la| de l| du| des| de| d| la| le| les| l)?';

/** What is left of a place once it is said plainly, and of which kind it is said to be; null when it was said so already. */
export function saidPlainly(words: readonly string[]): { name: string; kind: AreaKind | null } | null {
	const said = words.join(' ');
	const bare = said.replace(new RegExp(`^${around}${linked} (?=.)`), '');
	for (const [before, kind] of kinds) {
		const name = new RegExp(`^(?:${before})${linked} (.+)$`).exec(bare)?.[1];
		if (name) return { name, kind };
	}
	return bare === said ? null : { name: bare, kind: null };
}
