import type { Cookies } from '@sveltejs/kit';
import { address } from './running.server.ts';

/** Cookies that no script reads, sent over TLS wherever the public address has it. */
export const cookie = () => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: address('').startsWith('https:') }) as const;

/** Remembers who signed in. `lasts` in milliseconds. */
export const keepSession = (cookies: Cookies, token: string, lasts: number): void =>
	cookies.set('session', token, { ...cookie(), maxAge: Math.floor(lasts / 1000) });

export const forgetSession = (cookies: Cookies): void => cookies.delete('session', cookie());

/** Light, dark, or as the device says: for a year, in this browser. */
export const keepTheme = (cookies: Cookies, theme: string): void =>
	cookies.set('theme', theme, { ...cookie(), maxAge: 365 * 86_400 });
