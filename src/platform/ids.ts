import { randomBytes } from 'node:crypto';
import { v5, v7 } from 'uuid';

/** An identifier that sorts by the time when it was made (UUIDv7, RFC 9562). */
export const newId = (): string => v7();

/** The identifier of nobody and nothing; it sorts before every other. */
export const nobody = '00000000-0000-0000-0000-000000000000';

/** These identifiers, or nobody's: an empty list is no SQL. */
export const orNobody = (ids: string[]): string[] => (ids.length ? ids : [nobody]);

/** The identifier that one thing gives to another: the same two always give the same (UUIDv5). */
export const idFrom = (id: string, text: string): string => v5(text, id);

/** No vowel: no word appears by chance. No l, 0 or 1: a code is read out by telephone. */
const alphabet = '23456789bcdfghjkmnpqrstvwxz';

/** A short code that people see in an address: seven signs, ten thousand million possibilities. */
export function newCode(): string {
	let code = '';
	while (code.length < 7) for (const byte of randomBytes(12)) if (byte < 243 && code.length < 7) code += alphabet[byte % 27];
	return code;
}

/** « Avril enchanté » → « avril-enchante »: at most 60 letters, cut between words. */
export function slug(text: string): string {
	const words = text
		.replace(/œ/gi, 'oe')
		.replace(/æ/gi, 'ae')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter(Boolean);
	let result = '';
	for (const word of words) {
		if (result.length + word.length > 59) break;
		result += (result ? '-' : '') + word;
	}
	return result || (words[0] ?? '').slice(0, 60);
}

/** What stands in an address: « avril-enchante-k7p3mxq ». */
export const addressName = (name: string, code: string): string => [slug(name), code].filter(Boolean).join('-');

/** The code at the end of an address; a slug that changed since does not matter. */
export const codeOf = (address: string): string => address.slice(address.lastIndexOf('-') + 1);
