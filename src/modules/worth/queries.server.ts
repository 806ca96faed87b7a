import { NotFound } from '#platform/errors.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';

/** The organisation of the actor that a page is about, among those that may have it: the one asked for, or the first. Others find nothing. */
export function ownHere(cooperation: Cooperation, mine: readonly string[], asked: string | null) {
	const those = cooperation.partners.filter(({ organisationId }) => mine.includes(organisationId));
	const own = those.find(({ organisationId }) => organisationId === asked) ?? those[0];
	if (!own) throw new NotFound();
	return {
		own,
		others: those
			.filter(({ organisationId }) => organisationId !== own.organisationId)
			.map(({ organisationId, name }) => ({ organisationId, name }))
	};
}
