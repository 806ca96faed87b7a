import { expect, test } from 'vitest';
import { codeFrom, hostOf, provenBy, readCode, type Known } from './rules.ts';

const known: Known[] = [
	{ by: 'register', website: 'https://www.treteaux.example/accueil', email: null },
	{ by: 'directory', website: null, email: 'les.treteaux@gmail.com' },
	{ by: 'directory', website: 'lestreteaux.wordpress.com', email: 'bureau@free.fr' }
];

test('an address on the domain of its site proves, and the very address that is known, even where anybody has a mailbox', () => {
	expect(provenBy('Odile@Treteaux.example', known)).toBe('register');
	expect(provenBy('les.treteaux@gmail.com', known)).toBe('directory');
});

test.each([
	['autre@gmail.com', 'identity.claim-shared-domain'],
	['autre@free.fr', 'identity.claim-shared-domain'],
	['x@wordpress.com', 'identity.claim-shared-domain'],
	['x@lestreteaux.wordpress.com', 'identity.claim-shared-domain'],
	['x@treteaux.example.org', 'identity.claim-other-domain'],
	['x@autre.treteaux.example', 'identity.claim-other-domain'],
	['x@notreteaux.example', 'identity.claim-other-domain']
])('%s proves nothing', (email, code) => {
	expect(() => provenBy(email, known)).toThrow(expect.objectContaining({ code }));
	expect(() => provenBy('a@treteaux.example', [])).toThrow();
});

test('a code is the same for one key, and read whatever the case and the spaces', () => {
	expect(codeFrom('a')).toBe(codeFrom('a'));
	expect(codeFrom('a')).not.toBe(codeFrom('b'));
	for (const key of 'abcdefghij') expect(codeFrom(key)).toMatch(/^[CFHJKMNPRTWXY3479]{4}-[CFHJKMNPRTWXY3479]{4}$/);
	expect(readCode(` ${codeFrom('a').toLowerCase().replace('-', ' ')} `)).toBe(readCode(codeFrom('a')));
	expect(hostOf('n’importe quoi')).toBe(null);
});
