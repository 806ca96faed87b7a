/** How far a closing review may go, from the least open to the most. */
export const opennesses = ['no', 'without names', 'with names'] as const;
export type Openness = (typeof opennesses)[number];

/** What is shared is what every carrier accepts: one that has not answered has said nothing, and the least open answer wins. */
export const sharedAs = (carriers: readonly string[], answers: ReadonlyMap<string, Openness>): Openness =>
	carriers.length ? opennesses[Math.min(...carriers.map((id) => opennesses.indexOf(answers.get(id) ?? 'no')))]! : 'no';
