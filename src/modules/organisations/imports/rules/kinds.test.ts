import { expect, test } from 'vitest';
import { kindSaid } from './kinds.ts';

test.each([
	['SARL', 'company'],
	['S.A.S.', 'company'],
	['5710', 'company'],
	['Société coopérative (SCIC)', 'company'],
	['Commune', 'local_authority'],
	['Communauté de communes', 'local_authority'],
	['7210', 'local_authority'],
	['Collège', 'school'],
	['Lycée professionnel', 'school'],
	['Fondation', 'foundation'],
	['Fonds de dotation', 'foundation'],
	['9220 Association déclarée', 'association'],
	['Association de parents d’école', 'association'],
	['ASBL', 'association'],
	['CCAS', 'public_establishment'],
	['Personne physique', null],
	['', null]
])('« %s » is said to be %s', (text, kind) => {
	expect(kindSaid(text)).toBe(kind);
});
