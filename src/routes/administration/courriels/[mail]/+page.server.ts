import { sendAgain } from '#modules/notices/outbox/commands.server.ts';
import { findMail } from '#modules/notices/outbox/queries.server.ts';
import { stateOf } from '#modules/notices/outbox/rules.ts';
import { usualZone, zonesOf } from '#modules/organisations/queries/people.server.ts';
import { z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('administrators', async (context, params: { mail: string }) => {
	const { actor, db } = context;
	const id = actor.is === 'person' ? actor.id : '';
	const { stopToken: _, html: __, ...mail } = await findMail(context, params.mail);
	return { zone: (await zonesOf(db, [id])).get(id) ?? usualZone, mail: { ...mail, state: stateOf(mail) } };
});

export const actions = {
	sendAgain: action('administrators', z.object({}), (context, _input, { mail }: { mail: string }) => sendAgain(context, mail), {
		say: () => m.administration_mail_again_said()
	})
};
