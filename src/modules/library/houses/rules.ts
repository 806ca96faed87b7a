/** What a house writes or adapts. */
export const kinds = ['model', 'clause', 'grid', 'guide'] as const;
export type Kind = (typeof kinds)[number];
