import { expect, test } from 'vitest';
import { answerable, keepsAManager, kindFrom, stateOf } from './mandates.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = new Date('2026-12-22T10:00:00Z');
const none = { acceptedAt: null, declinedAt: null, revokedAt: null, expiresAt: later };

test.each([
	[none, 'waiting'],
	[{ ...none, acceptedAt: now }, 'accepted'],
	[{ ...none, declinedAt: now }, 'declined'],
	[{ ...none, revokedAt: now }, 'revoked'],
	[{ ...none, expiresAt: now }, 'expired'],
	[{ ...none, acceptedAt: now, expiresAt: now }, 'accepted']
] as const)('an invitation %j is %s', (invitation, state) => {
	expect(stateOf(invitation, now)).toBe(state);
	if (state === 'waiting') expect(() => answerable(state)).not.toThrow();
	else expect(() => answerable(state)).toThrow(`organisations.invitation-${state}`);
});

test('the last manager stays as long as there are other members', () => {
	const boss = { membershipId: 'a', manager: true };
	expect(() => keepsAManager([boss], 'a')).not.toThrow();
	expect(() => keepsAManager([boss, { membershipId: 'b', manager: true }], 'a')).not.toThrow();
	expect(() => keepsAManager([boss, { membershipId: 'b', manager: false }], 'b')).not.toThrow();
	expect(() => keepsAManager([boss, { membershipId: 'b', manager: false }], 'a')).toThrow('organisations.last-manager');
});

test.each([
	['Fondation Sorbier', 'foundation'],
	['Ville de Valsorbier', 'local_authority'],
	['Mairie d’Alès', 'local_authority'],
	['La Ville en fête', 'association'],
	['Les Fondations du rire', 'association']
] as const)('%s names itself as %s', (name, kind) => {
	expect(kindFrom(name)).toBe(kind);
});
