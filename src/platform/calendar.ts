// Calendar files (RFC 5545), invitations and cancellations (iTIP, RFC 5546). Pure: times, names and addresses are given.
import ICAL from 'ical.js';
import { tzlib_get_ical_block as vtimezone } from 'timezones-ical-library';
import { instant, isDay, plusDays, wall } from './clock.ts';

export type CalendarPerson = { name: string; email: string };
export type Reply = 'needs-action' | 'accepted' | 'declined' | 'tentative';
export type CalendarEvent = {
	/** stable for the life of the event, and unlike any other in the world: 'x4t9q@coop.example.org' */
	uid: string;
	/** 0, then one more at each change that people must know of, cancellation included */
	sequence: number;
	/** an instant, or a day 'YYYY-MM-DD' for whole days */
	starts: Date | string;
	/** an instant, or the last day, which counts, when `starts` is a day */
	ends: Date | string;
	/** where it takes place: its clock time stays the same for people there */
	zone: string;
	title: string;
	place?: string | null;
	description?: string | null;
	url?: string | null;
	organiser?: CalendarPerson;
	attendees?: (CalendarPerson & { reply: Reply })[];
	cancelled?: boolean;
	/** when this file is written */
	stamp: Date;
	/** when the event last changed */
	lastModified: Date;
};
export type Method = 'PUBLISH' | 'REQUEST' | 'CANCEL';
export type CalendarFile = { name: string; method?: Method; events: CalendarEvent[]; refreshMinutes?: number };

// Lines of at most 75 octets: ical.js counts them without the space that opens a continuation.
ICAL.foldLength = 74;

// Names of calendars are texts: a property that ical.js does not know is written as it is, line feeds included.
const known = ICAL.design.icalendar.property as Record<string, { defaultType: string }>;
known['name'] = known['x-wr-calname'] = { defaultType: 'text' };

/** Text without what iCalendar forbids in it: control characters other than tabs and line feeds. */
function clean(text: string): string {
	// oxlint-disable-next-line no-control-regex
	return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu, '');
}

function oneLine(text: string): string {
	return clean(text).replace(/\s+/g, ' ').trim();
}

const knownZones = new Map<string, ICAL.Timezone | null>();

/** The zone's rules, under the name that was asked for, or null when the library has no such zone. */
function rulesOf(zone: string): ICAL.Timezone | null {
	let rules = knownZones.get(zone);
	if (rules === undefined) {
		const block = vtimezone(zone)[0];
		const component = block ? new ICAL.Component(ICAL.parse(block) as unknown[]) : null;
		// an alias such as Indian/Mayotte comes under its target's name
		component?.updatePropertyWithValue('tzid', zone);
		component?.removeAllProperties('x-lic-location');
		rules = component && new ICAL.Timezone({ component, tzid: zone });
		knownZones.set(zone, rules);
	}
	return rules;
}

function utc(at: Date): ICAL.Time {
	const time = ICAL.Time.fromJSDate(at, true);
	time.zone = ICAL.Timezone.utcTimezone;
	return time;
}

/** Clock time at a place. Built from numbers: a native Date given with a zone is written in the machine's own time. */
function clockTime(at: Date, zone: string): ICAL.Time {
	const { day, time } = wall(at, zone);
	return ICAL.Time.fromDateTimeString(`${day}T${time}:00`);
}

/**
 * Would a reader of the file find this very instant, both by the rules that the file carries and by the machine's?
 * Not for the second of two equal clock times, nor where the library's rules are not those of that year.
 */
function survives(at: Date, zone: string, rules: ICAL.Timezone): boolean {
	const { day, time } = wall(at, zone);
	const read = clockTime(at, zone);
	read.zone = rules;
	return instant(day, time, zone).getTime() === at.getTime() && read.toUnixTime() * 1000 === at.getTime();
}

function addDay(event: ICAL.Component, property: string, day: string) {
	if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
	event.addPropertyWithValue(property, ICAL.Time.fromDateString(day));
}

function addPerson(event: ICAL.Component, property: 'organizer' | 'attendee', person: CalendarPerson): ICAL.Property {
	const added = event.addPropertyWithValue(property, `mailto:${clean(person.email).replace(/[\s]/g, '')}`);
	const name = oneLine(person.name);
	if (name) added.setParameter('cn', name);
	return added;
}

function eventComponent(from: CalendarEvent, method: Method): ICAL.Component {
	const event = new ICAL.Component('vevent');
	event.addPropertyWithValue('uid', clean(from.uid));
	event.addPropertyWithValue('dtstamp', utc(from.stamp));
	event.addPropertyWithValue('last-modified', utc(from.lastModified));
	event.addPropertyWithValue('sequence', from.sequence);

	if (typeof from.starts === 'string' && typeof from.ends === 'string') {
		addDay(event, 'dtstart', from.starts);
		addDay(event, 'dtend', plusDays(from.ends, 1));
		event.addPropertyWithValue('transp', 'TRANSPARENT');
	} else if (typeof from.starts !== 'string' && typeof from.ends !== 'string') {
		const { starts, ends } = from;
		const rules = rulesOf(from.zone);
		const local = rules !== null && survives(starts, from.zone, rules) && survives(ends, from.zone, rules);
		for (const [property, at] of [
			['dtstart', starts],
			['dtend', ends]
		] as const) {
			const added = event.addPropertyWithValue(property, local ? clockTime(at, from.zone) : utc(at));
			if (local) added.setParameter('tzid', from.zone);
		}
	} else throw new TypeError('an event starts and ends either on days or at instants');

	event.addPropertyWithValue('summary', oneLine(from.title));
	if (from.place) event.addPropertyWithValue('location', clean(from.place));
	if (from.description) event.addPropertyWithValue('description', clean(from.description));
	if (from.url) event.addPropertyWithValue('url', new URL(from.url).href);
	event.addPropertyWithValue('status', from.cancelled || method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');

	if (from.organiser) addPerson(event, 'organizer', from.organiser);
	// a published feed goes to whoever holds its address: nobody's own address is in it
	for (const attendee of method === 'PUBLISH' ? [] : (from.attendees ?? [])) {
		const added = addPerson(event, 'attendee', attendee);
		added.setParameter('cutype', 'INDIVIDUAL');
		added.setParameter('role', 'REQ-PARTICIPANT');
		added.setParameter('partstat', attendee.reply.toUpperCase());
		if (method === 'REQUEST') added.setParameter('rsvp', attendee.reply === 'needs-action' ? 'TRUE' : 'FALSE');
	}
	return event;
}

/** A calendar file: CRLF, lines of at most 75 octets, the rules of each zone that its events use. Without a method it is a feed. */
export function calendarFile({ name, method = 'PUBLISH', events, refreshMinutes }: CalendarFile): string {
	const calendar = new ICAL.Component('vcalendar');
	calendar.addPropertyWithValue('version', '2.0');
	calendar.addPropertyWithValue('prodid', '-//Ensemblier//Ensemblier//FR');
	calendar.addPropertyWithValue('calscale', 'GREGORIAN');
	calendar.addPropertyWithValue('method', method);
	if (method === 'PUBLISH') {
		calendar.addPropertyWithValue('name', oneLine(name));
		calendar.addPropertyWithValue('x-wr-calname', oneLine(name));
		if (refreshMinutes !== undefined) {
			const every = ICAL.Duration.fromSeconds(refreshMinutes * 60);
			calendar.addPropertyWithValue('refresh-interval', every);
			calendar.addPropertyWithValue('x-published-ttl', every.toString());
		}
	}

	const written = events.map((event) => eventComponent(event, method));
	const zones = new Set(written.map((event) => event.getFirstProperty('dtstart')?.getFirstParameter('tzid')));
	for (const zone of zones) {
		const rules = zone ? rulesOf(zone) : null;
		// a copy: a component belongs to one calendar, and the rules are kept for the next one
		if (rules) calendar.addSubcomponent(new ICAL.Component(structuredClone(rules.component.toJSON() as unknown[])));
	}
	for (const event of written) calendar.addSubcomponent(event);
	return `${calendar.toString()}\r\n`;
}

function forPeople(event: CalendarEvent) {
	if (!event.organiser) throw new TypeError('an invitation has an organiser');
	if (!event.attendees?.length) throw new TypeError('an invitation has attendees');
}

/** An invitation (METHOD:REQUEST); with a higher sequence, the change of one that was sent. */
export function invitation(event: CalendarEvent): string {
	forPeople(event);
	return calendarFile({ name: event.title, method: 'REQUEST', events: [{ ...event, cancelled: false }] });
}

/** The cancellation of an invitation that was sent (METHOD:CANCEL); its sequence is higher than the last one's. */
export function cancellation(event: CalendarEvent): string {
	forPeople(event);
	return calendarFile({ name: event.title, method: 'CANCEL', events: [{ ...event, cancelled: true }] });
}
