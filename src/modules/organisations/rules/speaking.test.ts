import { expect, test } from 'vitest';
import { stranger, type Actor } from '#platform/actor.ts';
import { inNameOf } from './speaking.ts';

const one = { organisationId: 'a', name: 'L’Atelier' };
const two = { organisationId: 'b', name: 'La Ville' };
const actor: Actor = {
	is: 'person',
	id: 'p',
	name: 'Hélène',
	administrator: false,
	hubs: [],
	belongings: [
		{ ...one, path: '/structures/a', manager: true, may: 'sign' },
		{ ...two, path: '/structures/b', manager: false, may: 'discuss' }
	]
};

test('whoever belongs to several sees what they may do in each', () => {
	expect(inNameOf(actor, [one, two])).toEqual([
		{ value: 'a', name: 'L’Atelier', label: 'L’Atelier (gère la structure, peut tout signer)' },
		{ value: 'b', name: 'La Ville', label: 'La Ville (peut discuter)' }
	]);
	expect(inNameOf(stranger, [one])).toMatchObject([{ label: 'L’Atelier' }]);
});
