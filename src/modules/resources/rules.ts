/** What a resource person does there: goes along with them, leads a moment, or looks on. */
export const postures = ['accompanies', 'animates', 'observes'] as const;
export type Posture = (typeof postures)[number];
