import { m } from '#words';
import { post } from '#modules/notices/commands.server.ts';
import type { Actor } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Forbidden, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { makeEntryLink, personFor } from '../commands.server.ts';
import { mayNameAdministrators } from '../policy.ts';
import { findByEmail } from '../queries.server.ts';
import { findPerson } from './queries.server.ts';
import { endable, welcomeLinkLasts } from './rules.ts';

type Act = 'named' | 'ended' | 'account' | 'link';

async function keepAct(write: Writer, { actor, now }: Context & { actor: Actor }, act: Act, personId: string): Promise<void> {
	if (actor.is !== 'person') throw new Forbidden();
	await write
		.insertInto('administrationActs')
		.values({ id: newId(), at: now, act, byPerson: actor.id, aboutPerson: personId })
		.execute();
}

/** Gives somebody the care of the instance, beside those who have it. */
export async function nameAdministrator(context: Context, { personId }: { personId: string }): Promise<string> {
	const person = await findPerson(context, personId);
	const write = allow(context, mayNameAdministrators(context.actor));
	if (person.administrator) throw new Refused('administration.already-administrator', { name: person.name });
	await write.updateTable('persons').set({ administratorSince: context.now }).where('id', '=', personId).execute();
	await keepAct(write, context, 'named', personId);
	return person.name;
}

/** Ends somebody's care of the instance, one's own included; never that of the last. */
export async function endAdministrator(context: Context, { personId }: { personId: string }): Promise<string> {
	const person = await findPerson(context, personId);
	const write = allow(context, mayNameAdministrators(context.actor));
	// Two who end each other at once wait for each other: one of them stays.
	const administrators = await write
		.selectFrom('persons')
		.select('id')
		.where('administratorSince', 'is not', null)
		.orderBy('id')
		.forUpdate()
		.execute();
	endable(
		administrators.map(({ id }) => id),
		personId
	);
	await write.updateTable('persons').set({ administratorSince: null }).where('id', '=', personId).execute();
	await keepAct(write, context, 'ended', personId);
	return person.name;
}

/** Makes an account for somebody and sends them a link to enter; whoever has one already is said so. */
export async function makeAccount(context: Context, { name, email }: { name: string; email: string }): Promise<string> {
	const write = allow(context, mayNameAdministrators(context.actor));
	if (await findByEmail(context.db, email)) throw new Refused('administration.account-known', {}, 'email');
	const id = await personFor(write, context.now, { name, email });
	await keepAct(write, context, 'account', id);
	await welcome(write, context.now, { id, name, email });
	return name;
}

/** Sends a link to enter to somebody who has an account. */
export async function sendLinkTo(context: Context, { personId }: { personId: string }): Promise<string> {
	const { id, name, email } = await findPerson(context, personId);
	const write = allow(context, mayNameAdministrators(context.actor));
	if (!email) throw new Refused('administration.no-email', { name });
	await keepAct(write, context, 'link', id);
	await welcome(write, context.now, { id, name, email });
	return name;
}

async function welcome(write: Writer, now: Date, person: { id: string; name: string; email: string }): Promise<void> {
	await post(write, now, {
		to: person,
		subject: m.administration_welcome_subject(),
		letter: {
			title: m.people_entry_mail_title({ name: person.name }),
			paragraphs: [m.administration_welcome_text()],
			buttons: [{ label: m.people_entry_mail_button(), url: await makeEntryLink(write, now, person.id, welcomeLinkLasts) }],
			foot: [m.people_entry_mail_foot()]
		},
		kind: 'entry',
		secret: true
	});
}
