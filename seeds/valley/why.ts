import { makePitch } from '#modules/pitches/commands.server.ts';
import { pitchForm } from '#modules/pitches/forms.ts';
import { argumentsFor } from '#modules/pitches/rules.ts';
import { askForReminder, noteMonth, shareHours } from '#modules/worth/hours/commands.server.ts';
import { monthForm } from '#modules/worth/hours/forms.ts';
import { monthOf } from '#modules/worth/hours/rules.ts';
import { sayCapacity } from '#modules/worth/load/commands.server.ts';
import { weighFor } from '#modules/worth/weighing/commands.server.ts';
import { weighForm } from '#modules/worth/weighing/forms.ts';
import { newId } from '#platform/ids.ts';
import type { Valley } from './sessions.ts';

/** Nadia's structure asked itself twice, notes its hours, has too few of them, and made a page for the town hall. */
export async function plantWhy({ as, onDay }: Valley, cooperation: string, organisation: string): Promise<void> {
	const weigh = (days: number, answers: Record<string, string>) =>
		as('Nadia Benali', days)((context) => weighFor(context, cooperation, weighForm.parse({ id: newId(), ...answers })));
	await weigh(150, {
		mission: 'yes',
		missionWords: 'Jouer dehors avec les habitants, c’est nous.',
		image: 'yes',
		hours: 'unknown',
		funders: 'unknown',
		wish: 'yes'
	});
	await weigh(40, {
		mission: 'yes',
		image: 'yes',
		hours: 'rather_not',
		hoursWords: 'Deux bénévoles portent presque tout.',
		minutes: '14 h',
		funders: 'rather',
		wish: 'yes'
	});
	const notes: [days: number, hours: string, words: string, brought: string][] = [
		[100, '9 h', 'Réunions, visite des salles.', 'Trois familles sont venues nous voir.'],
		[70, '12 h 30', 'Demandes de subvention.', ''],
		[38, '14 h', 'Ateliers à préparer, affiches.', 'Deux adhérentes de plus, et une costumière rencontrée.']
	];
	for (const [days, hours, words, brought] of notes)
		await as(
			'Nadia Benali',
			days
		)((context) =>
			noteMonth(
				context,
				cooperation,
				monthForm.parse({ id: newId(), month: monthOf(onDay(-days)), hours, words, brought, sequence: '' })
			)
		);
	await as('Nadia Benali', 37)((context) => shareHours(context, cooperation, { wanted: 'yes', actingFor: null }));
	await as('Nadia Benali', 37)((context) => askForReminder(context, cooperation, { wanted: 'yes', actingFor: null }));
	await as('Nadia Benali', 36)((context) => sayCapacity(context, organisation, { hours: 12 * 60 }));
	await as(
		'Odile Marchand',
		35
	)((context) =>
		noteMonth(
			context,
			cooperation,
			monthForm.parse({ id: newId(), month: monthOf(onDay(-35)), hours: '20 h', words: 'Répétitions.', sequence: '' })
		)
	);
	await as(
		'Nadia Benali',
		6
	)((context) =>
		makePitch(
			context,
			cooperation,
			pitchForm.parse({
				id: newId(),
				kind: 'town',
				addressee: 'la mairie de Valsorbier',
				opening:
					'Sept associations jouent ensemble dehors au printemps. Voici ce que la commune y gagne, et ce que nous lui demandons.',
				gains: argumentsFor('town')
					.filter(({ usual }) => usual)
					.map(({ id }) => id),
				sessions: 'on'
			})
		)
	);
}
