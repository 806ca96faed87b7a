import { expect, test } from 'vitest';
import { Refused } from '#platform/errors.ts';
import { attemptsAllowed, initialsOf, safePath, usable, withinRate } from './rules.ts';

const now = new Date('2026-11-22T10:00:00Z');
const soon = new Date('2026-11-22T10:00:01Z');

test('an entry link works once, before it expires', () => {
	expect(() => usable({ personId: 'p', expiresAt: soon, usedAt: null }, now)).not.toThrow();
	expect(() => usable({ personId: 'p', expiresAt: now, usedAt: null }, now)).toThrow('people.link-expired');
	expect(() => usable({ personId: 'p', expiresAt: soon, usedAt: now }, now)).toThrow('people.link-used');
});

test('attempts are limited by e-mail and by network', () => {
	expect(() => withinRate({ email: attemptsAllowed.email, network: attemptsAllowed.network })).not.toThrow();
	expect(() => withinRate({ email: attemptsAllowed.email + 1, network: 0 })).toThrow(Refused);
	expect(() => withinRate({ email: 0, network: attemptsAllowed.network + 1 })).toThrow(Refused);
});

test.each([
	['/cooperations/avril-k7p3m?a=b#c', '/cooperations/avril-k7p3m?a=b#c'],
	['//ailleurs.example', '/'],
	['/\\ailleurs.example', '/'],
	['https://ailleurs.example', '/'],
	['javascript:alert(1)', '/'],
	['/a\nb', '/'],
	['', '/'],
	[null, '/']
])('after entering, %s leads to %s', (path, safe) => expect(safePath(path)).toBe(safe));

test.each([
	['Nadia Benali', 'NB'],
	['Jean-Luc Thévenot', 'JT'],
	['Élodie', 'É'],
	['  ', '?'],
	['3 Suisses', 'S']
])('initials of %s: %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
