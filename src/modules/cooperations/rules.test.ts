import { expect, test } from 'vitest';
import {
	answerable,
	beyondName,
	leadIsFree,
	leavable,
	missingAssociations,
	nameFrom,
	namesIn,
	standingOf,
	steps,
	stepUnderWay,
	type Partner
} from './rules.ts';

const at = new Date('2026-11-22T10:00:00Z');
const partner = (over: Partial<Partner>): Partner => ({
	id: 'p',
	organisationId: 'o',
	name: 'La Passerelle',
	kind: 'association',
	role: 'carrier',
	place: null,
	invitedAt: at,
	acceptedAt: null,
	declinedAt: null,
	leftAt: null,
	...over
});

test.each([
	[{}, 'invited'],
	[{ acceptedAt: at }, 'accepted'],
	[{ declinedAt: at }, 'declined'],
	[{ acceptedAt: at, leftAt: at }, 'left']
] as const)('a partner with %j is %s', (over, standing) => {
	const one = partner(over);
	expect(standingOf(one)).toBe(standing);
	if (standing === 'invited') expect(() => answerable(one)).not.toThrow();
	else expect(() => answerable(one)).toThrow(`cooperations.invitation-${standing}`);
});

test('two accepted associations make a cooperation; a town or a funder does not count', () => {
	const association = partner({ acceptedAt: at });
	expect(missingAssociations([association])).toBe(1);
	expect(missingAssociations([association, association])).toBe(0);
	expect(missingAssociations([association, { ...association, acceptedAt: null }])).toBe(1);
	expect(missingAssociations([association, { ...association, kind: 'local_authority', role: 'public' }])).toBe(1);
	expect(missingAssociations([association, { ...association, role: 'funder' }])).toBe(1);
	expect(missingAssociations([])).toBe(2);
});

test('one lead at most, invited ones included; the last partner cannot leave', () => {
	const lead = partner({ id: 'a', role: 'lead', acceptedAt: at });
	expect(() => leadIsFree([lead], 'lead')).toThrow('cooperations.lead-taken');
	expect(() => leadIsFree([lead], 'lead', 'a')).not.toThrow();
	expect(() => leadIsFree([partner({ role: 'lead' })], 'lead')).toThrow();
	expect(() => leadIsFree([{ ...lead, leftAt: at }], 'lead')).not.toThrow();
	expect(() => leadIsFree([lead], 'carrier')).not.toThrow();
	expect(() => leavable(lead, [lead])).toThrow('cooperations.last-partner');
	expect(() => leavable(lead, [lead, partner({ id: 'b', acceptedAt: at })])).not.toThrow();
	expect(() => leavable(partner({}), [lead])).toThrow('cooperations.not-a-partner');
});

test('the step under way is the first that is not done', () => {
	expect(stepUnderWay([])).toBe('define');
	expect(stepUnderWay(['define', 'plan'])).toBe('clarify');
	expect(stepUnderWay([...steps])).toBe('evaluate');
});

test.each([
	['Jouer une pièce. Avec les écoles.', 'Jouer une pièce'],
	['Un jardin', 'Un jardin'],
	[
		'Jouer sur une même scène une pièce écrite par les enfants et les anciens du quartier',
		'Jouer sur une même scène une pièce écrite par les enfants…'
	]
])('%s is called %s', (sentence, name) => expect(nameFrom(sentence)).toBe(name));

test.each([
	[
		'La Passerelle, Chœur des Voisins',
		[
			{ name: 'La Passerelle', commune: null },
			{ name: 'Chœur des Voisins', commune: null }
		]
	],
	[
		'La Passerelle (Montpellier)\n\n Radio Sorbier ',
		[
			{ name: 'La Passerelle', commune: 'Montpellier' },
			{ name: 'Radio Sorbier', commune: null }
		]
	],
	[
		'Fil (Paris, 20e); Lumière',
		[
			{ name: 'Fil', commune: 'Paris, 20e' },
			{ name: 'Lumière', commune: null }
		]
	],
	[' ,; ', []]
])('%j names organisations', (text, names) => expect(namesIn(text)).toEqual(names));

test.each([
	['Avril enchanté', 'Avril enchanté. Jouer une pièce.', 'Jouer une pièce.'],
	['Un jardin', 'Un jardin', null],
	['Un jardin', 'Un jardin.', null],
	['Rue Piat', 'Un jardin partagé.', 'Un jardin partagé.']
])('beyond « %s », « %s » says %j', (name, sentence, rest) => expect(beyondName({ name, sentence })).toBe(rest));
