import { newId } from '#platform/ids.ts';
import type { World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

/** What is sent to the doors of steps, lines and partners: Nadia's line, Nadia's own partner, the invited town. */
export function doorsOfCooperations(
	world: World,
	{ line, kept, partner, invited }: { line: string; kept: string; partner: string; invited: string }
): Doors {
	const here = '/cooperations/[cooperation]';
	return {
		places: { step: 'definir' },
		forms: {
			[`${here} ?/markLine`]: { root: line, mark: 'done' },
			[`${here}/[step=step] ?/writeLine`]: { id: newId(), kind: 'need', text: 'Une salle.' },
			[`${here}/[step=step] ?/markLine`]: { root: line, mark: 'done' },
			[`${here}/[step=step] ?/shareLine`]: { id: kept, text: 'Nous faire connaître.', audience: 'partners' },
			[`${here}/[step=step] ?/markStep`]: { step: 'define', done: 'yes' },
			[`${here}/lignes/[line] ?/mark`]: { root: line, mark: 'done' },
			[`${here}/lignes/[line] ?/revise`]: { id: line, text: 'La salle est prise.', reason: 'On nous l’a dit.' },
			[`${here}/lignes/[line] ?/share`]: { id: kept, text: 'Nous faire connaître.', audience: 'partners' },
			[`${here}/nommer ?/default`]: { name: 'Avril', sentence: 'Jouer ensemble.' },
			[`${here}/terminer ?/end`]: { reason: 'Le projet est fini.' },
			[`${here}/terminer ?/reopen`]: { reason: 'Nous reprenons.' },
			[`${here}/partenaires ?/accept`]: { partnerId: invited },
			[`${here}/partenaires ?/decline`]: { partnerId: invited },
			[`${here}/partenaires ?/note`]: { partnerId: invited },
			[`${here}/partenaires ?/send`]: { partnerId: invited, email: 'mairie@exemple.fr' },
			[`${here}/partenaires ?/withdraw`]: { partnerId: invited },
			[`${here}/partenaires ?/leave`]: { partnerId: partner, reason: 'Plus le temps.' },
			[`${here}/partenaires ?/role`]: { partnerId: partner, role: 'support' },
			[`${here}/partenaires ?/propose`]: { name: 'Radio Sorbier', role: 'carrier' },
			[`${here}/partenaires/[organisation] ?/accept`]: { partnerId: invited },
			[`${here}/partenaires/[organisation] ?/decline`]: { partnerId: invited }
		}
	};
}
