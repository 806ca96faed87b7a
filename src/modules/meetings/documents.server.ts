import { facts } from '#modules/lines/views/says.ts';
import { letterhead } from '#modules/cooperations/documents.server.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { envelopesFor } from '#modules/hubs/queries.server.ts';
import { calendarFile, type CalendarEvent } from '#platform/calendar.ts';
import { duration, longDay, today, wall } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, Refused } from '#platform/errors.ts';
import type { Letters } from '#platform/pdf/letters.server.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import { mayNoteReply } from './policy.ts';
import type { MeetingSeen, Point } from './queries.server.ts';
import type { Participant } from './queries/participants.server.ts';
import type { MinutedLine } from './queries/minutes.server.ts';
import { answerable, lengthOf, minutesState, whenSaid } from './rules.ts';

type Dated = Pick<
	MeetingSeen,
	'uid' | 'sequence' | 'startsAt' | 'endsAt' | 'zone' | 'title' | 'place' | 'cancelledAt' | 'changedAt'
>;

/** A meeting as calendars know it. Written at its last change: the same meeting gives the same file. */
export const eventOf = (meeting: Dated, { cooperation, url }: { cooperation: string; url: string }): CalendarEvent => ({
	uid: meeting.uid,
	sequence: meeting.sequence,
	zone: meeting.zone,
	title: meeting.title,
	place: meeting.place,
	starts: meeting.startsAt,
	ends: meeting.endsAt,
	description: m.meetings_calendar_of({ cooperation }),
	url,
	cancelled: meeting.cancelledAt !== null,
	stamp: meeting.changedAt,
	lastModified: meeting.changedAt
});

/** The file that puts one meeting into one's calendar. */
export const meetingFile = (meeting: Dated, about: { cooperation: string; url: string }): string =>
	calendarFile({ name: meeting.title, events: [eventOf(meeting, about)] });

type Paper = {
	cooperation: string;
	meeting: MeetingSeen;
	points: Point[];
	participants: Participant[];
	lines: MinutedLine[];
	/** Whoever reads accompanies: they read what was opened to them, and the paper says so. */
	followed?: boolean;
};

/** The meeting on paper: its agenda, with room for the pen, until something is noted; then its minutes, a draft until they are sent. */
export async function meetingDocument({ now }: Pick<Context, 'now'>, paper: Paper): Promise<Uint8Array> {
	const { pdf } = await typeset('src/modules/meetings/minutes.typ', onPaper(paper, now), { date: now });
	return pdf;
}

/** What the template needs, in words. */
export function onPaper({ cooperation, meeting, points, participants, lines, followed = false }: Paper, now: Date) {
	const state = minutesState(meeting);
	const agenda = state === 'none';
	const day = today(now, meeting.zone);
	const onDay = (at: Date) => longDay(wall(at, meeting.zone).day, day);
	const nameOf = (id: string | null) => participants.find((one) => one.id === id)?.name ?? null;
	const shown = (line: MinutedLine) => ({
		kind: word(`lines_kind_${line.kind}`),
		text: line.text,
		said: [line.speaker, ...facts(line, day)].filter(Boolean).join(', '),
		withdrawn: line.withdrawnAt !== null,
		corrected:
			line.corrected === 'added'
				? m.meetings_line_added()
				: line.corrected === 'revised'
					? m.meetings_line_revised({ reason: line.reason ?? '' })
					: null
	});
	const known = new Set(points.map(({ id }) => id));
	const beside = lines.filter(({ pointId }) => pointId === null || !known.has(pointId));
	const tasks = agenda ? [] : lines.filter(({ kind, withdrawnAt }) => kind === 'task' && !withdrawnAt);
	return {
		title: meeting.title,
		kicker: agenda ? m.meetings_paper_agenda() : m.meetings_paper_minutes(),
		lead: whenSaid(meeting, now),
		description: `${agenda ? m.meetings_paper_agenda() : m.meetings_paper_minutes()}, ${cooperation}`,
		issuer: cooperation,
		reference: meeting.code,
		draft: state === 'draft',
		pen: agenda,
		facts: [
			[m.meetings_paper_length(), duration(lengthOf(meeting))],
			...(meeting.place ? [[m.meetings_paper_where(), meeting.place]] : [])
		],
		state: meeting.cancelledAt
			? m.meetings_paper_cancelled({ reason: meeting.cancelReason ?? '' })
			: state === 'draft'
				? m.meetings_paper_draft()
				: meeting.adoptedAt
					? m.meetings_paper_adopted({ day: onDay(meeting.adoptedAt) })
					: meeting.circulatedAt
						? m.meetings_paper_circulated({ day: onDay(meeting.circulatedAt) })
						: null,
		followed: followed && !agenda ? m.meetings_followed_minutes() : null,
		points: [
			...points.map((point, index) => ({
				title: `${index + 1}. ${point.title}`,
				about: [word(`meetings_expects_${point.expected}`), point.minutes ? duration(point.minutes) : '']
					.filter(Boolean)
					.join(', '),
				lines: agenda ? [] : lines.filter(({ pointId }) => pointId === point.id).map(shown)
			})),
			...(!agenda && beside.length
				? [
						{
							title: points.length ? m.meetings_beside_agenda() : m.meetings_said_at_meeting(),
							about: null,
							lines: beside.map(shown)
						}
					]
				: []),
			...(agenda && !points.length ? [{ title: m.meetings_paper_notes(), about: null, lines: [] }] : [])
		],
		tasks: {
			title: m.meetings_paper_tasks(),
			header: [m.meetings_paper_task(), m.meetings_paper_who(), m.meetings_paper_due()],
			rows: tasks.map((task) => [
				task.text,
				[task.whoPersonName, task.whoOrganisationName].filter(Boolean).join(', ') || m.meetings_paper_nobody(),
				task.endsOn ? longDay(task.endsOn, day) : m.meetings_paper_nobody()
			])
		},
		people: {
			title: agenda ? m.meetings_paper_invited() : m.meetings_presences(),
			header: [
				m.meetings_paper_name(),
				m.meetings_paper_structure(),
				agenda ? m.meetings_paper_signature() : m.meetings_paper_presence()
			],
			rows: participants.map((one) => [
				one.name,
				one.organisation ?? '',
				...(agenda
					? []
					: [
							one.presence === 'represented' && nameOf(one.representedBy)
								? m.meetings_represented_by({ name: nameOf(one.representedBy)! })
								: one.presence
									? word(`meetings_presence_${one.presence}`)
									: m.meetings_presence_unsaid()
						])
			])
		}
	};
}

/** Those whom no mail reaches: a letter tells them. */
export const unreached = <One extends { reached: boolean; gone: boolean; reply: unknown }>(participants: One[]): One[] =>
	participants.filter(({ reached, gone, reply }) => !reached && !gone && reply === null);

/** A meeting's convocation on paper, for everyone without an address who has not answered, with a slip to hand back. */
export async function convocations(
	context: Context,
	cooperation: Cooperation,
	{ meeting, points, participants }: Pick<Paper, 'meeting' | 'points' | 'participants'>
): Promise<Letters> {
	if (!mayNoteReply(context.actor, cooperation)) throw new Forbidden();
	answerable({ ...meeting, ended: cooperation.endedAt }, context.now);
	const asked = unreached(participants.map((one) => ({ ...one, reached: one.email !== null })));
	if (!asked.length) throw new Refused('meetings.letter-nobody');
	const envelopes = await envelopesFor(
		context,
		asked.flatMap(({ organisationId }) => organisationId ?? [])
	);
	const head = await letterhead(context, cooperation.id, meeting.actingFor);
	const when = whenSaid(meeting, context.now);
	const letters = asked.map((one) => {
		const envelope = envelopes.get(one.organisationId ?? '') ?? ['', '', ''];
		return {
			from: head.from,
			to: one.name === envelope[0] ? envelope : [one.name, ...envelope],
			subject: m.meetings_letter_subject({ organisation: head.name }),
			paragraphs: [m.meetings_letter_about({ title: meeting.title, cooperation: cooperation.name })],
			facts: [
				[m.meetings_letter_when(), when],
				...(meeting.place ? [[m.meetings_paper_where(), meeting.place]] : []),
				[m.meetings_paper_length(), duration(lengthOf(meeting))]
			] as [string, string][],
			list: {
				title: m.meetings_agenda(),
				items: points.map(({ title, expected }) =>
					m.meetings_point_said({ title, expected: word(`meetings_expected_${expected}`) })
				)
			},
			slip: {
				title: m.meetings_letter_slip({ title: meeting.title, when }),
				choices: [m.meetings_letter_yes(), m.meetings_letter_maybe(), m.meetings_letter_no()],
				blanks: [m.meetings_letter_names(), m.meetings_letter_point()],
				to: head.name,
				phone: head.phone
			}
		};
	});
	return {
		letters,
		title: m.meetings_letter_file({ title: meeting.title }),
		issuer: head.name,
		date: context.now,
		day: today(context.now, meeting.zone)
	};
}
