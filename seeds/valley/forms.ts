import { tellOrigin } from '#modules/cooperations/origin/commands.server.ts';
import { originForm } from '#modules/cooperations/origin/forms.ts';
import { keepReading } from '#modules/cooperations/qualifying/commands.server.ts';
import { moveStage, pauseCooperation } from '#modules/cooperations/stages/commands.server.ts';
import type { Movable } from '#modules/cooperations/stages/rules.ts';
import { takeUp } from '#modules/library/commands.server.ts';
import { takeForm } from '#modules/library/forms.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';

type Telling = {
	as: (name: string, days: number) => <T>(run: (context: Context) => Promise<T>) => Promise<T>;
	onDay: (days: number) => string;
};

/** What four cooperations are, where they come from, where they stand: one plays, one looks back, one rests, one is silent. */
export async function plantForms(
	{ as, onDay }: Telling,
	of: Record<'theatre' | 'paper' | 'garden' | 'dance', string>
): Promise<void> {
	const moved = async (id: string, name: string, ...moves: [days: number, stage: Movable][]) => {
		for (const [n, [days, stage]] of moves.entries())
			await as(
				name,
				days
			)((context) => moveStage(context, id, { id: newId(), shown: n, stage, since: onDay(-days), note: null, actingFor: null }));
	};
	const read = async (id: string, name: string, days: number, answers: string, after: string | null = null) => {
		const reading = newId();
		await as(name, days)((context) => keepReading(context, id, { id: reading, answers, after, actingFor: null }));
		return reading;
	};
	const told = (id: string, name: string, days: number, said: Record<string, string | string[]>) =>
		as(name, days)((context) => tellOrigin(context, id, originForm.parse({ id: newId(), ...said })));

	await told(of.theatre, 'Odile Marchand', 118, { mode: 'event', triggers: ['near', 'common-will', 'better'] });
	const first = await read(of.theatre, 'Odile Marchand', 112, 'action.associations.unknown.tasks.unknown.separate');
	await read(of.theatre, 'Nadia Benali', 40, 'action.associations.several.built.together.separate', first);
	// Lately: an older day would become the day of the last news.
	await as(
		'Odile Marchand',
		2
	)((context) =>
		takeUp(
			context,
			of.theatre,
			'theatre',
			takeForm.parse({
				keep: ['texte', 'droits'],
				'text-texte': 'Nous proposons que le texte soit choisi ensemble, après une lecture à voix haute.',
				'text-droits': 'Demander les droits des chansons.',
				'day-droits': onDay(21)
			})
		)
	);

	await told(of.paper, 'Solène Garrec', 150, {
		mode: 'lead',
		triggers: ['opportunity'],
		object: 'Un journal de quartier',
		objectKind: 'paper'
	});
	await moved(of.paper, 'Solène Garrec', [140, 'preparation'], [110, 'action'], [19, 'evaluation']);
	await read(of.paper, 'Solène Garrec', 100, 'action.associations.one.part.one.separate');

	await told(of.garden, 'Nadia Benali', 12, {
		mode: 'spotted',
		triggers: ['near'],
		object: 'Un jardin partagé',
		objectKind: 'garden'
	});
	await as(
		'Fatou Diallo',
		5
	)((context) =>
		pauseCooperation(context, of.garden, {
			id: newId(),
			reason: 'La mairie répond pour le terrain en janvier.',
			until: onDay(60),
			actingFor: null
		})
	);
	await told(of.dance, 'Thomas Weber', 115, { mode: 'spotted', object: 'Un atelier de danse', objectKind: 'outing' });
	await moved(of.dance, 'Thomas Weber', [100, 'preparation']);
}
