import { newId } from '#platform/ids.ts';
import { plusDays, today } from '#platform/clock.ts';
import type { Doors } from './doors.ts';

/** What is sent to the doors of what a cooperation is, where it comes from and where it stands. */
export function doorsOfForms({ pause, partner }: { pause: string; partner: string }): Doors {
	const here = '/cooperations/[cooperation]';
	const day = today(new Date(), 'Europe/Paris');
	return {
		places: {},
		forms: {
			[`${here}/phases ?/move`]: { id: newId(), shown: '0', stage: 'preparation', since: day },
			[`${here}/phases ?/pause`]: { id: newId(), reason: 'La salle est en travaux.', until: plusDays(day, 30) },
			[`${here}/phases ?/resume`]: { pauseId: pause },
			[`${here}/forme/questions/[n] ?/answer`]: { answer: 'action' },
			[`${here}/forme/questions/[n] ?/keep`]: { id: newId(), answers: 'action.associations.unknown.unknown.unknown.separate' },
			[`${here}/reprendre ?/copy`]: { id: newId(), name: 'Encore', sentence: 'Jouer encore.', weeks: '52' },
			[`${here}/reprendre/partenaires ?/invite`]: { organisationId: partner },
			[`${here}/origine ?/tell`]: { id: newId(), mode: 'event', triggers: ['near'] }
		}
	};
}
