import { expect, test } from 'vitest';
import { mailbox, nextAttempt, stateOf } from './rules.ts';

const now = new Date('2026-11-22T10:00:00Z');
const minutes = (at: Date | null) => at && (at.getTime() - now.getTime()) / 60_000;

test.each([
	[1, 1],
	[2, 2],
	[5, 16],
	[9, 256],
	[10, 360],
	[15, 360]
])('after %i attempts the next is %i minutes later', (attempts, later) => {
	expect(minutes(nextAttempt(attempts, now))).toBe(later);
});

test('after three days of trying, nobody tries any more', () => {
	let attempts = 1;
	let at = now;
	for (let next = nextAttempt(1, at); next; next = nextAttempt(++attempts, at)) at = next;
	const days = (at.getTime() - now.getTime()) / 86_400_000;
	expect(days).toBeGreaterThan(2.7);
	expect(days).toBeLessThanOrEqual(3);
});

test.each([
	['sent', { sentAt: now, refusedAt: null, unclearAt: now }],
	['refused', { sentAt: null, refusedAt: now, unclearAt: null }],
	['unclear', { sentAt: null, refusedAt: null, unclearAt: now }],
	['waiting', { sentAt: null, refusedAt: null, unclearAt: null }]
] as const)('a mail is %s', (state, dates) => expect(stateOf(dates)).toBe(state));

test.each([
	['Ensemblier <a@exemple.org>', { name: 'Ensemblier', email: 'a@exemple.org' }],
	['<a@exemple.org>', { email: 'a@exemple.org' }],
	[' a@exemple.org ', { email: 'a@exemple.org' }]
])('« %s » is read', (written, box) => expect(mailbox(written)).toEqual(box));
