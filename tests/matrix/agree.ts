import { newId } from '#platform/ids.ts';
import type { Doors } from './doors.ts';

/** What is sent to the doors where what was agreed is looked at again: Nadia's line. */
export function doorsOfRevisions({ line, kept, organisation }: { line: string; kept: string; organisation: string }): Doors {
	const here = '/cooperations/[cooperation]';
	return {
		places: {},
		forms: {
			[`${here}/lignes/[line] ?/keep`]: { id: line, reason: 'Elle est juste.' },
			[`${here}/lignes/[line] ?/agenda`]: { id: line, point: newId() },
			[`${here}/bilan ?/writeLine`]: { id: newId(), kind: 'information', topic: 'failed', text: 'Trop tard le soir.' },
			[`${here}/bilan ?/shareLine`]: { id: kept, text: 'Nous faire connaître.', audience: 'partners' },
			[`${here}/bilan ?/consent`]: { organisation, openness: 'with names' }
		}
	};
}
