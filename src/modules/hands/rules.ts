/** Who offered a hand, and how to reach them, is forgotten after half a year. */
export const handsKept = 183 * 86_400_000;

/** More hands than this in a day are a machine’s. */
export const handsADay = 50;
