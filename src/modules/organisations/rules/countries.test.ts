import { expect, test } from 'vitest';
import { townAndCountry } from './countries.ts';

test.each([
	['Lausanne (Suisse)', 'Lausanne', 'Suisse'],
	['Ixelles, Belgique', 'Ixelles', 'Belgique'],
	['Sainte-Foy-l’Argentière CEDEX 09', 'Sainte-Foy-l’Argentière CEDEX 09', null],
	['Vitry (Marne)', 'Vitry (Marne)', null],
	['Paris, France', 'Paris, France', null],
	['Suisse', 'Suisse', null],
	['', '', null]
])('on the envelope of « %s »', (said, town, country) => {
	expect(townAndCountry(said)).toEqual({ town, country });
});
