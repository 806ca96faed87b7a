import { m } from '#words';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { locked, postLink } from '../commands.server.ts';
import { mayOpenPoll } from '../policy.ts';
import { findPollById } from '../queries.server.ts';
import { answerable, asAsked, maxInvitees, said, stateOf } from '../rules.ts';

type Asked = { personId: string | null; name: string; email: string | null; organisationId: string | null };

/** Asks more people in one poll: each gets the mail that the others got, once. Without an address, somebody calls them. */
async function ask(
	write: Writer,
	context: Context,
	poll: Awaited<ReturnType<typeof locked>>,
	cooperation: Cooperation,
	people: (Asked & { id: string; organisationName: string | null })[]
): Promise<number> {
	const { now, actor } = context;
	const known = await write
		.selectFrom('pollInvitees')
		.select(['id', 'personId', 'email'])
		.where('pollId', '=', poll.id)
		.execute();
	const has = (one: Asked & { id: string }) =>
		known.some(
			({ id, personId, email }) =>
				id === one.id ||
				(one.personId !== null && personId === one.personId) ||
				(one.email !== null && email?.toLowerCase() === one.email.toLowerCase())
		);
	const asked = people.filter((one) => !has(one));
	if (known.length + asked.length > maxInvitees) throw new Refused('meetings.poll-too-many-people', { max: maxInvitees });
	if (!asked.length) return 0;
	await write
		.insertInto('pollInvitees')
		.values(asked.map((one) => ({ ...one, pollId: poll.id, invitedAt: now })))
		.execute();
	const slots = await write
		.selectFrom('pollSlots')
		.select('startsAt')
		.where('pollId', '=', poll.id)
		.where('startsAt', '>', now)
		.orderBy('startsAt')
		.execute();
	const organisation = cooperation.partners.find(({ organisationId }) => organisationId === poll.actingFor)?.name ?? '';
	const from = actor.is === 'person' && people.every(({ personId }) => personId !== actor.id) ? actor.name : null;
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: poll.actingFor });
	for (const one of asked)
		if (one.email)
			await postLink(
				write,
				now,
				poll,
				{ ...one, email: one.email },
				from,
				{
					subject: m.meetings_poll_mail_subject({ title: asAsked(poll.title), cooperation: cooperation.name }),
					title: m.meetings_poll_mail_title_also({ organisation }),
					paragraphs: [
						m.meetings_poll_mail_text({ title: asAsked(poll.title), cooperation: cooperation.name }),
						m.meetings_poll_mail_deadline({ day: longDay(poll.deadline, today(now, poll.zone)) })
					],
					lists: [{ items: slots.map(({ startsAt }) => Object.values(said(startsAt, poll.minutes, poll.zone, now)).join(', ')) }]
				},
				house
			);
	return asked.length;
}

/** The people of a partner that has just accepted are asked by the polls that are open; the caller has been allowed. */
export async function askAlso(write: Writer, context: Context, cooperation: Cooperation, people: Asked[]): Promise<void> {
	const open = await write
		.selectFrom('polls')
		.select('id')
		.where('cooperationId', '=', cooperation.id)
		.where('closedAt', 'is', null)
		.where('closesAt', '>', context.now)
		.orderBy('openedAt')
		.limit(20)
		.execute();
	for (const { id } of open) {
		const poll = await locked(write, id);
		if (stateOf(poll) !== 'open') continue;
		// An organisation that was asked as such, when it was invited, is not asked twice.
		const there = await write
			.selectFrom('pollInvitees')
			.select('organisationId')
			.where('pollId', '=', id)
			.where('personId', 'is', null)
			.execute();
		const unasked = people.filter(
			({ personId, organisationId }) => personId !== null || !there.some((one) => one.organisationId === organisationId)
		);
		await ask(
			write,
			context,
			poll,
			cooperation,
			unasked.map((one) => ({ ...one, id: newId(), organisationName: null }))
		);
	}
}

/** Adds somebody to an open poll: their name, and what is known of the rest. Sent twice, they are asked once. */
export async function inviteToPoll(
	context: Context,
	pollId: string,
	input: { id: string; name: string; email: string | null; organisation: string | null; otherOrganisation: string | null }
): Promise<{ name: string; reached: boolean }> {
	const found = await findPollById(context, pollId);
	const cooperation = await findCooperationById(context, found.cooperationId);
	const write = allow(context, mayOpenPoll(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const poll = await locked(write, found.id);
	if (poll.closedAt) throw new Refused('meetings.poll-closed-already');
	answerable(poll, null, context.now);
	const partner = cooperation.partners.find(({ organisationId }) => organisationId === input.organisation);
	if (input.organisation && !partner) throw new Refused('lines.not-a-partner', {}, 'organisation');
	await ask(write, context, poll, cooperation, [
		{
			id: input.id,
			personId: null,
			name: input.name,
			email: input.email,
			organisationId: partner?.organisationId ?? null,
			organisationName: partner ? null : input.otherOrganisation
		}
	]);
	return { name: input.name, reached: input.email !== null };
}
