import { personOf } from '#platform/actor.ts';
import { m } from '#words';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { endedCooperations, findCooperationById } from '#modules/cooperations/queries.server.ts';
import { isHereOrInvited } from '#modules/cooperations/rules.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { managersOf, peopleOf } from '#modules/organisations/queries/people.server.ts';
import { mayChangeAccount } from '#modules/people/policy.ts';
import { findAccount } from '#modules/people/queries.server.ts';
import { allow, as, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { locked, postLink } from '../commands.server.ts';
import { mayAnswerAs, mayIntroduce, mayNoteAnswer, mayOpenPoll } from '../policy.ts';
import { findPollById, findPollOfLink, pollPath, type Poll } from '../queries.server.ts';
import { findMyself } from '../queries/board.server.ts';
import { answerable, asAsked, maxInvitees, notable, type Answer } from '../rules.ts';

export type Given = { answers: Record<string, Answer>; comment: string | null };

const dateOf = async (write: Writer, pollId: string, slotId: string | null): Promise<Date | null> =>
	slotId === null
		? null
		: (
				await write
					.selectFrom('pollSlots')
					.select('startsAt')
					.where('pollId', '=', pollId)
					.where('id', '=', slotId)
					.executeTakeFirstOrThrow()
			).startsAt;

async function stillOpen(write: Writer, context: Context, pollId: string): Promise<void> {
	const poll = await locked(write, pollId);
	answerable(poll, await dateOf(write, pollId, poll.chosen), context.now);
	const ended = await endedCooperations({ db: write }).where('id', '=', poll.cooperationId).executeTakeFirst();
	if (ended) throw new Refused('cooperations.ended');
}

/** Writes one invitee's answers over those of before, and journals them unless nothing changed. */
async function writeAnswers(
	write: Writer,
	context: Context,
	poll: Poll,
	invitee: { id: string; personId: string | null; name: string },
	{ answers, comment }: Given,
	evidence: 'direct' | 'link' | 'telephone'
): Promise<void> {
	const { actor, now } = context;
	const offered = await write.selectFrom('pollSlots').select('id').where('pollId', '=', poll.id).execute();
	const given = Object.entries(answers);
	if (given.some(([slotId]) => !offered.some(({ id }) => id === slotId))) throw new NotFound();
	const reply = await write
		.selectFrom('pollReplies')
		.select(['comment', 'evidence'])
		.where('inviteeId', '=', invitee.id)
		.executeTakeFirst();
	if (evidence === 'telephone') notable(reply, invitee.name);
	const before = new Map(
		(await write.selectFrom('pollAnswers').select(['slotId', 'answer']).where('inviteeId', '=', invitee.id).execute()).map(
			({ slotId, answer }) => [slotId, answer]
		)
	);
	if (reply && reply.comment === comment && reply.evidence === evidence && given.every(([id, one]) => before.get(id) === one))
		return;
	const kept = { comment, answeredAt: now, evidence, enteredBy: personOf(actor) };
	await write
		.insertInto('pollReplies')
		.values({ inviteeId: invitee.id, ...kept })
		.onConflict((conflict) => conflict.column('inviteeId').doUpdateSet(kept))
		.execute();
	await write
		.insertInto('pollAnswers')
		.values(given.map(([slotId, answer]) => ({ pollId: poll.id, inviteeId: invitee.id, slotId, answer })))
		.onConflict((conflict) =>
			conflict.columns(['inviteeId', 'slotId']).doUpdateSet((eb) => ({ answer: eb.ref('excluded.answer') }))
		)
		.execute();
	if (!reply) await tellOrganiser(write, context, poll, invitee);
	await tell(write, context, {
		chain: { cooperation: poll.cooperationId },
		verb: evidence === 'telephone' ? 'poll-answer-noted' : reply ? 'poll-answer-changed' : 'poll-answered',
		ids: { poll: poll.id, invitee: invitee.id, ...(invitee.personId ? { member: invitee.personId } : {}) },
		says: { name: invitee.name, title: poll.title }
	});
}

/** Whoever asked for a date learns, with the rest of their day, who answered; and that nobody is waited for any more. */
async function tellOrganiser(
	write: Writer,
	context: Context,
	poll: Poll,
	invitee: { id: string; personId: string | null; name: string }
): Promise<void> {
	const cooperation = await findCooperationById(as(context, { is: 'system', name: 'polls' }), poll.cooperationId);
	const there = await peopleOf(write, [poll.actingFor]);
	const partner = cooperation.accepted.some(({ organisationId }) => organisationId === poll.actingFor);
	if (!partner || !there.some(({ personId }) => personId === poll.organiser)) return;
	const silent = await write
		.selectFrom('pollInvitees as i')
		.leftJoin('pollReplies as r', 'r.inviteeId', 'i.id')
		.select('i.id')
		.where('i.pollId', '=', poll.id)
		.where('r.inviteeId', 'is', null)
		.limit(1)
		.executeTakeFirst();
	const title = asAsked(poll.title);
	const about = {
		personId: poll.organiser,
		kind: 'poll' as const,
		cooperationId: poll.cooperationId,
		path: pollPath(cooperation, poll)
	};
	const own = invitee.personId === poll.organiser || (context.actor.is === 'person' && context.actor.id === poll.organiser);
	const told = [
		...(own ? [] : [m.meetings_poll_told_answered({ name: invitee.name, title })]),
		...(silent || own ? [] : [m.meetings_poll_told_all({ title })])
	];
	await notify(
		write,
		context.now,
		told.map((text) => ({ ...about, text }))
	);
}

/** Answers by the link that was made for one: the name is known, nothing else is asked. */
export async function answerByLink(context: Context, given: Given): Promise<void> {
	const poll = await findPollOfLink(context);
	const invitee = await findMyself(context, poll.id);
	if (!invitee) throw new NotFound('link');
	const write = allow(context, mayAnswerAs(context.actor, poll, invitee));
	await stillOpen(write, context, poll.id);
	await writeAnswers(write, context, poll, invitee, given, 'link');
}

/**
 * Answers by the open link: says who one is, once, and gets a link of one's own. The page drew that link's token (`key`)
 * beforehand, so that a form sent twice answers once; whoever sends the key again bears that link.
 */
export async function introduceMyself(
	context: Context,
	{
		key,
		name,
		organisation,
		otherOrganisation,
		...given
	}: Given & { key: string; name: string; organisation: string; otherOrganisation: string | null }
): Promise<{ token: string }> {
	const { now } = context;
	const poll = await findPollOfLink(context);
	const write = allow(context, mayIntroduce(context.actor, poll));
	await stillOpen(write, context, poll.id);
	const made = await write
		.selectFrom('participationLinks')
		.select(['invitee', 'thing'])
		.where('tokenHash', '=', hashToken(key))
		.executeTakeFirst();
	if (made && (made.thing !== poll.id || !made.invitee)) throw new Refused('forms.id-unreal');
	const inviteeId = made?.invitee ?? newId();
	if (!made) {
		const cooperation = await findCooperationById(as(context, { is: 'system', name: 'polls' }), poll.cooperationId);
		const partner = cooperation.partners.find((one) => one.organisationId === organisation && isHereOrInvited(one));
		if (!partner && organisation !== 'other') throw new Refused('meetings.poll-structure-missing', {}, 'organisation');
		const { count } = await write
			.selectFrom('pollInvitees')
			.select(({ fn }) => fn.countAll<string>().as('count'))
			.where('pollId', '=', poll.id)
			.executeTakeFirstOrThrow();
		if (Number(count) >= maxInvitees) throw new Refused('meetings.poll-too-many-people', { max: maxInvitees });
		await write
			.insertInto('pollInvitees')
			.values({
				id: inviteeId,
				pollId: poll.id,
				name,
				organisationId: partner?.organisationId ?? null,
				organisationName: partner ? null : otherOrganisation,
				byOpenLink: true,
				invitedAt: now
			})
			.execute();
		await makeLink(write, now, {
			thing: poll.id,
			may: 'answer',
			invitee: inviteeId,
			organisationId: partner?.organisationId ?? null,
			token: key
		});
	}
	await writeAnswers(write, context, poll, { id: inviteeId, personId: null, name }, given, 'link');
	return { token: key };
}

/** Answers as a member of a partner, signed in; whoever was not invited yet is from then on. */
export async function answerPoll(
	context: Context,
	pollId: string,
	{ actingFor, ...given }: Given & { actingFor: string | null }
): Promise<void> {
	const { actor, now } = context;
	const poll = await findPollById(context, pollId);
	const cooperation = await findCooperationById(context, poll.cooperationId);
	const write = allow(context, mayOpenPoll(actor, cooperation));
	if (actor.is !== 'person') throw new NotFound();
	await stillOpen(write, context, poll.id);
	const known = (await findMyself(context, poll.id)) ?? (await recogniseMyself(write, context, poll.id));
	const invitee = known ?? { id: newId(), personId: actor.id, name: actor.name };
	if (!known)
		await write
			.insertInto('pollInvitees')
			.values({
				...invitee,
				pollId: poll.id,
				organisationId: speaker(context, cooperation, actingFor).id,
				invitedAt: now
			})
			.execute();
	allow(context, mayAnswerAs(actor, poll, invitee));
	await writeAnswers(write, context, poll, invitee, given, 'direct');
}

/** Somebody who was invited by their address, and who signed in with that address since. */
async function recogniseMyself(write: Writer, context: Context, pollId: string) {
	const { email, id } = await findAccount(context);
	if (!email) return null;
	const found = await write
		.updateTable('pollInvitees')
		.set({ personId: id })
		.where('pollId', '=', pollId)
		.where('email', '=', email)
		.where('personId', 'is', null)
		.returning(['id', 'personId', 'name', 'organisationId'])
		.executeTakeFirst();
	return found ?? null;
}

/** Notes what somebody answers by telephone; they are told, with a link to change it. */
export async function noteAnswer(
	context: Context,
	pollId: string,
	{ inviteeId, ...given }: Given & { inviteeId: string }
): Promise<{ name: string }> {
	const { actor, now } = context;
	const poll = await findPollById(context, pollId);
	const cooperation = await findCooperationById(context, poll.cooperationId);
	const write = allow(context, mayNoteAnswer(actor, cooperation, poll));
	if (actor.is !== 'person') throw new NotFound();
	await stillOpen(write, context, poll.id);
	const invitee = await write
		.selectFrom('pollInvitees')
		.select(['id', 'name', 'email', 'personId', 'organisationId'])
		.where('pollId', '=', poll.id)
		.where('id', '=', inviteeId)
		.executeTakeFirst();
	if (!invitee) throw new NotFound();
	await writeAnswers(write, context, poll, invitee, given, 'telephone');
	const managers = invitee.email || !invitee.organisationId ? [] : await managersOf(write, invitee.organisationId);
	const told = invitee.email ? [{ id: invitee.personId, name: invitee.name, email: invitee.email }] : managers;
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: null });
	for (const one of told)
		if (one.email)
			await postLink(
				write,
				now,
				poll,
				{ ...invitee, personId: one.id, name: one.name, email: one.email },
				actor.name,
				{
					subject: m.meetings_poll_noted_mail_subject({ title: asAsked(poll.title) }),
					title: m.meetings_poll_noted_mail_title({ by: actor.name }),
					paragraphs: [
						m.meetings_poll_noted_mail_text({ name: invitee.name, title: asAsked(poll.title), cooperation: cooperation.name })
					]
				},
				house
			);
	return { name: invitee.name };
}

/** Erases one's name, address and words from polls, by right. The answers stay, without them: a date was chosen on them. */
export async function eraseMyAnswers(context: Context): Promise<void> {
	const { id, email } = await findAccount(context);
	const write = allow(context, mayChangeAccount(context.actor, id));
	const theirs = await write
		.updateTable('pollInvitees')
		.set({ name: m.people_erased_name(), email: null, organisationName: null })
		.where((eb) => eb.or([eb('personId', '=', id), ...(email ? [eb('email', '=', email)] : [])]))
		.returning('id')
		.execute();
	const ids = theirs.map((one) => one.id);
	if (ids.length) await write.updateTable('pollReplies').set({ comment: null }).where('inviteeId', 'in', ids).execute();
}
