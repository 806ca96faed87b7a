import { expect, test } from 'vitest';
import type { Facts } from '#modules/cooperations/policy.ts';
import type { Partner } from '#modules/cooperations/rules.ts';
import { stranger, type Actor, type Person } from '#platform/actor.ts';
import { abilities, mayAnswerAs, mayIntroduce } from './policy.ts';

const day = new Date('2026-11-16T09:00:00Z');
const partner = (organisationId: string, over: Partial<Partner> = {}): Partner => ({
	id: `partner-${organisationId}`,
	organisationId,
	role: 'carrier',
	name: organisationId,
	kind: 'association',
	place: null,
	invitedAt: day,
	acceptedAt: day,
	declinedAt: null,
	leftAt: null,
	...over
});
const person = (id: string, ...organisations: string[]): Person => ({
	is: 'person',
	id,
	name: id,
	administrator: id === 'agathe',
	belongings: organisations.map((organisationId) => ({
		organisationId,
		name: organisationId,
		path: '',
		manager: false,
		may: 'discuss'
	})),
	hubs: []
});
const link = (thing: string, invitee: string | null, may: 'answer' | 'read' | 'accept' = 'answer'): Actor => ({
	is: 'link',
	id: 'link',
	may,
	thing,
	invitee,
	organisationId: null
});
const poll = { id: 'poll', actingFor: 'soleil' };
const partners = [partner('soleil'), partner('tréteaux'), partner('ville', { acceptedAt: null })];
const facts: Facts = { partners, accompanied: false };

test.each<[string, Actor, Facts, { answer: boolean; run: boolean; note: boolean }]>([
	['a member of the organisation that asks', person('nadia', 'soleil'), facts, { answer: true, run: true, note: true }],
	['a member of another partner', person('odile', 'tréteaux'), facts, { answer: true, run: false, note: false }],
	['a member of an invited one', person('hélène', 'ville'), facts, { answer: false, run: false, note: false }],
	['the accompanying hub', person('claire', 'mda'), { ...facts, accompanied: true }, { answer: false, run: false, note: true }],
	['an administrator', person('agathe'), facts, { answer: false, run: false, note: false }],
	['a stranger', stranger, facts, { answer: false, run: false, note: false }],
	['a link', link('poll', 'invitee'), facts, { answer: false, run: false, note: false }],
	[
		'a partner, once the one that asked has left',
		person('odile', 'tréteaux'),
		{ ...facts, partners: [partner('soleil', { leftAt: day }), partner('tréteaux')] },
		{ answer: true, run: true, note: true }
	]
])('%s', (_, actor, known, expected) => expect(abilities(actor, known, poll)).toEqual(expected));

test('an answer belongs to its author', () => {
	const invitee = { id: 'invitee', personId: 'odile' };
	expect(mayAnswerAs(person('odile', 'tréteaux'), poll, invitee)).toBe(true);
	expect(mayAnswerAs(person('nadia', 'soleil'), poll, invitee)).toBe(false);
	expect(mayAnswerAs(link('poll', 'invitee'), poll, invitee)).toBe(true);
	expect(mayAnswerAs(link('poll', 'other'), poll, invitee)).toBe(false);
	expect(mayAnswerAs(link('other', 'invitee'), poll, invitee)).toBe(false);
	expect(mayAnswerAs(link('poll', 'invitee', 'read'), poll, invitee)).toBe(false);
	expect(mayAnswerAs(link('poll', null), poll, { id: 'invitee', personId: null })).toBe(false);
});

test('only the open link introduces somebody', () => {
	expect(mayIntroduce(link('poll', null), poll)).toBe(true);
	expect(mayIntroduce(link('poll', 'invitee'), poll)).toBe(false);
	expect(mayIntroduce(link('other', null), poll)).toBe(false);
	expect(mayIntroduce(link('poll', null, 'accept'), poll)).toBe(false);
	expect(mayIntroduce(person('nadia', 'soleil'), poll)).toBe(false);
});
