import type { Actor, LinkBearer } from '#platform/actor.ts';

declare global {
	namespace App {
		interface Locals {
			actor: Actor;
			/** Looks up the bearer of a participation link. */
			bearerOf: (token: string) => Promise<LinkBearer | null>;
			/** Wakes the jobs once a command has been committed. */
			committed: () => void;
		}
		interface Error {
			message: string;
		}
	}
}
export {};
