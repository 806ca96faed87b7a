import type { Item } from '../item.ts';

type Timed = 'acquaintance' | 'ideas' | 'preparation' | 'action' | 'evaluation';

export const durationIds = ['project', 'show', 'film', 'evening', 'paper', 'garden', 'outing', 'service', 'reflection'] as const;
export type DurationKind = (typeof durationIds)[number];

/** A kind of thing that people do together, since it sets how long each stage usually takes. */
export type DurationItem = Item & { id: DurationKind; label: string; overall: string };

function item(id: DurationKind, label: string, overall: string): DurationItem {
	return {
		id,
		label,
		overall,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source:
			'Durées relevées sur des coopérations réelles : un clip en un an, une soirée en quelques réunions, une réflexion en deux ans, un projet à plusieurs en 9 à 18 mois. Le partage entre les phases est une proposition de ce projet.'
	};
}

/** What a cooperation may do, in plain words, with what is usual overall. Never a norm. */
export const durationKinds: readonly DurationItem[] = [
	item('project', 'Un projet à plusieurs, sans précision', 'souvent de 9 à 18 mois jusqu’à l’action'),
	item('show', 'Un spectacle, un festival', 'autour de dix-huit mois'),
	item('film', 'Un clip, un film', 'autour d’un an'),
	item('evening', 'Une soirée, une fête, une journée', 'quelques réunions'),
	item('paper', 'Un journal, une édition', 'autour d’un an jusqu’aux premiers numéros'),
	item('garden', 'Un jardin, un lieu partagé', 'plusieurs saisons'),
	item('outing', 'Des sorties, des rencontres régulières', 'quelques mois pour s’y mettre'),
	item('service', 'Un moyen partagé : poste, local, logiciel', 'autour d’un an pour l’installer'),
	item('reflection', 'Une réflexion commune', 'autour de deux ans')
];

/** Usual months by stage. They help to notice that a stage lasts; going beyond is no fault. */
export const usualDurations: Readonly<Record<DurationKind, Readonly<Record<Timed, number>>>> = {
	project: { acquaintance: 4, ideas: 3, preparation: 9, action: 12, evaluation: 3 },
	show: { acquaintance: 4, ideas: 3, preparation: 9, action: 6, evaluation: 3 },
	film: { acquaintance: 2, ideas: 2, preparation: 4, action: 4, evaluation: 2 },
	evening: { acquaintance: 2, ideas: 1, preparation: 3, action: 1, evaluation: 1 },
	paper: { acquaintance: 2, ideas: 2, preparation: 4, action: 12, evaluation: 2 },
	garden: { acquaintance: 3, ideas: 3, preparation: 9, action: 24, evaluation: 3 },
	outing: { acquaintance: 2, ideas: 2, preparation: 3, action: 12, evaluation: 2 },
	service: { acquaintance: 3, ideas: 3, preparation: 6, action: 24, evaluation: 3 },
	reflection: { acquaintance: 4, ideas: 3, preparation: 3, action: 14, evaluation: 3 }
};
