const day = 86_400_000;

/** How long what was typed waits: a day for whoever must sign in again, three months when it was kept on purpose. */
export const lasts = { lost: day, kept: 90 * day } as const;

/** Longer than any form of the product; what is longer is not kept. */
export const largest = 64_000;

/** How many drafts one person keeps, and how many wait for somebody to sign in again: a flood of them changes nothing else. */
export const mostKept = 50;
export const mostWaiting = 1000;
