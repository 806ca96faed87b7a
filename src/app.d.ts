import type { Actor, LinkBearer } from '#platform/actor.ts';

declare global {
	namespace App {
		interface Locals {
			actor: Actor;
			/** Looks up the bearer of a participation link. */
			bearerOf: (token: string) => Promise<LinkBearer | null>;
			/** Keeps what was typed when it can't be sent yet. */
			drafts: {
				keep: (address: string, fields: Record<string, string | string[]>) => Promise<boolean>;
				/** Gives the token under which this browser finds it again. */
				saveLost: (address: string, fields: Record<string, string | string[]>) => Promise<string | null>;
				sent: (address: string) => Promise<void>;
			};
			/** Wakes the jobs once a command has been committed: mails, and the one that finishes it. */
			committed: (job?: string) => void;
		}
		interface Platform {
			/** The request as our server received it. */
			req: import('node:http').IncomingMessage;
		}
		interface Error {
			message: string;
		}
	}
}
export {};
