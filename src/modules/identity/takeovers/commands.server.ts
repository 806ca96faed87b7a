import { tell } from '#modules/journal/commands.server.ts';
import { addMember } from '#modules/organisations/commands.server.ts';
import { managersOf } from '#modules/organisations/queries/people.server.ts';
import { findContact } from '#modules/people/queries.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { manages, personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { mayAnswerOwn, mayClaim, mayObject } from '../claims/policy.ts';
import { mayDecideOn } from '../claims/queries.server.ts';
import { postSaid, tellDeciders } from '../commands/telling.server.ts';
import { findTakeover, type Takeover } from './queries.server.ts';
import { answerable, grantable, objectionsLast } from './rules.ts';

async function tellThose(
	write: Writer,
	context: Context,
	{ organisationId, personId }: Pick<Takeover, 'organisationId' | 'personId'>,
	said: { subject: string; text: string; path: string }
): Promise<void> {
	const asker = await findContact(write, personId);
	const people = new Map([...(await managersOf(write, organisationId)), ...(asker ? [asker] : [])].map((one) => [one.id, one]));
	for (const { id, name, email } of people.values())
		if (email && id !== personOf(context.actor)) await postSaid(write, context.now, { name, email }, said);
}

/** Asks to manage an organisation whose managers no longer answer. They are told, and have fifteen days to say that they do. */
export async function askTakeover(
	context: Context,
	organisation: { id: string; name: string; path: string; zone: string },
	{ reason }: { reason: string }
): Promise<void> {
	const { actor, now } = context;
	const write = allow(context, mayClaim(actor));
	const managers = await managersOf(write, organisation.id);
	if (!managers.length) throw new Refused('identity.takeover-nobody');
	if (manages(actor, organisation.id)) throw new Refused('identity.takeover-yours');
	const until = new Date(now.getTime() + objectionsLast);
	const takeover = { id: newId(), organisationId: organisation.id, personId: personOf(actor)! };
	await write
		.insertInto('takeovers')
		.values({ ...takeover, reason, askedAt: now, objectionsUntil: until })
		.execute();
	const person = actor.is === 'person' ? actor.name : '';
	await tell(write, context, {
		chain: { organisation: organisation.id },
		verb: 'takeover-asked',
		ids: { member: takeover.personId },
		says: { name: person }
	});
	const when = longDay(today(until, organisation.zone), today(now, organisation.zone));
	const said = {
		subject: m.identity_takeover_mail_subject({ person, name: organisation.name }),
		text: m.identity_takeover_mail_text({ reason: reason.replace(/\s*\.$/, ''), when }),
		path: `${organisation.path}/gerer`
	};
	await tellThose(write, context, takeover, said);
	await tellDeciders(write, context, organisation.id, { ...said, path: '/maison/demandes' });
}

/** Objects: whoever manages says that they are still there. The hub or the administrator decides, having read it. */
export async function objectToTakeover(
	context: Context,
	{ takeoverId, words }: { takeoverId: string; words: string }
): Promise<void> {
	const takeover = await findTakeover(context, takeoverId);
	const write = allow(context, mayObject(context.actor, takeover.organisationId));
	answerable(takeover);
	await write
		.insertInto('takeoverObjections')
		.values({ takeoverId, personId: personOf(context.actor)!, words, objectedAt: context.now })
		.onConflict((conflict) => conflict.columns(['takeoverId', 'personId']).doUpdateSet({ words, objectedAt: context.now }))
		.execute();
	await tell(write, context, {
		chain: { organisation: takeover.organisationId },
		verb: 'takeover-objected',
		says: { name: takeover.person }
	});
	await tellDeciders(write, context, takeover.organisationId, {
		subject: m.identity_objection_mail({ name: takeover.name }),
		text: words,
		path: '/maison/demandes'
	});
}

/** Takes one's own request back. */
export async function withdrawTakeover(context: Context, { takeoverId }: { takeoverId: string }): Promise<void> {
	const takeover = await findTakeover(context, takeoverId);
	if (takeover.personId !== personOf(context.actor)) throw new NotFound();
	const write = allow(context, mayAnswerOwn(context.actor, takeover.personId));
	answerable(takeover);
	await write.updateTable('takeovers').set({ withdrawnAt: context.now }).where('id', '=', takeoverId).execute();
}

/** Decides on a takeover. Granted, who asked manages too: nobody is removed by it. */
export async function decideTakeover(
	context: Context,
	{ takeoverId, words }: { takeoverId: string; words: string | null },
	{ granted }: { granted: boolean }
): Promise<void> {
	const takeover = await findTakeover(context, takeoverId);
	if (!(await mayDecideOn(context, takeover))) throw new NotFound();
	const write = allow(context, true);
	const { now } = context;
	if (granted) grantable(takeover, now);
	else answerable(takeover);
	const by = personOf(context.actor);
	const changed = await write
		.updateTable('takeovers')
		.set(granted ? { grantedAt: now, grantedBy: by, words } : { refusedAt: now, refusedBy: by, words })
		.where('id', '=', takeoverId)
		.where('grantedAt', 'is', null)
		.where('refusedAt', 'is', null)
		.where('withdrawnAt', 'is', null)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new Refused('identity.takeover-answered');
	if (granted)
		await addMember(write, context, takeover.organisationId, { personId: takeover.personId, manager: true, may: 'sign' });
	await tell(write, context, {
		chain: { organisation: takeover.organisationId },
		verb: granted ? 'takeover-granted' : 'takeover-refused',
		ids: { member: takeover.personId },
		says: { name: takeover.person }
	});
	const about = { person: takeover.person, name: takeover.name };
	await tellThose(write, context, takeover, {
		subject: granted ? m.identity_takeover_granted_mail(about) : m.identity_takeover_refused_mail(about),
		text: words ?? m.identity_takeover_granted_text(),
		path: `${takeover.path}/personnes`
	});
}
