import { m } from '#words';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { endedCooperations, findCooperationById } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { longDay, today } from '#platform/clock.ts';
import type { Job } from '#platform/jobs.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { postLink } from './commands.server.ts';
import { asAsked } from './rules.ts';

/** The polls whose reminder is due: still open, before their deadline, never reminded. */
export const pollsToRemind = ({ db, now }: Context) =>
	db
		.selectFrom('polls')
		.select('id')
		.where('closedAt', 'is', null)
		.where('remindedAt', 'is', null)
		.where('remindAt', '<=', now)
		.where('closesAt', '>', now)
		.where('cooperationId', 'not in', endedCooperations({ db }))
		.orderBy('remindAt')
		.limit(200)
		.execute();

/** Reminds those who have not answered one poll, once, each by name and with a link of their own. Returns how many. */
export async function remindPoll(context: Context, pollId: string): Promise<number> {
	const { now } = context;
	const write = allow(context, context.actor.is === 'system');
	const poll = await write
		.updateTable('polls')
		.set({ remindedAt: now })
		.where('id', '=', pollId)
		.where('closedAt', 'is', null)
		.where('remindedAt', 'is', null)
		.where('closesAt', '>', now)
		.returning(['id', 'title', 'deadline', 'zone', 'cooperationId', 'actingFor'])
		.executeTakeFirst();
	if (!poll) return 0;
	const cooperation = await findCooperationById(context, poll.cooperationId);
	const silent = await write
		.updateTable('pollInvitees')
		.set({ remindedAt: now })
		.where('pollId', '=', poll.id)
		.where('email', 'is not', null)
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('pollReplies as r').select('r.inviteeId').whereRef('r.inviteeId', '=', 'pollInvitees.id')))
		)
		.returning(['id', 'personId', 'name', 'email', 'organisationId'])
		.execute();
	const house = await signerOf(context, write, poll);
	for (const one of silent)
		await postLink(
			write,
			now,
			poll,
			{ ...one, email: one.email! },
			null,
			{
				subject: m.meetings_poll_reminder_mail_subject({ title: asAsked(poll.title) }),
				title: m.meetings_poll_reminder_mail_title({ name: one.name }),
				paragraphs: [
					m.meetings_poll_mail_text({ title: asAsked(poll.title), cooperation: cooperation.name }),
					m.meetings_poll_reminder_mail_text({ day: longDay(poll.deadline, today(now, poll.zone)) })
				]
			},
			house
		);
	if (silent.length)
		await tell(write, context, {
			chain: { cooperation: poll.cooperationId },
			verb: 'poll-reminded',
			ids: { poll: poll.id },
			says: { title: poll.title, names: silent.map(({ name }) => name).join(', ') }
		});
	return silent.length;
}

/** Every hour, each poll whose time has come reminds those who have not answered, in a transaction of its own. */
export const remindPolls = (wake: (job: string) => void): Job => ({
	name: 'remind-polls',
	every: '10 * * * *',
	run: async (run) => {
		for (const { id } of await run.asSystem(pollsToRemind)) {
			if (run.stopping()) return;
			await run.asSystem((context) => remindPoll(context, id));
		}
		wake('deliver-mails');
	}
});
