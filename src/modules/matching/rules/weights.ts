/**
 * What counts, and how much: the only place where it is said. Points add up and only order; what is shown are the reasons. What may
 * bother is a reservation in words and takes nothing away. Who brings what is missing comes before a neighbour who may, all else equal.
 */
export const weights = {
	/** In the same commune; falls evenly to nothing at `reach`. */
	near: 30,
	/** An offer of the kind that is looked for, in words that answer. */
	brings: 45,
	/** An offer of the kind, whose words have nothing in common with what is looked for. */
	mayBring: 8,
	/** It says when, and that is whenever it is needed. */
	available: 4,
	/** At most so many offers count. */
	bringsAtMost: 4,
	/** It looks for what the asker offers: helping goes both ways. */
	wants: 8,
	wantsAtMost: 2,
	audience: 8,
	audienceAtMost: 2,
	theme: 8,
	themeAtMost: 2,
	/** They did something together before. */
	together: 12,
	/** A partner of one's own has worked with it, as a public page says. */
	through: 6,
	/** A word that both say of what they are for. */
	mission: 3,
	missionAtMost: 3,
	/** A channel that both use. */
	channel: 2
} as const;

/** Beyond so many kilometres nearness says nothing any more. */
export const reach = 60;

/** From so many kilometres on, going there is a reservation. */
export const far = 20;

/** How many organisations an assembly holds at most, and how many are looked at for each need; an idea is carried by three at least. */
export const assemblyAtMost = 5;
export const assemblyDepth = 8;
export const assemblyAtLeast = 3;
