import { personOf } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';

/** Erases by right what one asked for and objected to; what was decided for others stays, without one's name. */
export async function eraseMyIdentity(context: Context): Promise<void> {
	const me = personOf(context.actor);
	const write = allow(context, me !== null);
	await write.deleteFrom('claims').where('personId', '=', me!).execute();
	await write.deleteFrom('takeoverObjections').where('personId', '=', me!).execute();
	await write.deleteFrom('takeovers').where('personId', '=', me!).execute();
}
