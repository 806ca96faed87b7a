import type { Item } from '../item.ts';

export const formIds = [
	'collaboration',
	'partnership',
	'cooperation',
	'pooling',
	'joint-reflection',
	'grouping',
	'merger'
] as const;
export type FormId = (typeof formIds)[number];

/** A way of working together: its name as the field says it, and what it means in one line. */
export type FormItem = Item & { id: FormId; name: string; line: string; leads: string };

function item(id: FormId, name: string, line: string, leads: string): FormItem {
	return {
		id,
		name,
		line,
		leads,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source: 'Distinctions en usage dans la recherche et les réseaux associatifs français, redites avec nos mots.'
	};
}

/** The ways of working together. None is better than another; each is right for something. */
export const workingForms: readonly FormItem[] = [
	item(
		'collaboration',
		'Une collaboration',
		'Une structure porte son projet ; les autres y apportent leur pierre.',
		'Elle devient un partenariat quand les autres portent aussi le projet.'
	),
	item(
		'partnership',
		'Un partenariat',
		'Plusieurs structures partent de leurs besoins, et se partagent les tâches d’un projet commun.',
		'Il devient une coopération quand au moins deux associations construisent et pilotent ensemble.'
	),
	item(
		'cooperation',
		'Une coopération',
		'Au moins deux associations construisent, portent et pilotent ensemble un projet qui a du sens pour toutes.',
		'Elle conduit souvent à mettre des moyens en commun.'
	),
	item(
		'pooling',
		'Une mutualisation',
		'Plusieurs structures partagent un moyen : un poste, un local, un outil, un service.',
		'On s’y découvre : elle conduit souvent à une coopération.'
	),
	item(
		'joint-reflection',
		'Une réflexion commune',
		'Plusieurs personnes cherchent ensemble une réponse à la même question ; il en sort un texte partagé.',
		'Elle devient un projet commun quand on passe à l’action.'
	),
	item(
		'grouping',
		'Un regroupement',
		'Une structure commune prend peu à peu la place des autres.',
		'Ce n’est plus coopérer : c’est se réunir. Une coopération peut y mener, ou l’éviter.'
	),
	item(
		'merger',
		'Une fusion ou une absorption',
		'À la fin, il ne reste qu’une seule structure.',
		'Ce n’est plus coopérer : c’est devenir une. Les règles de la fusion s’appliquent.'
	)
];
