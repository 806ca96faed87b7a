import { m } from '#words';
import { letterheadOf } from '#modules/hubs/queries/sender.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { findOffered } from '#modules/library/houses/queries.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { post, type Letterhead } from '#modules/notices/commands.server.ts';
import { confirmFacts, type Facts } from '#modules/organisations/commands/facts.server.ts';
import { lastConfirmations } from '#modules/organisations/queries/facts.server.ts';
import { contactsOf } from '#modules/organisations/queries/reaching.server.ts';
import { personOf } from '#platform/actor.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { mayAnswerMailing, mayWriteFor } from './policy.ts';
import {
	alreadySent,
	findLetterOfLink,
	findMailing,
	findSender,
	lastAsked,
	reachableAmong,
	refusedBy
} from './queries.server.ts';
import { freshFor, recipients, restsFor, type Kind } from './rules.ts';

type Written = { kind: Kind; title: string; text: string; heldOn: string | null; place: string | null };

/** Posts one letter, with the link by which its organisation answers it and may stop them. */
async function postTo(
	write: Writer,
	context: Context,
	sender: { id: string; name: string; zone: string; email: string | null },
	house: Letterhead | null,
	letter: Written,
	to: { id: string; organisationId: string; name: string; email: string },
	reminder: boolean
): Promise<void> {
	const token = await makeLink(write, context.now, {
		thing: to.id,
		may: 'answer',
		invitee: to.organisationId,
		organisationId: to.organisationId
	});
	const url = address(`/courrier/${token}`);
	const when = letter.heldOn ? longDay(letter.heldOn, today(context.now, sender.zone)) : null;
	const button = {
		greeting: m.mailings_mail_read(),
		invitation: m.mailings_mail_answer(),
		refresh: m.mailings_mail_confirm()
	}[letter.kind];
	await post(write, context.now, {
		to,
		fromName: sender.name,
		replyTo: sender.email,
		house,
		subject: reminder ? m.mailings_mail_again({ title: letter.title }) : letter.title,
		letter: {
			title: letter.title,
			paragraphs: [
				...letter.text.split(/\n\s*\n/),
				...(when || letter.place ? [[when, letter.place].filter(Boolean).join(', ')] : [])
			],
			buttons: [{ label: button, url }],
			foot: [m.mailings_mail_foot({ sender: sender.name, organisation: to.name }), { text: m.mailings_mail_no_more(), url }]
		},
		kind: 'mailing',
		stop: 'address'
	});
}

/**
 * Writes one letter to organisations that were chosen: by mail where there is an address, on paper for the others. Left out are
 * those that want no more letters, and those that had this one within a month; about their facts, nobody is asked twice within a
 * month, nor again in the year in which they confirmed them. Sent twice, it goes once.
 */
export async function sendMailing(
	context: Context,
	organisation: string,
	input: Written & { id: string; paper: boolean; to: string[]; houseText?: string | null }
): Promise<{ path: string; mailed: number; paper: number; left: number }> {
	const { now } = context;
	const sender = await findSender(context, organisation);
	const write = allow(context, mayWriteFor(context.actor, sender.id));
	const pathOf = (code: string) => `${sender.path}/envois/${code}`;
	const again = await write
		.selectFrom('mailings')
		.select(['code', 'organisationId'])
		.where('id', '=', input.id)
		.executeTakeFirst();
	if (again && again.organisationId !== sender.id) throw new Refused('forms.id-unreal');
	if (again) return { path: pathOf(again.code), mailed: 0, paper: 0, left: 0 };
	const chosen = recipients(input.to, sender.id);
	const known = await reachableAmong(context, sender.id, chosen);
	if (chosen.some((id) => !known.has(id))) throw new NotFound();
	const refused = await refusedBy(context, sender.id, chosen);
	const sentBefore = await alreadySent(context, sender.id, input, chosen);
	const refresh = input.kind === 'refresh';
	const asked = refresh ? await lastAsked(context, chosen) : new Map<string, Date>();
	const confirmed = refresh ? await lastConfirmations(context.db, chosen) : new Map<string, Date>();
	const rests = (at: Date | undefined, time: number) => at !== undefined && now.getTime() - at.getTime() < time;
	const willing = chosen.filter(
		(id) => !refused.has(id) && !sentBefore.has(id) && !rests(asked.get(id), restsFor) && !rests(confirmed.get(id), freshFor)
	);
	if (!willing.length) throw new Refused('mailings.all-left-out', {}, 'to');
	if (input.houseText) await findOffered(context, input.houseText, 'model', { organisationId: sender.id });
	const mailing = { id: input.id, code: newCode() };
	const letter: Written = {
		kind: input.kind,
		title: input.title,
		text: input.text,
		heldOn: input.kind === 'invitation' ? input.heldOn : null,
		place: input.kind === 'invitation' ? input.place : null
	};
	await write
		.insertInto('mailings')
		.values({
			...mailing,
			...letter,
			organisationId: sender.id,
			sentAt: now,
			sentBy: personOf(context.actor),
			houseText: input.houseText ?? null
		})
		.execute();
	const contacts = await contactsOf(context, willing);
	const rows = willing.map((organisationId) => {
		const email = input.paper ? null : contacts.get(organisationId)!.email;
		return { id: newId(), organisationId, email, name: contacts.get(organisationId)!.name };
	});
	await write
		.insertInto('mailingRecipients')
		.values(
			rows.map(({ id, organisationId, email }) => ({
				id,
				mailingId: mailing.id,
				organisationId,
				way: email ? 'mail' : 'paper',
				mailedAt: email ? now : null
			}))
		)
		.execute();
	const house = await letterheadOf(write, sender.id);
	for (const { email, ...row } of rows) if (email) await postTo(write, context, sender, house, letter, { ...row, email }, false);
	await tell(write, context, {
		chain: { organisation: sender.id },
		verb: 'mailing-sent',
		ids: { mailing: mailing.id },
		says: { title: input.title, n: rows.length }
	});
	const mailed = rows.filter(({ email }) => email).length;
	return { path: pathOf(mailing.code), mailed, paper: rows.length - mailed, left: chosen.length - rows.length };
}

/** Reminds those that have not answered: once, and not within a month of the letter. Says how many. */
export async function remindMailing(context: Context, organisation: string, code: string): Promise<number> {
	const sender = await findSender(context, organisation);
	const write = allow(context, mayWriteFor(context.actor, sender.id));
	const mailing = await findMailing(context, sender.id, code);
	if (mailing.kind === 'greeting') throw new Refused('mailings.nothing-to-answer');
	const refused = await refusedBy(
		context,
		sender.id,
		mailing.recipients.map(({ organisationId }) => organisationId)
	);
	const due = mailing.recipients.filter((one) => one.remindable && !refused.has(one.organisationId));
	if (!due.length) throw new Refused('mailings.nobody-to-remind');
	const contacts = await contactsOf(
		context,
		due.map(({ organisationId }) => organisationId)
	);
	const claimed = await write
		.updateTable('mailingRecipients')
		.set({ remindedAt: context.now })
		.where(
			'id',
			'in',
			due.map(({ id }) => id)
		)
		.where('remindedAt', 'is', null)
		.returning('id')
		.execute();
	const house = await letterheadOf(write, sender.id);
	const ours = new Set(claimed.map(({ id }) => id));
	for (const one of due) {
		const email = contacts.get(one.organisationId)?.email;
		if (email && ours.has(one.id)) await postTo(write, context, sender, house, mailing, { ...one, email }, true);
	}
	return ours.size;
}

async function ownLetter(context: Context) {
	const letter = await findLetterOfLink(context);
	return { letter, write: allow(context, mayAnswerMailing(context.actor, letter)) };
}

const keepAnswer = (write: Writer, now: Date, id: string, answer: string, remark: string | null) =>
	write.updateTable('mailingRecipients').set({ answer, remark, answeredAt: now }).where('id', '=', id).execute();

/** Says by the link whether the organisation comes; said again, it changes. */
export async function answerInvitation(
	context: Context,
	{ answer, remark }: { answer: 'coming' | 'not_coming'; remark: string | null }
): Promise<void> {
	const { letter, write } = await ownLetter(context);
	if (letter.kind !== 'invitation') throw new Refused('mailings.nothing-to-answer');
	await keepAnswer(write, context.now, letter.id, answer, remark);
}

/** Says by the link that what the directory tells is true, or corrects it. */
export async function answerFacts(
	context: Context,
	corrected: Facts | null,
	{ remark }: { remark: string | null }
): Promise<void> {
	const { letter, write } = await ownLetter(context);
	if (letter.kind !== 'refresh') throw new Refused('mailings.nothing-to-answer');
	await confirmFacts(write, context, letter.organisationId, corrected);
	await keepAnswer(write, context.now, letter.id, corrected ? 'corrected' : 'confirmed', remark);
}

/** « Ne plus recevoir » : nothing more from this sender, or from anybody; or taken back. */
export async function wantNoMore(context: Context, { of }: { of: 'sender' | 'all' | 'none' }): Promise<void> {
	const { letter, write } = await ownLetter(context);
	const { organisationId, senderId } = letter;
	await write
		.deleteFrom('mailingRefusals')
		.where('organisationId', '=', organisationId)
		.where((eb) => eb.or([eb('senderId', '=', senderId), eb('senderId', 'is', null)]))
		.execute();
	if (of !== 'none')
		await write
			.insertInto('mailingRefusals')
			.values({ organisationId, senderId: of === 'all' ? null : senderId, refusedAt: context.now })
			.execute();
}
