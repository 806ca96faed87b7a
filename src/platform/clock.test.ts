import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	daysBetween,
	duration,
	endOfDay,
	hour,
	instant,
	isDay,
	isTime,
	longDay,
	plusDays,
	relative,
	shortDay,
	span,
	today,
	wall,
	zoneName,
	zones
} from './clock.ts';

const spaced = (text: string) => text.replaceAll('_', '\u00a0');

describe('instants and walls', () => {
	test.each([
		['2027-01-21', '18:30', 'Europe/Paris', '2027-01-21T17:30:00.000Z'],
		['2027-07-14', '18:30', 'Europe/Paris', '2027-07-14T16:30:00.000Z'],
		['2027-07-14', '18:30', 'Europe/Brussels', '2027-07-14T16:30:00.000Z'],
		['2027-01-21', '18:30', 'America/Cayenne', '2027-01-21T21:30:00.000Z'],
		['2027-01-21', '22:30', 'America/Cayenne', '2027-01-22T01:30:00.000Z'],
		['2027-01-21', '02:30', 'Indian/Reunion', '2027-01-20T22:30:00.000Z'],
		['2027-01-01', '08:00', 'Pacific/Noumea', '2026-12-31T21:00:00.000Z'],
		['2026-12-31', '23:59', 'Pacific/Tahiti', '2027-01-01T09:59:00.000Z'],
		['2027-01-21', '09:30', 'Pacific/Marquesas', '2027-01-21T19:00:00.000Z'],
		['2028-02-29', '00:00', 'America/Martinique', '2028-02-29T04:00:00.000Z'],
		['2027-03-14', '12:00', 'America/Miquelon', '2027-03-14T14:00:00.000Z'],
		['2027-03-28', '01:59', 'Europe/Paris', '2027-03-28T00:59:00.000Z'],
		['2027-03-28', '03:00', 'Europe/Paris', '2027-03-28T01:00:00.000Z'],
		['2027-10-31', '01:59', 'Europe/Paris', '2027-10-30T23:59:00.000Z'],
		['2027-10-31', '03:00', 'Europe/Paris', '2027-10-31T02:00:00.000Z']
	])('%s %s in %s is %s, and back', (day, time, zone, utc) => {
		expect(instant(day, time, zone).toISOString()).toBe(utc);
		expect(wall(new Date(utc), zone)).toEqual({ day, time });
	});

	test('a time that clocks skip is counted as if they had not moved yet', () => {
		expect(instant('2027-03-28', '02:30', 'Europe/Paris').toISOString()).toBe('2027-03-28T01:30:00.000Z');
		expect(wall(instant('2027-03-28', '02:30', 'Europe/Paris'), 'Europe/Paris').time).toBe('03:30');
	});

	test('a time that clocks show twice is the first of the two', () => {
		expect(instant('2027-10-31', '02:30', 'Europe/Paris').toISOString()).toBe('2027-10-31T00:30:00.000Z');
		expect(wall(new Date('2027-10-31T01:30:00Z'), 'Europe/Paris')).toEqual({ day: '2027-10-31', time: '02:30' });
	});

	test('what is not a day, a time or a zone is refused', () => {
		expect(['2027-02-28', '2028-02-29'].every(isDay)).toBe(true);
		expect(['2027-02-29', '2027-13-01', '2027-1-1', '', '2027-00-10', '+12027-01-01'].some(isDay)).toBe(false);
		expect(['00:00', '23:59'].every(isTime)).toBe(true);
		expect(['24:00', '8:00', '08:60', '', '08:00:00'].some(isTime)).toBe(false);
		expect(() => wall(new Date(), 'Mars/Olympus')).toThrow(RangeError);
		expect(() => instant('2027-02-29', '10:00', 'Europe/Paris')).toThrow(RangeError);
		expect(() => instant('2027-02-28', '25:00', 'Europe/Paris')).toThrow(RangeError);
	});

	const someZone = fc.constantFrom(...zones().map(({ zone }) => zone), 'America/New_York', 'Pacific/Apia', 'Africa/Casablanca');
	const someMinute = fc
		.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2060-12-31T00:00:00Z'), noInvalidDate: true })
		.map((at) => new Date(Math.floor(at.getTime() / 60_000) * 60_000));

	test('from an instant to the wall and back: the same, or one with the same wall', () => {
		fc.assert(
			fc.property(someMinute, someZone, (at, zone) => {
				const seen = wall(at, zone);
				const back = instant(seen.day, seen.time, zone);
				expect(wall(back, zone)).toEqual(seen);
				expect(back.getTime()).toBeLessThanOrEqual(at.getTime());
				expect(at.getTime() - back.getTime()).toBeLessThanOrEqual(3_600_000);
			})
		);
	});

	test('an instant of the day is in the day: its end is not after the first instant of the next', () => {
		fc.assert(
			fc.property(someMinute, someZone, (at, zone) => {
				const day = today(at, zone);
				const end = endOfDay(day, zone);
				expect(at.getTime()).toBeLessThanOrEqual(end.getTime());
				expect(today(end, zone)).toBe(day);
				expect(today(new Date(end.getTime() + 1), zone)).toBe(plusDays(day, 1));
			})
		);
	});
});

describe('days', () => {
	test('today depends on where one is', () => {
		const now = new Date('2026-12-31T23:30:00Z');
		expect(today(now, 'Europe/Paris')).toBe('2027-01-01');
		expect(today(now, 'America/Cayenne')).toBe('2026-12-31');
		expect(today(now, 'Pacific/Noumea')).toBe('2027-01-01');
	});

	test('a day of 23 or 25 hours ends when it ends', () => {
		expect(endOfDay('2027-03-28', 'Europe/Paris').toISOString()).toBe('2027-03-28T21:59:59.999Z');
		expect(endOfDay('2027-10-31', 'Europe/Paris').toISOString()).toBe('2027-10-31T22:59:59.999Z');
		expect(endOfDay('2026-12-31', 'Pacific/Noumea').toISOString()).toBe('2026-12-31T12:59:59.999Z');
	});

	test('adding and counting days', () => {
		expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
		expect(plusDays('2028-03-01', -1)).toBe('2028-02-29');
		fc.assert(
			fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => {
				expect(daysBetween('2027-01-21', plusDays('2027-01-21', days))).toBe(days);
			})
		);
	});
});

describe('in French', () => {
	test.each([
		['2027-01-21', '2027-11-22', 'jeudi 21 janvier', 'jeu. 21 janv.'],
		['2027-01-21', '2026-11-22', 'jeudi 21 janvier 2027', 'jeu. 21 janv. 2027'],
		['2027-02-01', '2027-01-01', 'lundi 1er février', 'lun. 1er févr.'],
		['2026-12-31', '2027-01-01', 'jeudi 31 décembre 2026', 'jeu. 31 déc. 2026'],
		['2027-08-15', '2027-08-15', 'dimanche 15 août', 'dim. 15 août'],
		['2027-03-11', '2027-03-11', 'jeudi 11 mars', 'jeu. 11 mars']
	])('%s read on %s', (day, now, long, short) => {
		expect(longDay(day, now)).toBe(long);
		expect(shortDay(day, now)).toBe(short);
	});

	test.each([
		['18:30', '18_h_30'],
		['18:00', '18_h'],
		['08:05', '8_h_05'],
		['00:00', '0_h']
	])('%s is %s', (time, text) => {
		expect(hour(time)).toBe(spaced(text));
	});

	test.each([
		['2027-01-21T17:30:00Z', '2027-01-21T19:00:00Z', 'Europe/Paris', '18_h_30 à 20_h'],
		['2027-01-21T17:30:00Z', '2027-01-21T19:00:00Z', 'America/Cayenne', '14_h_30 à 16_h'],
		['2027-01-21T17:30:00Z', '2027-01-21T19:00:00Z', 'Pacific/Noumea', '4_h_30 à 6_h'],
		['2027-03-28T00:30:00Z', '2027-03-28T01:30:00Z', 'Europe/Paris', '1_h_30 à 3_h_30'],
		['2027-01-21T19:00:00Z', '2027-01-21T23:00:00Z', 'Europe/Paris', '20_h à minuit'],
		['2026-12-31T21:00:00Z', '2027-01-01T01:00:00Z', 'Europe/Paris', '22_h à 2_h le lendemain'],
		['2027-01-22T08:00:00Z', '2027-01-24T11:00:00Z', 'Europe/Paris', '9_h, jusqu’au dimanche 24 janvier, 12_h']
	])('from %s to %s in %s', (start, end, zone, text) => {
		expect(span(new Date(start), new Date(end), zone)).toBe(spaced(text));
	});

	test.each([
		[90, '1_h_30'],
		[120, '2_h'],
		[45, '45_min'],
		[65, '1_h_05'],
		[0, '0_min']
	])('%i minutes', (minutes, text) => {
		expect(duration(minutes)).toBe(spaced(text));
	});

	test.each([
		['2027-01-21', 'aujourd’hui'],
		['2027-01-20', 'hier'],
		['2027-01-19', 'avant-hier'],
		['2027-01-22', 'demain'],
		['2027-01-23', 'après-demain'],
		['2027-01-18', 'il y a 3_jours'],
		['2027-01-08', 'il y a 13_jours'],
		['2026-12-31', 'il y a 3_semaines'],
		['2027-02-11', 'dans 3_semaines'],
		['2026-11-22', 'il y a 8_semaines'],
		['2026-11-21', 'il y a 2_mois'],
		['2027-04-20', 'dans 2_mois'],
		['2026-01-21', 'il y a 12_mois'],
		['2025-01-22', 'il y a 23_mois'],
		['2025-01-21', 'il y a 2_ans'],
		['2030-01-20', 'dans 2_ans']
	])('%s seen on 21 January 2027', (day, text) => {
		expect(relative(day, '2027-01-21')).toBe(spaced(text));
	});
});

describe('zones', () => {
	test('their names, offered or not', () => {
		expect(zoneName('America/Cayenne')).toBe('heure de Cayenne');
		expect(zoneName('Europe/Paris')).toBe('heure de Paris');
		expect(zoneName('America/Toronto')).toBe('heure locale (Toronto)');
	});

	test('each one offered is known here, and said once', () => {
		const offered = zones();
		for (const { zone } of offered) expect(() => wall(new Date(), zone), zone).not.toThrow();
		expect(new Set(offered.map(({ place }) => place)).size).toBe(offered.length);
		expect(offered.map(({ zone }) => zone)).toEqual(
			expect.arrayContaining(['Europe/Paris', 'America/Cayenne', 'Indian/Reunion', 'Pacific/Noumea', 'Europe/Brussels'])
		);
	});
});

test('what is remembered of a zone is what Intl says, on the days when clocks move too', () => {
	const zones = ['Europe/Paris', 'America/Cayenne', 'Pacific/Chatham', 'Australia/Lord_Howe', 'Indian/Reunion'];
	const moves = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 3, 4, 15), Date.UTC(2026, 8, 26, 14)];
	const near = fc.tuple(fc.constantFrom(...moves), fc.integer({ min: -90_000_000, max: 90_000_000 })).map(([at, by]) => at + by);
	const any = fc.integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2090, 0, 1) });
	fc.assert(
		fc.property(fc.constantFrom(...zones), fc.oneof(near, any), (zone, at) => {
			const said = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
			const { day, time } = wall(new Date(at), zone);
			expect(`${day} ${time}`).toBe(said);
		})
	);
});
