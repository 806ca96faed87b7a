import type { Item } from '../item.ts';

export const addresseeKinds = ['board', 'town', 'company', 'school', 'foundation'] as const;
/** A board of a structure, a town hall, a company, a school, a foundation. */
export type AddresseeKind = (typeof addresseeKinds)[number];

export const views = ['audiences', 'professionals', 'action', 'institution'] as const;
/** The four points of view from which a cooperation is worth it. */
export type View = (typeof views)[number];

/** What one kind of addressee gains, from one point of view. */
export type Argument = Item & {
	for: AddresseeKind;
	view: View;
	text: string;
	/** Proposed ticked: what such an addressee listens to first. */
	usual: boolean;
};
