import { calendarFile, type CalendarEvent } from '#platform/calendar.ts';
import { m } from '#words';
import type { MeetingSeen } from './queries.server.ts';

type Dated = Pick<
	MeetingSeen,
	'uid' | 'sequence' | 'startsAt' | 'endsAt' | 'zone' | 'title' | 'place' | 'cancelledAt' | 'changedAt'
>;

/** A meeting as calendars know it. Written at its last change: the same meeting gives the same file. */
export const eventOf = (meeting: Dated, { cooperation, url }: { cooperation: string; url: string }): CalendarEvent => ({
	...meeting,
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
