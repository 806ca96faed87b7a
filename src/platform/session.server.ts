import type { Cookies } from '@sveltejs/kit';
import { address } from './running.server.ts';

const cookie = () => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: address('').startsWith('https:') }) as const;

/** Remembers who signed in. `lasts` in milliseconds. */
export const keepSession = (cookies: Cookies, token: string, lasts: number): void =>
	cookies.set('session', token, { ...cookie(), maxAge: Math.floor(lasts / 1000) });

export const forgetSession = (cookies: Cookies): void => cookies.delete('session', cookie());
