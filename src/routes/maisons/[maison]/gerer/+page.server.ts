import { changeHub } from '#modules/hubs/commands.server.ts';
import { hubForm, inviteAccompagnateurForm, memberForm, replyToForm, revokeForm, signatureForm } from '#modules/hubs/forms.ts';
import {
	askReplyTo,
	forgetReplyTo,
	inviteAccompagnateur,
	nameAccompagnateur,
	removeAccompagnateur,
	revokeAccompagnateur,
	writeSignature
} from '#modules/hubs/houses/commands.server.ts';
import { findKeeping } from '#modules/hubs/houses/queries.server.ts';
import { hubSaysSo } from '#modules/hubs/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { optionalText, z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { maison: string };

const saidForm = hubForm.extend({ read: optionalText(40) });

export const load = page('signed in', async (context, { maison }: Params) => {
	const { hub, ...keeping } = await findKeeping(context, maison);
	return { ...keeping, read: hubSaysSo(hub) };
});

const on =
	<I, T>(act: (context: Context, hubId: string, input: I) => Promise<T>) =>
	async (context: Context, input: I, { maison }: Params) =>
		act(context, (await findKeeping(context, maison)).house.id, input);

export const actions = {
	said: action(
		'signed in',
		saidForm,
		on((context, hubId, { read, ...said }) => changeHub(context, hubId, said, read)),
		{ say: () => m.hubs_saved() }
	),
	name: action('signed in', memberForm, on(nameAccompagnateur), { say: ({ name }) => m.hubs_accompagnateur_named({ name }) }),
	remove: action('signed in', memberForm, on(removeAccompagnateur), {
		say: ({ name }) => m.hubs_accompagnateur_removed({ name })
	}),
	invite: action('signed in', inviteAccompagnateurForm, on(inviteAccompagnateur), {
		say: ({ name, named }) => (named ? m.hubs_accompagnateur_named({ name }) : m.hubs_accompagnateur_invited({ name }))
	}),
	revoke: action('signed in', revokeForm, on(revokeAccompagnateur), { say: () => m.organisations_revoked() }),
	signature: action('signed in', signatureForm, on(writeSignature), { say: () => m.hubs_saved() }),
	replyTo: action('signed in', replyToForm, on(askReplyTo), { say: () => m.hubs_reply_sent() }),
	forgetReplyTo: action('signed in', z.object({}), on(forgetReplyTo), { say: () => m.hubs_reply_forgotten() })
};
