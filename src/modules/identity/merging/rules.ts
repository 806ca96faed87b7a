import { Refused } from '#platform/errors.ts';
import { nameKey } from '#modules/organisations/rules/names.ts';

/** One side of a merge. */
export type Side = {
	id: string;
	name: string;
	otherNames: string[];
	mergedInto: string | null;
	hub: boolean;
	members: number;
};

/** Two organisations can be made one: not one with itself, not one that is merged already, and a hub is kept, never absorbed. */
export function mergeable(kept: Side, absorbed: Side, sharedCooperations: string[]): void {
	if (kept.id === absorbed.id) throw new Refused('identity.merge-itself', {}, 'other');
	if (absorbed.mergedInto) throw new Refused('identity.merge-already', { name: absorbed.name }, 'other');
	if (kept.mergedInto) throw new Refused('identity.merge-already', { name: kept.name }, 'other');
	if (absorbed.hub) throw new Refused('identity.merge-hub', { name: absorbed.name });
	const [first] = sharedCooperations;
	if (first) throw new Refused('identity.merge-both-partners', { cooperation: first });
}

/** Where people stand on both sides, they read what the others wrote at home: somebody says that both agree. */
export const needsAgreement = (kept: Side, absorbed: Side): boolean => kept.members > 0 && absorbed.members > 0;

/** Whether the name of the absorbed one is worth keeping as another name, so that it is found by it. */
export const addsName = (kept: Pick<Side, 'name' | 'otherNames'>, name: string): boolean =>
	[kept.name, ...kept.otherNames].every((one) => nameKey(one) !== nameKey(name));
