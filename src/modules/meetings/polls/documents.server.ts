import { letterhead } from '#modules/cooperations/documents.server.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { envelopesFor } from '#modules/hubs/queries.server.ts';
import { duration, longDay, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, Refused } from '#platform/errors.ts';
import type { Letters } from '#platform/pdf/letters.server.ts';
import { m } from '#words';
import { mayNoteAnswer } from './policy.ts';
import type { Poll } from './queries.server.ts';
import { findBoard } from './queries/board.server.ts';
import { asTitle } from './rules.ts';

/** A poll of dates on paper: a letter for everyone without an address who said nothing, else a sheet that anybody fills in. */
export async function pollOnPaper(context: Context, cooperation: Cooperation, poll: Poll): Promise<Letters> {
	if (!mayNoteAnswer(context.actor, cooperation, poll)) throw new Forbidden();
	if (poll.closedAt) throw new Refused('meetings.poll-closed-already');
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const board = await findBoard(context, poll, cooperation);
	const silent = board.people.filter(({ reached, answeredAt }) => !reached && !answeredAt);
	const envelopes = await envelopesFor(
		context,
		silent.flatMap(({ organisationId }) => organisationId ?? [])
	);
	const addressed = silent.map(({ name, organisation, organisationId }) => {
		const envelope = envelopes.get(organisationId ?? '') ?? [organisation ?? '', '', ''];
		return name === envelope[0] ? envelope : [name, ...envelope];
	});
	const head = await letterhead(context, cooperation.id, poll.actingFor);
	const here = today(context.now, poll.zone);
	const title = asTitle(board.title);
	const about = { title, cooperation: cooperation.name };
	const letter = (to: string[]) => ({
		from: head.from,
		to,
		subject: m.meetings_poll_paper_subject({ organisation: head.name }),
		paragraphs: [
			poll.deadline >= here
				? m.meetings_poll_paper_about({ ...about, day: longDay(poll.deadline, here) })
				: m.meetings_poll_paper_about_late(about)
		],
		facts: [
			[m.meetings_paper_length(), duration(poll.minutes)],
			...(poll.place ? [[m.meetings_paper_where(), poll.place]] : [])
		] as [string, string][],
		slip: {
			title: m.meetings_poll_paper_slip({ title }),
			table: {
				header: [m.meetings_poll_paper_date(), m.ui_yes(), m.ui_maybe(), m.ui_no()],
				rows: board.slots.filter(({ past }) => !past).map(({ day, hours }) => `${day}, ${hours}`)
			},
			blanks: [m.meetings_poll_paper_comment()],
			to: head.name,
			phone: head.phone
		}
	});
	return {
		letters: addressed.length ? addressed.map(letter) : [letter([])],
		title: m.meetings_poll_paper_file({ title }),
		issuer: head.name,
		date: context.now,
		day: here
	};
}
