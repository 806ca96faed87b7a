/** More than so many in a day are an advertisement. */
export const mostInADay = 20;

/** First words are kept for a year: long enough to remember that one wrote. */
export const approachesKept = 366 * 86_400_000;
