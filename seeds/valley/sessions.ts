import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { chooseReading, noteMeasure } from '#modules/evaluations/indicators/commands.server.ts';
import { measureForm, readingForm } from '#modules/evaluations/indicators/forms.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { cancelSession, moveSession, writeSessions } from '#modules/sessions/commands.server.ts';
import { noteSession } from '#modules/sessions/commands/noting.server.ts';
import { moveForm, noteForm, writeForm } from '#modules/sessions/forms.ts';
import { listSessions } from '#modules/sessions/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';

const day = 86_400_000;

export type Valley = {
	now: Date;
	/** Somebody of the valley, so many days ago. */
	as: (name: string, days: number) => <T>(run: (context: Context) => Promise<T>) => Promise<T>;
	onDay: (days: number) => string;
};

/** The Wednesday workshops of « Avril enchanté »: some were held, one was cancelled, one moved; indicators follow them. */
export async function plantSessions({ now, as, onDay }: Valley, cooperation: string, odile: string): Promise<void> {
	const wednesday = (7 + 3 - new Date(onDay(0)).getUTCDay()) % 7;
	const children = newId();
	await as(
		'Nadia Benali',
		70
	)((context) =>
		writeLine(context, cooperation, {
			...noDetails,
			id: children,
			kind: 'public',
			text: 'Les enfants du quartier.',
			audience: null,
			actingFor: null
		})
	);
	await as(
		'Odile Marchand',
		62
	)((context) =>
		writeSessions(
			context,
			cooperation,
			writeForm.parse({
				id: newId(),
				title: 'Atelier d’écriture',
				place: 'La Passerelle',
				day: onDay(-56 + wednesday),
				time: '14:00',
				length: '2 h',
				rhythm: 'weekly',
				endsOn: onDay(70),
				partners: [odile]
			})
		)
	);
	await as(
		'Nadia Benali',
		8
	)((context) =>
		writeSessions(
			context,
			cooperation,
			writeForm.parse({
				id: newId(),
				title: 'Répétition ouverte',
				place: 'Théâtre de la Butte',
				day: onDay(12),
				time: '18:00',
				length: '1 h 30',
				rhythm: 'once',
				open: 'on',
				toKnow: 'Entrée libre. On entre et on sort quand on veut.',
				runners: 'Paolo, éclairagiste'
			})
		)
	);
	const found = await as(
		'Nadia Benali',
		0
	)(async (context) => listSessions(context, await findCooperationById(context, cooperation), { size: 100 }));
	const past = found.sessions.filter(({ endsAt }) => endsAt < now).toReversed();
	const code = (path: string) => path.slice(path.lastIndexOf('/') + 1);
	for (const [i, session] of past.entries()) {
		const after = Math.max(0, (now.getTime() - session.endsAt.getTime()) / day - 0.05);
		if (i === 3)
			await as(
				'Odile Marchand',
				after + 1
			)((context) => cancelSession(context, cooperation, code(session.path), { reason: 'La salle est inondée.' }));
		// the last one waits for somebody to note it
		else if (i < past.length - 1)
			await as(
				i % 3 ? 'Odile Marchand' : 'Nadia Benali',
				after
			)((context) =>
				noteSession(
					context,
					cooperation,
					code(session.path),
					noteForm.parse({
						sequence: '0',
						people: String(18 + ((i * 7) % 9)),
						publics: [children],
						counts: [String(12 + ((i * 5) % 7))],
						volunteers: '2 h 30',
						...(i === 1 ? { note: 'Deux anciens ont raconté le marché d’avant-guerre.' } : {})
					})
				)
			);
	}
	const coming = found.sessions.filter(({ startsAt, open }) => startsAt > now && !open).toReversed();
	await as(
		'Odile Marchand',
		1
	)((context) =>
		moveSession(
			context,
			cooperation,
			code(coming[1]!.path),
			moveForm.parse({ sequence: '0', day: onDay(9), time: '15:30', reason: 'La salle est prise par la chorale.' })
		)
	);
	const indicator = async (text: string, target: string, unit: string) => {
		const id = newId();
		await as(
			'Nadia Benali',
			48
		)((context) =>
			writeLine(context, cooperation, {
				...noDetails,
				id,
				kind: 'indicator',
				text,
				quantity: target,
				unit,
				audience: null,
				actingFor: null
			})
		);
		return id;
	};
	const visits = await indicator('Venues d’enfants aux ateliers.', '200', 'venues');
	await as(
		'Nadia Benali',
		20
	)((context) =>
		chooseReading(context, cooperation, visits, readingForm.parse({ adds: 'sum', source: 'attendance', publicRoot: children }))
	);
	const stories = await indicator('Récits d’anciens recueillis.', '40', 'récits');
	for (const [name, days, quantity, text] of [
		['Nadia Benali', 44, '4', ''],
		['Odile Marchand', 37, '9', ''],
		['Nadia Benali', 28, '', 'Les anciens parlent mieux à deux que seuls.'],
		['Nadia Benali', 24, '11', ''],
		['Odile Marchand', 6, '15', '']
	] as const)
		await as(
			name,
			days
		)((context) =>
			noteMeasure(context, cooperation, stories, measureForm.parse({ id: newId(), quantity, text, day: onDay(-days) }))
		);
}
