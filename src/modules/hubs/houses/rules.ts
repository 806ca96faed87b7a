/** How long the link that proves a reply address lives, and how many may be asked for meanwhile. */
export const addressLasts = 86_400_000;
export const addressAsksADay = 5;

/** Where a reply address that was asked for stands: it waits for its link to be opened, then it counts; it expires after a day. */
export const stateOfAddress = (
	{ confirmedAt, expiresAt }: { confirmedAt: Date | null; expiresAt: Date },
	now: Date
): 'waiting' | 'used' | 'expired' => (confirmedAt ? 'used' : expiresAt <= now ? 'expired' : 'waiting');
