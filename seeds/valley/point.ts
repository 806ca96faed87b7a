import { dimensionKeys } from '#content/dimensions/dimension.ts';
import { openCheckIn } from '#modules/evaluations/check-ins/commands.server.ts';
import { answerCheckIn, noteCheckIn, writeRemark } from '#modules/evaluations/check-ins/commands/answering.server.ts';
import type { Marks, Weight } from '#modules/evaluations/check-ins/rules.ts';
import { newId } from '#platform/ids.ts';
import type { Telling } from './agree.ts';

const saying: Record<string, Weight> = { '-': 'weighs', '=': 'neither', '+': 'lifts', '?': 'unknown' };

/** « -+= » in the order of the grid: what a structure says of each dimension. */
const marksOf = (row: string): Marks =>
	Object.fromEntries(dimensionKeys.map((key, i) => [key, { said: saying[row[i]!] ?? 'unknown', sentence: null }]));

const carriers = [
	['Odile Marchand', 'Compagnie des Tréteaux', '-=++++=--=++', '-==+++---=++'],
	['Nadia Benali', 'L’Atelier du Soleil', '-==-++-=+=++', '-==-++-=+=++'],
	['Fatou Diallo', 'La Passerelle', '+=+=+==-==++', '++++++-=+=++'],
	['Jean-Luc Thévenot', 'Chœur des Voisins', '====+=-==+=+', '=+=-+=-+==++'],
	['Mireille Oudin', 'Mémoires de la Butte', '-=+=++--==++', '--+=++-+=+++'],
	['Paolo Ricci', 'Fil et Lumière', '-=?++==-=-=+', '-=?+++--=-=+']
] as const;

/** « Avril enchanté » took stock twice: what weighed in summer, what divides now. « Journal des Envierges » was just asked to. */
export async function takenStock({ as, structures }: Telling, theatre: string, paper: string): Promise<void> {
	const given = (row: string, said: Marks = {}, joins: string | null = null) => ({
		marks: { ...marksOf(row), ...said },
		joins,
		version: 0
	});
	for (const [days, time] of [
		[104, 0],
		[13, 1]
	] as const) {
		const id = newId();
		await as('Odile Marchand', days)((context) => openCheckIn(context, theatre, { id, closesOn: null, actingFor: null }));
		for (const [index, [person, structure, ...rows]] of carriers.entries())
			await as(
				person,
				days - 2 - index
			)((context) =>
				answerCheckIn(
					context,
					id,
					structures.get(structure)!,
					given(
						rows[time]!,
						index === 0
							? {
									want: { said: 'yes', sentence: 'Plus que jamais, à condition de dormir en mai.' },
									legal: { said: 'unknown', sentence: 'Qui assure l’esplanade ?'.replace(' ?', '\u00a0?') },
									funding: { said: 'weighs', sentence: 'Nous avançons les costumes depuis septembre.' }
								}
							: { want: { said: 'yes', sentence: null }, people: { said: index % 2 ? 'yes' : 'no', sentence: null } },
						index === 2 ? 'Quelqu’un de la résidence des anciens.' : null
					)
				)
			);
		await as(
			'Claire Vasseur',
			days - 9
		)((context) =>
			noteCheckIn(context, id, {
				...given(time ? '==+-+=-=++++' : '=++=++===+++'),
				organisationId: structures.get('Radio Sorbier')!,
				evidence: 'paper'
			})
		);
		if (time)
			await as(
				'Mireille Oudin',
				8
			)((context) => writeRemark(context, id, { text: 'Je fatigue, et je n’ose pas le dire aux autres.' }));
	}
	await as(
		'Solène Garrec',
		2
	)((context) => openCheckIn(context, paper, { id: newId(), closesOn: null, actingFor: structures.get('Le Petit Colporteur')! }));
}
