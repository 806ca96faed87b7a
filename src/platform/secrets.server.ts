import { createHash, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** A secret that goes into a link: 192 random bits. Only its hash is stored. */
export const newToken = (): string => randomBytes(24).toString('base64url');

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

// OWASP's Password Storage Cheat Sheet: scrypt with N = 2^16, r = 8, p = 2 (64 MB).
const cost: ScryptOptions = { N: 2 ** 16, r: 8, p: 2, maxmem: 2 ** 27 };

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
	new Promise((resolve, reject) =>
		scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)))
	);

/** « scrypt$salt$key », in base64url. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	return ['scrypt', salt.toString('base64url'), (await derive(password, salt)).toString('base64url')].join('$');
}

/** Takes as long when there is nothing to compare with, so that nobody learns which addresses exist. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
	const [, salt, key] = (stored ?? `scrypt$${'A'.repeat(22)}$${'A'.repeat(43)}`).split('$') as [string, string, string];
	const derived = await derive(password, Buffer.from(salt, 'base64url'));
	return timingSafeEqual(derived, Buffer.from(key, 'base64url')) && stored !== null;
}
