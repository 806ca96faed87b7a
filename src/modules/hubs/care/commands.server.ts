import { allow, type Context } from '#platform/context.server.ts';
import { writeFirstInvitation } from '#modules/organisations/commands/invitations.server.ts';
import { letterheadOf } from '../queries/sender.server.ts';
import { hubInviting, mayInviteFirstManager } from './queries.server.ts';

/** Invites the first manager of an organisation that nobody manages: never registered here, or left by its last one. */
export async function inviteFirstManager(
	context: Context,
	organisation: { id: string; name: string },
	first: { name: string; email: string }
): Promise<void> {
	const write = allow(context, await mayInviteFirstManager(context, organisation.id));
	const hub = await hubInviting(context, organisation.id);
	await writeFirstInvitation(write, context, organisation, first, hub ? await letterheadOf(write, hub) : null);
}
