import type { Doors } from './doors.ts';

/** What is sent to the doors of what others have done. */
export const doorsOfLibrary: Doors = {
	places: { objet: 'theatre' },
	forms: {
		'/cooperations/[cooperation]/faire-pareil/[objet] ?/take': {
			keep: ['salle'],
			'text-salle': 'Une salle pour répéter chaque semaine.'
		}
	}
};
