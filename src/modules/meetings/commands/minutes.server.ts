import { personOf } from '#platform/actor.ts';
import { m } from '#words';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { addLine, inCurrency } from '#modules/lines/commands.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { choicesOf } from '#modules/notices/queries.server.ts';
import { everything, wanted } from '#modules/notices/rules.ts';
import { isHereOrInvited } from '#modules/cooperations/rules.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { address } from '#platform/running.server.ts';
import { voice } from '../commands.server.ts';
import type { Minuted } from '../forms.ts';
import { mayConvene, mayPrepare } from '../policy.ts';
import { findMeetingById, listPoints, type MeetingSeen } from '../queries.server.ts';
import { listParticipants } from '../queries/participants.server.ts';
import { listMinutes, listReaders, meetingsAfter, type MinutedLine } from '../queries/minutes.server.ts';
import { adoptable, begun, circulable, editable, minutable, whenSaid, type Presence } from '../rules.ts';
import { hold } from './agenda.server.ts';

/** The first thing noted begins the minutes; the meeting no longer moves from then on. */
async function begin(write: Writer, context: Context, meeting: MeetingSeen): Promise<void> {
	begun(meeting, context.now);
	if (meeting.minutesBegunAt) return;
	await write
		.updateTable('meetings')
		.set({ minutesBegunAt: context.now, minutesBegunBy: personOf(context.actor) })
		.where('id', '=', meeting.id)
		.where('minutesBegunAt', 'is', null)
		.execute();
}

/**
 * Writes a line of the minutes: what was said, in the name of the organisation that said it. Several people may write at once;
 * whoever circulates waits for them. After circulation a line is a correction.
 */
export async function minute(context: Context, meetingId: string, { point, actingFor, ...line }: Minuted): Promise<void> {
	const { meeting: read, cooperation } = await findMeetingById(context, meetingId);
	const write = allow(context, mayPrepare(context.actor, cooperation));
	const row = write.selectFrom('meetings').select('id').where('id', '=', meetingId);
	// whoever begins the minutes holds the meeting alone: two who share it could not both change it
	await (read.minutesBegunAt ? row.forShare() : row.forUpdate()).execute();
	const { meeting } = await findMeetingById(context, meetingId);
	minutable(meeting);
	await begin(write, context, meeting);
	if (point && !(await listPoints({ db: write }, meeting.id)).some(({ id }) => id === point)) throw new NotFound();
	const partner = cooperation.accepted.find(({ organisationId }) => organisationId === actingFor);
	if (actingFor && !partner) throw new Refused('lines.not-a-partner', {}, 'actingFor');
	if (!partner && !mayConvene(context.actor, cooperation)) throw new Refused('meetings.who-said', {}, 'actingFor');
	const speaker = partner ? { id: partner.organisationId, name: partner.name } : voice(context, cooperation, meeting);
	const id = await addLine(write, context, cooperation, {
		...inCurrency(line, cooperation),
		audience: 'partners',
		evidence: 'minutes',
		source: { kind: 'meeting', id: meeting.id },
		speaker
	});
	await write
		.insertInto('minutedLines')
		.columns(['root', 'meetingId', 'pointId', 'minutedAt'])
		.expression((eb) =>
			eb
				.selectFrom('lines')
				.select(({ val }) => ['id', val(meeting.id).$castTo<string>().as('meetingId'), val(point).as('pointId'), 'writtenAt'])
				.where('id', '=', id)
				.where('sourceId', '=', meeting.id)
		)
		.onConflict((conflict) => conflict.column('root').doNothing())
		.execute();
}

/** Notes who is there, absent, excused, or represented and by whom. */
export async function notePresence(
	context: Context,
	meetingId: string,
	{ participant, presence, representedBy }: { participant: string; presence: Presence; representedBy: string | null }
): Promise<void> {
	const { write, meeting } = await hold(context, meetingId, mayPrepare);
	editable(meeting);
	await begin(write, context, meeting);
	const participants = await listParticipants({ db: write }, meeting.id);
	const one = participants.find(({ id }) => id === participant);
	const by = presence === 'represented' ? representedBy : null;
	if (!one || (by !== null && (by === participant || !participants.some(({ id }) => id === by)))) throw new NotFound();
	await write
		.updateTable('meetingParticipants')
		.set({ presence, representedBy: by, presenceNotedAt: context.now, presenceNotedBy: personOf(context.actor) })
		.where('id', '=', participant)
		.execute();
}

/** Notes somebody who came without having been invited. */
export async function noteAttendee(
	context: Context,
	meetingId: string,
	{ id, name, organisation }: { id: string; name: string; organisation: string | null }
): Promise<void> {
	const { write, meeting, cooperation } = await hold(context, meetingId, mayPrepare);
	editable(meeting);
	await begin(write, context, meeting);
	const known = cooperation.partners.filter(isHereOrInvited);
	if (organisation && !known.some(({ organisationId }) => organisationId === organisation))
		throw new Refused('lines.not-a-partner', {}, 'organisation');
	const noted = { presence: 'present', presenceNotedAt: context.now, presenceNotedBy: personOf(context.actor) };
	const added = await write
		.insertInto('meetingParticipants')
		.values({ id, meetingId: meeting.id, name, organisationId: organisation, addedAt: context.now, ...noted })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	// sent twice it is there once; an id of another meeting notes nobody
	if (added.numInsertedOrUpdatedRows === 0n && !(await listParticipants({ db: write }, meeting.id)).some((one) => one.id === id))
		throw new NotFound();
}

/** The tasks that a reader of the minutes will find on their home page: theirs by name, or their organisation's. */
const tasksOf = (reader: { personId: string | null; organisationId: string | null }, lines: MinutedLine[]) =>
	lines.filter(
		({ kind, whoPerson, whoOrganisation, withdrawnAt, doneAt }) =>
			kind === 'task' &&
			!withdrawnAt &&
			!doneAt &&
			(whoPerson !== null ? whoPerson === reader.personId : whoOrganisation !== null && whoOrganisation === reader.organisationId)
	);

/** Sends the minutes to everyone, once: one mail each, with their own tasks. From then on only lines correct them. */
export async function circulateMinutes(context: Context, meetingId: string): Promise<number> {
	const { write, meeting, cooperation } = await hold(context, meetingId);
	const { now } = context;
	const lines = await listMinutes(context, meeting);
	const participants = await listParticipants({ db: write }, meeting.id);
	const present = participants.filter(({ presence }) => presence === 'present');
	circulable(meeting, { lines: lines.length, present: present.length });
	await write
		.updateTable('meetings')
		.set({ circulatedAt: now, circulatedBy: personOf(context.actor) })
		.where('id', '=', meeting.id)
		.where('circulatedAt', 'is', null)
		.execute();
	const by = voice(context, cooperation, meeting);
	const when = whenSaid(meeting, now);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'minutes-circulated',
		ids: { meeting: meeting.id, organisation: by.id },
		says: { organisation: by.name, title: meeting.title, when, present: present.map(({ name }) => name).join(', ') || '–' }
	});
	const { readers } = await listReaders(context, cooperation, participants, lines);
	const choices = await choicesOf(
		write,
		readers.flatMap(({ personId }) => personId ?? [])
	);
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: by.id });
	let sent = 0;
	for (const one of readers) {
		const about = { kind: 'minutes', cooperationId: cooperation.id } as const;
		if (one.personId && !wanted(choices.get(one.personId) ?? everything, about)) continue;
		const page = one.personId
			? `${meeting.path}/compte-rendu`
			: `/reunion/${await makeLink(write, now, { thing: meeting.id, may: 'answer', invitee: one.participant, organisationId: one.organisationId })}`;
		const pdf = one.personId ? `${meeting.path}/reunion.pdf` : `${page}/reunion.pdf`;
		const tasks = tasksOf(one, lines);
		await post(write, now, {
			to: { name: one.name, email: one.email! },
			house,
			...(context.actor.is === 'person' ? { fromName: context.actor.name } : {}),
			subject: m.meetings_mail_minutes_subject({ title: meeting.title, n: tasks.length }),
			letter: {
				title: m.meetings_mail_minutes_title({ title: meeting.title }),
				paragraphs: [
					m.meetings_mail_minutes_text({ organisation: by.name, cooperation: cooperation.name, when }),
					...(tasks.length ? [] : [m.meetings_mail_minutes_no_task()])
				],
				lists: tasks.length
					? [
							{
								title: m.meetings_mail_minutes_tasks(),
								items: tasks.map((task) =>
									task.endsOn
										? m.meetings_mail_minutes_task({ task: task.text, day: longDay(task.endsOn, today(now, meeting.zone)) })
										: task.text
								)
							}
						]
					: [],
				buttons: [
					{ label: m.meetings_mail_minutes_button(), url: address(page) },
					{ label: m.meetings_mail_minutes_pdf(), url: address(pdf) }
				]
			},
			kind: 'minutes',
			stop: one.personId ? { personId: one.personId } : 'address'
		});
		sent++;
	}
	return sent;
}

/** Says that the minutes are adopted: in another meeting, or online. They no longer change. */
export async function adoptMinutes(
	context: Context,
	meetingId: string,
	{ inMeeting }: { inMeeting: string | null }
): Promise<void> {
	const { write, meeting, cooperation } = await hold(context, meetingId);
	adoptable(meeting);
	if (inMeeting && !(await meetingsAfter(context, cooperation, meeting)).some(({ id }) => id === inMeeting)) throw new NotFound();
	const by = voice(context, cooperation, meeting);
	await write
		.updateTable('meetings')
		.set({ adoptedAt: context.now, adoptedBy: personOf(context.actor), adoptedFor: by.id, adoptedIn: inMeeting })
		.where('id', '=', meeting.id)
		.where('adoptedAt', 'is', null)
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'minutes-adopted',
		ids: { meeting: meeting.id, organisation: by.id, in: inMeeting },
		says: { organisation: by.name, title: meeting.title, when: whenSaid(meeting, context.now) }
	});
}
