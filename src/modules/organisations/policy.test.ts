import { expect, test } from 'vitest';
import type { Actor, Belonging } from '#platform/actor.ts';
import { abilities, mayEndMembership, mayManage, mayRegister, maySayTitle } from './policy.ts';

const belonging = (over: Partial<Belonging>): Belonging => ({
	organisationId: 'ours',
	name: 'Nous',
	path: '/structures/nous',
	manager: false,
	may: 'discuss',
	...over
});
const person = (...belongings: Belonging[]): Actor => ({
	is: 'person',
	id: 'me',
	name: 'Moi',
	administrator: false,
	belongings,
	hubs: []
});
const manager = person(belonging({ manager: true, may: 'sign' }));
const signer = person(belonging({ may: 'sign' }));
const elsewhere = person(belonging({ organisationId: 'theirs', manager: true, may: 'sign' }));
const administrator: Actor = { is: 'person', id: 'boss', name: 'Elle', administrator: true, belongings: [], hubs: [] };
const link: Actor = { is: 'link', id: 'l', may: 'accept', thing: 't', invitee: 'ours', organisationId: 'ours' };
const stranger: Actor = { is: 'stranger' };
const system: Actor = { is: 'system', name: 'job' };

test.each<[string, Actor, boolean, boolean, boolean, boolean]>([
	// who, actor, registers, manages ours, ends somebody's membership, ends or titles their own
	['a manager', manager, true, true, true, true],
	['one who signs', signer, true, false, false, true],
	['a manager elsewhere', elsewhere, true, false, false, true],
	['an administrator', administrator, true, false, false, false],
	['a link', link, false, false, false, false],
	['a stranger', stranger, false, false, false, false],
	['a job', system, false, false, false, false]
])('%s', (_, actor, registers, manages, endsAnother, endsOwn) => {
	expect(mayRegister(actor)).toBe(registers);
	expect(mayManage(actor, 'ours')).toBe(manages);
	expect(mayEndMembership(actor, 'ours', 'somebody')).toBe(endsAnother);
	expect(mayEndMembership(actor, 'ours', 'me')).toBe(endsOwn);
	expect(maySayTitle(actor, 'ours', 'me')).toBe(endsOwn);
	expect(abilities(actor, 'ours')).toEqual({
		manage: manages,
		belongs: actor === manager || actor === signer,
		accompany: false
	});
});
