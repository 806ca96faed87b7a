import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import ICAL from 'ical.js';
import ical, { type VEvent } from 'node-ical';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { sharedFolder } from '../../tests/shared.ts';
import { calendarFile, cancellation, invitation, type CalendarEvent } from './calendar.ts';
import { instant, plusDays, zones } from './clock.ts';

const at = (text: string) => new Date(text);

const meeting: CalendarEvent = {
	uid: 'x4t9q@ensemblier.example',
	sequence: 0,
	starts: at('2027-01-21T17:30:00Z'),
	ends: at('2027-01-21T19:00:00Z'),
	zone: 'Europe/Paris',
	title: 'Réunion de préparation',
	stamp: at('2026-11-22T09:00:00Z'),
	lastModified: at('2026-11-20T08:00:00Z')
};
const asked: CalendarEvent = {
	...meeting,
	organiser: { name: 'Ensemblier', email: 'coop@ensemblier.example' },
	attendees: [
		{ name: 'Nadia Belkacem', email: 'nadia@treteaux.example', reply: 'needs-action' },
		{ name: 'Samir "Sam" Haddad; fils,\nbureau', email: 'samir@cafe.example', reply: 'accepted' }
	]
};

/** Reads with ical.js, by the rules that the file itself carries and no others. */
function read(file: string) {
	const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
	const rules = new Map(
		calendar.getAllSubcomponents('vtimezone').map((component) => {
			const tzid = String(component.getFirstPropertyValue('tzid'));
			return [tzid, new ICAL.Timezone({ component, tzid })];
		})
	);
	const events = calendar.getAllSubcomponents('vevent').map((component) => {
		const moment = (name: string) => {
			const property = component.getFirstProperty(name)!;
			const time = property.getFirstValue() as ICAL.Time;
			const tzid = property.getFirstParameter('tzid');
			if (tzid) {
				const zone = rules.get(tzid);
				if (!zone) throw new Error(`no VTIMEZONE for ${tzid}`);
				time.zone = zone;
			}
			return { time, tzid, utc: time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString() };
		};
		const text = (name: string) => component.getFirstPropertyValue(name)?.toString();
		return { component, start: moment('dtstart'), end: moment('dtend'), text };
	});
	return { calendar, events, zones: [...rules.keys()] };
}

/** Reads with node-ical, which shares no code with ical.js. */
function readElsewhere(file: string): VEvent[] {
	return Object.values(ical.sync.parseICS(file)).filter((one): one is VEvent => one?.type === 'VEVENT');
}

/** The property's logical line, unfolded; zones have properties of the same names. */
function line(file: string, name: string): string {
	const found = file
		.replaceAll('\r\n ', '')
		.replace(/BEGIN:VTIMEZONE.*?END:VTIMEZONE/gs, '')
		.split('\r\n')
		.filter((one) => new RegExp(`^${name}[:;]`).test(one));
	expect(found).toHaveLength(1);
	return found[0]!;
}

describe('the instant that people read', () => {
	test.each([
		['winter in Paris', 'Europe/Paris', '2027-01-21', '18:30', '2027-01-21T17:30:00.000Z'],
		['summer in Paris', 'Europe/Paris', '2027-07-14', '18:30', '2027-07-14T16:30:00.000Z'],
		['the eve of the change to summer time', 'Europe/Paris', '2027-03-27', '18:30', '2027-03-27T17:30:00.000Z'],
		['the minute before it', 'Europe/Paris', '2027-03-28', '01:59', '2027-03-28T00:59:00.000Z'],
		['the first minute of summer time', 'Europe/Paris', '2027-03-28', '03:00', '2027-03-28T01:00:00.000Z'],
		['the day of the change to winter time', 'Europe/Paris', '2026-10-25', '18:30', '2026-10-25T17:30:00.000Z'],
		['its morning', 'Europe/Paris', '2026-10-25', '01:30', '2026-10-24T23:30:00.000Z'],
		['Brussels', 'Europe/Brussels', '2027-07-14', '18:30', '2027-07-14T16:30:00.000Z'],
		['Cayenne', 'America/Cayenne', '2027-07-14', '22:30', '2027-07-15T01:30:00.000Z'],
		['Nouméa', 'Pacific/Noumea', '2027-01-01', '08:00', '2026-12-31T21:00:00.000Z'],
		['La Réunion', 'Indian/Reunion', '2027-01-21', '18:30', '2027-01-21T14:30:00.000Z'],
		['Mayotte, an alias in the library', 'Indian/Mayotte', '2027-01-21', '18:30', '2027-01-21T15:30:00.000Z'],
		['the Marquesas, at half an hour', 'Pacific/Marquesas', '2027-01-21', '18:30', '2027-01-22T04:00:00.000Z'],
		['Guadeloupe', 'America/Guadeloupe', '2027-07-14', '18:30', '2027-07-14T22:30:00.000Z'],
		['Martinique, a day later in Paris', 'America/Martinique', '2026-12-31', '20:00', '2027-01-01T00:00:00.000Z'],
		['Tahiti', 'Pacific/Tahiti', '2027-01-21', '18:30', '2027-01-22T04:30:00.000Z'],
		['Wallis', 'Pacific/Wallis', '2027-01-21', '08:00', '2027-01-20T20:00:00.000Z'],
		['midnight, which opens the day', 'Europe/Paris', '2027-02-01', '00:00', '2027-01-31T23:00:00.000Z'],
		['midnight of the change to summer time', 'Europe/Paris', '2027-03-28', '00:00', '2027-03-27T23:00:00.000Z'],
		['the last minute of a leap day', 'Europe/Paris', '2028-02-29', '23:59', '2028-02-29T22:59:00.000Z'],
		['Miquelon in summer', 'America/Miquelon', '2027-07-14', '18:30', '2027-07-14T20:30:00.000Z']
	])('%s', (_, zone, day, time, utc) => {
		const starts = instant(day, time, zone);
		const ends = new Date(starts.getTime() + 900_000);
		const file = calendarFile({ name: 'Agenda', events: [{ ...meeting, zone, starts, ends }] });
		expect(line(file, 'DTSTART')).toBe(`DTSTART;TZID=${zone}:${day.replaceAll('-', '')}T${time.replace(':', '')}00`);
		expect(file.match(/^TZID:.*$/gm)).toEqual([`TZID:${zone}`]);
		const [one] = read(file).events;
		expect(one!.start.utc).toBe(utc);
		expect(one!.end.utc).toBe(ends.toISOString());
		const [other] = readElsewhere(file);
		expect(other!.start.toISOString()).toBe(utc);
		expect(other!.end!.toISOString()).toBe(ends.toISOString());
	});

	test('a meeting across the change lasts as long as it lasts', () => {
		const file = calendarFile({
			name: 'Agenda',
			events: [{ ...meeting, starts: at('2027-03-27T22:00:00Z'), ends: at('2027-03-28T04:00:00Z') }]
		});
		expect(line(file, 'DTSTART')).toBe('DTSTART;TZID=Europe/Paris:20270327T230000');
		expect(line(file, 'DTEND')).toBe('DTEND;TZID=Europe/Paris:20270328T060000');
	});

	test('a meeting that ends at midnight ends on the next day, and is no whole day', () => {
		const [starts, ends] = [instant('2027-01-21', '22:00', 'Indian/Reunion'), instant('2027-01-22', '00:00', 'Indian/Reunion')];
		const file = calendarFile({ name: 'Agenda', events: [{ ...meeting, zone: 'Indian/Reunion', starts, ends }] });
		expect(line(file, 'DTEND')).toBe('DTEND;TZID=Indian/Reunion:20270122T000000');
		const [other] = readElsewhere(file);
		expect([other!.datetype, other!.end!.toISOString()]).toEqual(['date-time', '2027-01-21T20:00:00.000Z']);
	});

	test.each([
		['one day', '2027-03-28', '2027-03-28', '20270329'],
		['a leap day', '2028-02-29', '2028-02-29', '20280301'],
		['across the change of the clocks', '2026-10-24', '2026-10-26', '20261027'],
		['a whole season', '2027-04-01', '2027-06-30', '20270701']
	])('whole days, %s: both readers find the same', (_, starts, ends, after) => {
		const file = calendarFile({ name: 'Agenda', events: [{ ...meeting, zone: 'Pacific/Noumea', starts, ends }] });
		expect(line(file, 'DTEND')).toBe(`DTEND;VALUE=DATE:${after}`);
		const [one] = read(file).events;
		expect([one!.start.time.isDate, one!.start.utc, one!.end.utc.replaceAll('-', '')]).toEqual([true, starts, after]);
		expect(readElsewhere(file)[0]!.datetype).toBe('date');
	});

	test('where clock time would be read otherwise, it is written in universal time', () => {
		const twice = calendarFile({
			name: 'Agenda',
			events: [{ ...meeting, starts: at('2026-10-25T01:30:00Z'), ends: at('2026-10-25T02:30:00Z') }]
		});
		expect(line(twice, 'DTSTART')).toBe('DTSTART:20261025T013000Z');
		expect(twice).not.toContain('VTIMEZONE');
		const old = calendarFile({
			name: 'Agenda',
			events: [{ ...meeting, starts: at('1985-10-15T12:00:00Z'), ends: at('1985-10-15T13:00:00Z') }]
		});
		expect(read(old).events[0]!.start.utc).toBe('1985-10-15T12:00:00.000Z');
	});

	test('the rules of every zone offered are those of this machine, from 2020 to 2040', () => {
		for (const { zone } of zones()) {
			const events: CalendarEvent[] = [];
			for (let day = '2020-01-01'; day < '2040-12-31'; day = plusDays(day, 29)) {
				const starts = instant(day, '12:00', zone);
				events.push({ ...meeting, uid: day, zone, starts, ends: new Date(starts.getTime() + 3_600_000) });
			}
			expect(calendarFile({ name: zone, events }).match(/^DTSTART:\d{8}T\d{6}Z/gm)).toBeNull();
		}
	});

	test('whole days: the last one counts', () => {
		const file = calendarFile({ name: 'Agenda', events: [{ ...meeting, starts: '2026-12-31', ends: '2027-01-01' }] });
		expect(line(file, 'DTSTART')).toBe('DTSTART;VALUE=DATE:20261231');
		expect(line(file, 'DTEND')).toBe('DTEND;VALUE=DATE:20270102');
		expect(file).not.toContain('VTIMEZONE');
		const [other] = readElsewhere(file);
		expect(other!.datetype).toBe('date');
		expect(() => calendarFile({ name: 'Agenda', events: [{ ...meeting, starts: '2026-12-31' }] })).toThrow(TypeError);
		expect(() => calendarFile({ name: 'Agenda', events: [{ ...meeting, starts: '2026-02-30', ends: '2026-03-01' }] })).toThrow(
			RangeError
		);
	});
});

describe('invitations', () => {
	test('a request asks each person, and its change says so by its sequence', () => {
		const file = invitation(asked);
		const { calendar, events } = read(file);
		expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
		const [event] = events;
		expect(event!.text('status')).toBe('CONFIRMED');
		expect(event!.text('organizer')).toBe('mailto:coop@ensemblier.example');
		const people = event!.component.getAllProperties('attendee').map((one) => one.toJSON().slice(1));
		expect(people).toEqual([
			[
				{ cn: 'Nadia Belkacem', cutype: 'INDIVIDUAL', role: 'REQ-PARTICIPANT', partstat: 'NEEDS-ACTION', rsvp: 'TRUE' },
				'cal-address',
				'mailto:nadia@treteaux.example'
			],
			[
				{
					cn: 'Samir "Sam" Haddad; fils, bureau',
					cutype: 'INDIVIDUAL',
					role: 'REQ-PARTICIPANT',
					partstat: 'ACCEPTED',
					rsvp: 'FALSE'
				},
				'cal-address',
				'mailto:samir@cafe.example'
			]
		]);
		expect(readElsewhere(file)[0]!.attendee).toHaveLength(2);

		const change = invitation({ ...asked, sequence: 3, place: 'Maison des associations' });
		expect(line(change, 'SEQUENCE')).toBe('SEQUENCE:3');
		expect(line(change, 'UID')).toBe(line(file, 'UID'));
	});

	test('moved, then cancelled: readers know which copy is the last', () => {
		const moved = { ...asked, starts: at('2027-01-28T17:30:00Z'), ends: at('2027-01-28T19:00:00Z') };
		const sent = [invitation(asked), invitation({ ...moved, sequence: 1 }), cancellation({ ...moved, sequence: 2 })];
		const copies = sent.map((file) => readElsewhere(file)[0]!);
		expect(new Set(copies.map(({ uid }) => uid)).size).toBe(1);
		expect(copies.map(({ sequence }) => Number(sequence))).toEqual([0, 1, 2]);
		expect(copies.map(({ start }) => start.toISOString())).toEqual([
			'2027-01-21T17:30:00.000Z',
			'2027-01-28T17:30:00.000Z',
			'2027-01-28T17:30:00.000Z'
		]);
		expect(copies.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
		// the same meeting, written twice, is the same file
		expect(invitation({ ...moved, sequence: 1 })).toBe(sent[1]);
	});

	test('a cancellation is one for every reader', () => {
		const file = cancellation({ ...asked, sequence: 4 });
		expect(line(file, 'METHOD')).toBe('METHOD:CANCEL');
		expect(line(file, 'STATUS')).toBe('STATUS:CANCELLED');
		expect(line(file, 'SEQUENCE')).toBe('SEQUENCE:4');
		const [other] = readElsewhere(file);
		expect(other!.status).toBe('CANCELLED');
		expect(other!.method).toBe('CANCEL');
	});

	test('without organiser or attendees there is no invitation', () => {
		expect(() => invitation(meeting)).toThrow(TypeError);
		expect(() => invitation({ ...asked, attendees: [] })).toThrow(TypeError);
		expect(() => cancellation(meeting)).toThrow(TypeError);
	});
});

describe('feeds', () => {
	test('a feed has a name, says how often to come back, and gives away nobody’s address', () => {
		const file = calendarFile({
			name: 'Avril enchanté, les dates',
			events: [asked, { ...asked, uid: 'two', cancelled: true }],
			refreshMinutes: 60
		});
		expect(line(file, 'METHOD')).toBe('METHOD:PUBLISH');
		expect(line(file, 'X-WR-CALNAME')).toBe('X-WR-CALNAME:Avril enchanté\\, les dates');
		expect(line(file, 'NAME')).toBe('NAME:Avril enchanté\\, les dates');
		expect(line(file, 'REFRESH-INTERVAL')).toBe('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
		expect(line(file, 'X-PUBLISHED-TTL')).toBe('X-PUBLISHED-TTL:PT1H');
		expect(file).not.toContain('ATTENDEE');
		expect(file).not.toContain('nadia@');
		expect(read(file).events.map((event) => event.text('status'))).toEqual(['CONFIRMED', 'CANCELLED']);
		expect(readElsewhere(file).map(({ uid }) => uid)).toEqual([asked.uid, 'two']);
	});

	test('each zone is described once; an empty feed is a calendar', () => {
		const events = ['Europe/Paris', 'Pacific/Noumea', 'Europe/Paris'].map((zone, n) => ({ ...meeting, uid: `n${n}`, zone }));
		expect(read(calendarFile({ name: 'Agenda', events })).zones).toEqual(['Europe/Paris', 'Pacific/Noumea']);
		expect(read(calendarFile({ name: 'Agenda', events: [] })).events).toEqual([]);
	});
});

const clean = (text: string) => text.replace(/\r\n?/g, '\n');

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function wellFormed(file: string) {
	expect(file.endsWith('\r\n')).toBe(true);
	expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	for (const one of file.split('\r\n')) {
		expect(Buffer.byteLength(one)).toBeLessThanOrEqual(75);
		expect(one.isWellFormed()).toBe(true);
	}
}

describe('texts', () => {
	test.each([
		['commas, semicolons; and \\ backslashes', 'a, b; c \\ d: "e"'],
		['lines', 'Un\nDeux\r\nTrois\rQuatre\n'],
		['what looks like an escape', '\\n \\, \\; \\\\n'],
		['emoji', '🎭🤝 théâtre entre générations 👩‍👩‍👧‍👦'],
		['a thousand characters', 'à🎭é '.repeat(200)],
		['what looks like a property', 'x\nEND:VEVENT\nBEGIN:VEVENT\nATTENDEE:mailto:a@b.c']
	])('%s', (_, text) => {
		const file = calendarFile({ name: text, events: [{ ...meeting, title: text, place: text, description: text }] });
		wellFormed(file);
		const { calendar, events } = read(file);
		expect(events).toHaveLength(1);
		expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe(oneLine(text));
		expect(events[0]!.text('summary')).toBe(oneLine(text));
		for (const name of ['location', 'description']) expect(events[0]!.text(name)).toBe(clean(text));
		const others = readElsewhere(file);
		expect(others).toHaveLength(1);
		// node-ical takes an escaped backslash before an n for a line feed: only ical.js is asked about those
		if (!text.includes('\\n')) expect(others[0]!.description).toBe(clean(text));
	});

	test('control characters are left out, an address becomes a safe one', () => {
		const file = calendarFile({
			name: 'Agenda',
			events: [{ ...meeting, title: 'a\u0000b\u001bc\u007fd\ud800', url: 'https://ensemblier.example/réunions/a b' }]
		});
		expect(line(file, 'SUMMARY')).toBe('SUMMARY:abcd');
		expect(line(file, 'URL')).toBe('URL:https://ensemblier.example/r%C3%A9unions/a%20b');
	});

	test('whatever people write and whenever they meet, both readers find it', () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 400 }).map((one) => one.replace(/\p{Cc}/gu, ''));
		const minute = fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2045, 0, 1) / 60_000 });
		fc.assert(
			fc.property(
				fc.record({ title: text, place: text, description: text, name: text }),
				minute,
				fc.integer({ min: 1, max: 3000 }),
				fc.constantFrom(...zones().map(({ zone }) => zone), 'America/New_York', 'Africa/Casablanca', 'Pacific/Apia'),
				fc.constantFrom('REQUEST' as const, 'PUBLISH' as const),
				(words, from, length, zone, method) => {
					const starts = new Date(from * 60_000);
					const ends = new Date((from + length) * 60_000);
					const people = { organiser: asked.organiser!, attendees: [{ ...asked.attendees![0]!, name: words.name }] };
					const file = calendarFile({
						name: words.name,
						method,
						events: [{ ...meeting, ...words, ...people, zone, starts, ends }]
					});
					wellFormed(file);
					const [one] = read(file).events;
					expect(one!.start.utc).toBe(starts.toISOString());
					expect(one!.end.utc).toBe(ends.toISOString());
					expect(one!.text('summary')).toBe(oneLine(words.title));
					expect(one!.text('description') ?? '').toBe(words.description);
					const [other] = readElsewhere(file);
					expect(other!.start.toISOString()).toBe(starts.toISOString());
					expect(other!.end!.toISOString()).toBe(ends.toISOString());
				}
			)
		);
	});
});

const samples = path.join(sharedFolder() ?? 'shared', 'data/dev/calendar');
const there = existsSync(samples);
if (!there) console.warn(`${samples} is absent: what others write in their calendars is not tried`);

describe.skipIf(!there)('what others write', () => {
	const files = there ? globSync('**/*.ics', { cwd: samples }) : [];

	/** The calendars of one file; some samples are broken on purpose, and some hold several. */
	function calendars(file: string): ICAL.Component[] {
		try {
			const parsed = ICAL.parse(readFileSync(path.join(samples, file), 'utf8')) as unknown[];
			return (Array.isArray(parsed[0]) ? (parsed as unknown[][]) : [parsed]).map((one) => new ICAL.Component(one));
		} catch {
			return [];
		}
	}

	test('the titles, places and texts of real calendars go through ours, and both readers find them again', () => {
		const said = files
			.flatMap(calendars)
			.flatMap((calendar) => calendar.getAllSubcomponents('vevent'))
			.map((event) => (name: string) => clean(String(event.getFirstPropertyValue(name) ?? '')));
		expect(said.length).toBeGreaterThan(50);
		const events = said.map((text, n) => ({
			...meeting,
			uid: `n${n}`,
			title: text('summary'),
			place: text('location'),
			description: text('description')
		}));
		const file = calendarFile({ name: 'Agenda', events });
		wellFormed(file);
		const [ours, others] = [read(file).events, readElsewhere(file)];
		expect(ours).toHaveLength(events.length);
		expect(others).toHaveLength(events.length);
		for (const [n, { title, place, description }] of events.entries()) {
			expect(ours[n]!.text('summary') ?? '').toBe(oneLine(title));
			expect(ours[n]!.text('location') ?? '').toBe(place);
			expect(ours[n]!.text('description') ?? '').toBe(description);
		}
	});
});
