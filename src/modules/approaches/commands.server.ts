import { sql } from 'kysely';
import { m } from '#words';
import { letterheadOf } from '#modules/hubs/queries/sender.server.ts';
import { findAccount } from '#modules/people/queries.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { findOrganisation, summariesOf } from '#modules/organisations/queries.server.ts';
import { actingFor } from '#modules/organisations/policy.ts';
import { contactOf } from '#modules/organisations/queries/reaching.server.ts';
import { managersOf } from '#modules/organisations/queries/people.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { address } from '#platform/running.server.ts';
import type { Approach } from './forms.ts';
import { maySweep, mayWriteFor } from './policy.ts';
import { approachesKept, mostInADay } from './rules.ts';

/**
 * Writes first words to another organisation, in the name of one's own: its managers get them by mail, or the address that the
 * directory holds when nobody manages it here; they answer to the writer's address, or to that of the house that writes. Sent twice, it
 * is written once.
 */
export async function approach(context: Context, at: string, input: Approach): Promise<number> {
	const { actor, db, now } = context;
	const to = await findOrganisation(context, at);
	const fromId = actingFor(context, input.actingFor);
	const write = allow(context, mayWriteFor(actor, fromId));
	const me = await findAccount(context);
	if (fromId === to.id) throw new Refused('approaches.to-oneself', {}, 'actingFor');
	const there = await db.selectFrom('approaches').select(['writtenBy', 'reached']).where('id', '=', input.id).executeTakeFirst();
	if (there && there.writtenBy !== me.id) throw new Refused('forms.id-unreal');
	if (there) return there.reached;
	const { count } = await db
		.selectFrom('approaches')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('writtenBy', '=', me.id)
		.where('writtenAt', '>', new Date(now.getTime() - 86_400_000))
		.executeTakeFirstOrThrow();
	if (count >= mostInADay) throw new Refused('approaches.too-many', { most: mostInADay }, 'text');
	const from = (await summariesOf(db, [fromId])).get(fromId)!;
	const managers = (await managersOf(write, to.id)).filter((one) => one.email);
	const known = managers.length ? null : (await contactOf(write, to.id))?.email;
	const recipients = managers.length
		? managers.map(({ name, email }) => ({ name, email: email! }))
		: known
			? [{ name: to.name, email: known }]
			: [];
	if (!recipients.length) throw new Refused('approaches.no-address', { name: to.name }, 'text');
	const written = await write
		.insertInto('approaches')
		.values({
			id: input.id,
			fromOrganisation: fromId,
			toOrganisation: to.id,
			writtenBy: me.id,
			writtenAt: now,
			text: input.text,
			reached: recipients.length
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) return recipients.length;
	const house = await letterheadOf(write, from.id);
	for (const one of recipients)
		await post(write, now, {
			to: one,
			house,
			fromName: me.name,
			replyTo: me.email,
			subject: m.approaches_mail_subject({ from: from.name }),
			letter: {
				title: m.approaches_mail_title({ person: me.name, from: from.name }),
				paragraphs: input.text.split(/\n+/).filter(Boolean),
				buttons: [{ label: m.approaches_mail_button({ from: from.name }), url: address(from.path) }],
				foot: [m.approaches_mail_foot()]
			},
			kind: 'approach',
			...(managers.length ? {} : { stop: 'address' as const })
		});
	return recipients.length;
}

/** Forgets the first words of last year. */
export async function forgetApproaches(context: Context): Promise<void> {
	const write = allow(context, maySweep(context.actor));
	await write
		.deleteFrom('approaches')
		.where('writtenAt', '<', new Date(context.now.getTime() - approachesKept))
		.execute();
}
