import type { Doors } from './doors.ts';

/** What is sent to the doors of the directory. */
export const doorsOfFinding = (): Doors => ({
	places: {},
	forms: {
		'/structures/[organisation]/modifier ?/shows': { shows: ['public', 'website'] }
	}
});
