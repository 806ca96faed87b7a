import { expect, test } from 'vitest';
import type { Actor } from '#platform/actor.ts';
import { mayChangeAccount, mayEnter, mayNameAdministrators } from './policy.ts';

const person = (id: string, administrator = false): Actor => ({
	is: 'person',
	id,
	name: id,
	administrator,
	belongings: [],
	hubs: []
});

test.each<[string, Actor, boolean, boolean]>([
	['oneself', person('me'), true, false],
	['another', person('you'), false, false],
	['an administrator', person('boss', true), false, true],
	['a link', { is: 'link', id: 'me', may: 'read', thing: 'me', invitee: 'me', organisationId: null }, false, false],
	['a job', { is: 'system', name: 'me' }, false, false],
	['a stranger', { is: 'stranger' }, false, false]
])('%s', (_, actor, changesMine, names) => {
	expect(mayEnter()).toBe(true);
	expect(mayChangeAccount(actor, 'me')).toBe(changesMine);
	expect(mayNameAdministrators(actor)).toBe(names);
});
