import type { CalendarEvent } from '#platform/calendar.ts';
import { duration } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { address } from '#platform/running.server.ts';
import { m } from '#words';
import { listForCalendar, type SessionSeen } from './queries.server.ts';
import { whenSaid } from './rules.ts';

type Dated = Awaited<ReturnType<typeof listForCalendar>>[number];

/** A session as calendars know it. Written at its last change: the same session gives the same file. */
export const eventOf = (session: Dated): CalendarEvent => ({
	uid: session.uid,
	sequence: session.sequence,
	zone: session.zone,
	title: session.title,
	place: session.place,
	starts: session.startsAt,
	ends: session.endsAt,
	description: [m.sessions_calendar_of({ cooperation: session.cooperation }), session.toKnow].filter(Boolean).join('\n\n'),
	url: address(session.path),
	cancelled: session.cancelledAt !== null,
	stamp: session.changedAt,
	lastModified: session.changedAt
});

/** The sessions that a calendar address shows beside meetings: of one cooperation, or of all of the reader's. */
export const sessionEvents = async (seen: Context, cooperationId: string | null): Promise<CalendarEvent[]> =>
	(await listForCalendar(seen, cooperationId)).map(eventOf);

/** One page of lines for a small session, two for a large one: whoever comes signs, and nothing is typed. */
const lines = 28;

/** The sheet that is signed at the door: no name is printed on it. */
export async function attendanceSheet(
	{ now }: Pick<Context, 'now'>,
	{ cooperation, session }: { cooperation: string; session: SessionSeen }
): Promise<Uint8Array> {
	const { pdf } = await typeset('src/modules/sessions/sheet.typ', onPaper(cooperation, session, now), { date: now });
	return pdf;
}

/** What the template needs, in words. */
export function onPaper(cooperation: string, session: SessionSeen, now: Date) {
	const by = [...session.partners.map(({ name }) => name), session.runners].filter(Boolean).join(', ');
	return {
		title: session.title,
		kicker: m.sessions_paper(),
		lead: whenSaid(session, now),
		description: `${m.sessions_paper()}, ${cooperation}`,
		issuer: cooperation,
		reference: session.code,
		facts: [
			[m.sessions_paper_length(), duration((session.endsAt.getTime() - session.startsAt.getTime()) / 60_000)],
			...(session.place ? [[m.sessions_paper_where(), session.place]] : []),
			...(by ? [[m.sessions_paper_by(), by]] : [])
		],
		state: session.cancelledAt ? m.sessions_cancelled_fact({ reason: session.cancelReason ?? '' }) : null,
		note: m.sessions_paper_note(),
		header: [m.sessions_paper_name(), m.sessions_paper_public(), m.sessions_paper_signature()],
		lines,
		count: m.sessions_paper_count()
	};
}
