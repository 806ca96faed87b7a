// Days are 'YYYY-MM-DD', times are 'HH:MM', zones are IANA names, instants are Dates; the present is always an argument.
// Node 24 has no Temporal: everything here stands on the time-zone data of Intl.
import { m } from '#words';

export type Wall = { day: string; time: string };
export type Zone = { zone: string; place: string; name: string };

const DAY_MS = 86_400_000;
const NO_BREAK = '\u00a0';

const readers = new Map<string, Intl.DateTimeFormat>();

function reader(zone: string): Intl.DateTimeFormat {
	let format = readers.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit'
		});
		readers.set(zone, format);
	}
	return format;
}

function readClock(at: number, zone: string): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of reader(zone).formatToParts(at)) parts[type] = Number(value);
	return Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!);
}

// Asking Intl is slow, and a list asks it for each of its dates: the offset of a day on which clocks do not move is remembered.
const steady = new Map<string, Map<number, number | null>>();
const mostDays = 20_000;

function steadyOffset(day: number, zone: string): number | null {
	let days = steady.get(zone);
	if (!days) steady.set(zone, (days = new Map()));
	let known = days.get(day);
	if (known === undefined) {
		const [first, last] = [day, day + 1].map((one) => readClock(one * DAY_MS, zone) - one * DAY_MS);
		known = first === last ? first! : null;
		if (days.size >= mostDays) days.clear();
		days.set(day, known);
	}
	return known;
}

/** What a clock on the wall of the zone shows, to the second, written as if it were UTC (milliseconds). */
function shown(at: number, zone: string): number {
	const known = steadyOffset(Math.floor(at / DAY_MS), zone);
	return known === null ? readClock(at, zone) : Math.floor(at / 1000) * 1000 + known;
}

/** The zone's offset from UTC at an instant, in milliseconds; positive east of Greenwich. */
function offset(at: number, zone: string): number {
	const second = Math.floor(at / 1000) * 1000;
	return shown(second, zone) - second;
}

/** Is it a day of the calendar, written 'YYYY-MM-DD'? 29 February only in leap years. */
export function isDay(text: string): boolean {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
	const at = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** Is it a time of the day, written 'HH:MM', from 00:00 to 23:59? */
export function isTime(text: string): boolean {
	return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function midnight(day: string): number {
	if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
	return Date.parse(`${day}T00:00:00Z`);
}

/** The day that is `days` later, or earlier when negative. */
export function plusDays(day: string, days: number): string {
	return new Date(midnight(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days from one day to another; negative when `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
	return Math.round((midnight(to) - midnight(from)) / DAY_MS);
}

/** The day and the time that people in the zone read at an instant; seconds are dropped. */
export function wall(at: Date, zone: string): Wall {
	const text = new Date(shown(at.getTime(), zone)).toISOString();
	return { day: text.slice(0, 10), time: text.slice(11, 16) };
}

/** The day that it is in the zone. */
export function today(now: Date, zone: string): string {
	return wall(now, zone).day;
}

/**
 * The instant at which clocks of the zone show that day and time.
 * When clocks go back and show it twice, the first time is meant. When they go forward and never show it, the time is
 * counted as if they had not moved yet: 02:30 becomes 03:30. RFC 5545 (3.3.5) reads local times in the same way.
 */
export function instant(day: string, time: string, zone: string): Date {
	if (!isTime(time)) throw new RangeError(`not a time: ${time}`);
	const [hours, minutes] = time.split(':').map(Number);
	const asked = midnight(day) + (hours! * 60 + minutes!) * 60_000;
	const before = asked - offset(asked - DAY_MS, zone);
	const after = asked - offset(asked + DAY_MS, zone);
	return new Date(shown(before, zone) !== asked && shown(after, zone) === asked ? after : before);
}

/** The last millisecond of a day in the zone: a deadline on that day is kept while `now <= endOfDay(…)`. */
export function endOfDay(day: string, zone: string): Date {
	return new Date(instant(plusDays(day, 1), '00:00', zone).getTime() - 1);
}

const longFormat = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
const shortFormat = new Intl.DateTimeFormat('fr-FR', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

function written(day: string, now: string, format: Intl.DateTimeFormat): string {
	const text = format
		.formatToParts(midnight(day))
		.map(({ type, value }) => (type === 'day' && value === '1' ? m.clock_first_of_month() : value))
		.join('');
	return day.slice(0, 4) === now.slice(0, 4) ? text : `${text} ${Number(day.slice(0, 4))}`;
}

/** « jeudi 21 janvier », with the year when it is not the year of `now` (the day that it is). */
export function longDay(day: string, now: string): string {
	return written(day, now, longFormat);
}

/** « jeudi 21 janvier 2027 », with its year always: for paper, which is read again years later. */
export function fullDay(day: string): string {
	return written(day, '', longFormat);
}

/** « jeu. 21 janv. », with the year when it is not the year of `now` (the day that it is). */
export function shortDay(day: string, now: string): string {
	return written(day, now, shortFormat);
}

/** « novembre 2026 », from « 2026-11 ». */
export function monthName(month: string): string {
	return `${new Intl.DateTimeFormat('fr-FR', { month: 'long', timeZone: 'UTC' }).format(midnight(`${month}-01`))} ${Number(month.slice(0, 4))}`;
}

/** « 18 h 30 », « 8 h 05 », « 18 h ». */
export function hour(time: string): string {
	if (!isTime(time)) throw new RangeError(`not a time: ${time}`);
	const [hours, minutes] = time.split(':');
	return minutes === '00'
		? m.clock_hour({ hours: Number(hours) })
		: m.clock_hour_minutes({ hours: Number(hours), minutes: minutes! });
}

/** « 18 h 30 à 20 h », as read in the zone; an end on a later day says so. */
export function span(start: Date, end: Date, zone: string): string {
	const from = wall(start, zone);
	const to = wall(end, zone);
	const words = { start: hour(from.time), end: hour(to.time) };
	const days = daysBetween(from.day, to.day);
	if (days === 0) return m.clock_span(words);
	if (days === 1) return to.time === '00:00' ? m.clock_span_midnight(words) : m.clock_span_next_day(words);
	return m.clock_span_days({ ...words, day: longDay(to.day, from.day) });
}

/** « 1 h 30 », « 2 h », « 45 min ». */
export function duration(minutes: number): string {
	const hours = Math.floor(minutes / 60);
	const rest = Math.round(minutes - hours * 60);
	if (hours === 0) return m.clock_minutes({ minutes: rest });
	return rest === 0 ? m.clock_hour({ hours }) : m.clock_hour_minutes({ hours, minutes: String(rest).padStart(2, '0') });
}

const nearly = new Intl.RelativeTimeFormat('fr-FR', { numeric: 'auto' });
const counted = new Intl.RelativeTimeFormat('fr-FR', { numeric: 'always' });

function whole(from: string, to: string): number {
	const [early, late] = from < to ? [from, to] : [to, from];
	const months =
		(Number(late.slice(0, 4)) - Number(early.slice(0, 4))) * 12 + Number(late.slice(5, 7)) - Number(early.slice(5, 7));
	const full = late.slice(8) < early.slice(8) ? months - 1 : months;
	return from < to ? full : -full;
}

/** « hier », « après-demain », « il y a 3 semaines », « dans 2 mois »: in days up to 13, then in whole weeks, months, years. */
export function relative(day: string, now: string): string {
	const days = daysBetween(now, day);
	const months = whole(now, day);
	let text: string;
	if (Math.abs(days) <= 2) text = nearly.format(days, 'day');
	else if (Math.abs(days) < 14) text = counted.format(days, 'day');
	else if (Math.abs(months) < 2) text = counted.format(Math.trunc(days / 7), 'week');
	else if (Math.abs(months) < 24) text = counted.format(months, 'month');
	else text = counted.format(Math.trunc(months / 12), 'year');
	return text.replace(/(\d)\s/g, `$1${NO_BREAK}`).replaceAll("'", '’');
}

/** The zones offered to choose from: metropolitan France, overseas France from west to east, Belgium. */
export function zones(): Zone[] {
	return [
		{ zone: 'Europe/Paris', place: m.clock_place_france(), name: m.clock_zone_paris() },
		{ zone: 'America/Guadeloupe', place: m.clock_place_guadeloupe(), name: m.clock_zone_guadeloupe() },
		{ zone: 'America/Martinique', place: m.clock_place_martinique(), name: m.clock_zone_martinique() },
		{ zone: 'America/Marigot', place: m.clock_place_saint_martin(), name: m.clock_zone_saint_martin() },
		{ zone: 'America/St_Barthelemy', place: m.clock_place_saint_barthelemy(), name: m.clock_zone_saint_barthelemy() },
		{ zone: 'America/Cayenne', place: m.clock_place_guyane(), name: m.clock_zone_cayenne() },
		{ zone: 'America/Miquelon', place: m.clock_place_miquelon(), name: m.clock_zone_miquelon() },
		{ zone: 'Indian/Reunion', place: m.clock_place_reunion(), name: m.clock_zone_reunion() },
		{ zone: 'Indian/Mayotte', place: m.clock_place_mayotte(), name: m.clock_zone_mayotte() },
		{ zone: 'Pacific/Noumea', place: m.clock_place_caledonie(), name: m.clock_zone_noumea() },
		{ zone: 'Pacific/Wallis', place: m.clock_place_wallis(), name: m.clock_zone_wallis() },
		{ zone: 'Pacific/Tahiti', place: m.clock_place_tahiti(), name: m.clock_zone_tahiti() },
		{ zone: 'Pacific/Marquesas', place: m.clock_place_marquises(), name: m.clock_zone_marquises() },
		{ zone: 'Pacific/Gambier', place: m.clock_place_gambier(), name: m.clock_zone_gambier() },
		{ zone: 'Europe/Brussels', place: m.clock_place_belgique(), name: m.clock_zone_brussels() }
	];
}

/** How people call the zone's time: « heure de Cayenne »; for a zone that is not offered, « heure locale (Toronto) ». */
export function zoneName(zone: string): string {
	const offered = zones().find((one) => one.zone === zone);
	if (offered) return offered.name;
	const parts = new Intl.DateTimeFormat('fr-FR', { timeZone: zone, timeZoneName: 'shortGeneric' }).formatToParts(0);
	const text = parts.find(({ type }) => type === 'timeZoneName')!.value;
	return m.clock_zone_other({ place: text.replace(/^heure\s:\s/, '') });
}
