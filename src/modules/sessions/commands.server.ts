import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { tellPeople } from '#modules/organisations/commands/telling.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { m } from '#words';
import type { ChangedSession, MovedSession, WrittenSession } from './forms.ts';
import { mayHold } from './policy.ts';
import { findSession, sessionPath, type SessionSeen } from './queries.server.ts';
import { changeable, takesPlace, whenSaid } from './rules.ts';
import { occurrences, type Closed } from './rules/occurrences.ts';

const usualLength = 120;
const linesRead = 2000;

/** Where something is done to a session: the cooperation that goes on, and the session as it stands. */
export async function sessionAt(context: Context, cooperationId: string, at: string) {
	const cooperation = await findCooperationById(context, cooperationId);
	const session = await findSession(context, cooperation, at);
	const write = allow(context, mayHold(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	return { cooperation, session, write };
}

/** Only partners run a session by name; whoever else does is said in words. */
function runnersAmong(cooperation: Cooperation, ids: readonly string[]): string[] {
	const chosen = [...new Set(ids)];
	if (chosen.some((id) => !cooperation.accepted.some(({ organisationId }) => organisationId === id)))
		throw new Refused('lines.not-a-partner', {}, 'partners');
	return chosen;
}

/** The days when nothing takes place, as the partners' lines tell: holidays, periods when one of them can't. */
async function closedDays(context: Context, cooperationId: string): Promise<Closed[]> {
	const dates = await listLines(context, cooperationId, ['date'], { size: linesRead });
	return dates
		.filter(({ topic, startsOn, audience }) => topic === 'impossible' && startsOn !== null && audience !== 'organisation')
		.map(({ startsOn, endsOn }) => ({ startsOn: startsOn!, endsOn: endsOn ?? startsOn! }));
}

/** Writes one session, or a series of them that leaves out what is impossible. Sent twice, it is written once. */
export async function writeSessions(
	context: Context,
	cooperationId: string,
	input: WrittenSession
): Promise<{ path: string; count: number; leftOut: number }> {
	const { now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayHold(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const by = speaker(context, cooperation, input.actingFor);
	const list = `${cooperation.path}/seances`;
	const once = input.rhythm === 'once';
	const known = once
		? await write
				.selectFrom('actionSessions')
				.select(['title', 'code', 'cooperationId'])
				.where('id', '=', input.id)
				.executeTakeFirst()
		: undefined;
	if (known?.cooperationId === cooperation.id) return { path: sessionPath(cooperation, known), count: 1, leftOut: 0 };
	const partners = runnersAmong(cooperation, input.partners);
	const { zone } = cooperation;
	const pattern =
		input.rhythm === 'once'
			? null
			: {
					rhythm: input.rhythm,
					weekdays: input.weekdays.length ? input.weekdays.map(Number) : [weekdayNumber(input.day)],
					startsOn: input.day,
					endsOn: input.endsOn ?? missingEnd()
				};
	const { days, leftOut } = pattern
		? occurrences(pattern, await closedDays(context, cooperation.id))
		: { days: [input.day], leftOut: [] };
	if (pattern) {
		const series = await write
			.insertInto('actionSeries')
			.values({
				...pattern,
				id: input.id,
				cooperationId: cooperation.id,
				title: input.title,
				madeAt: now,
				madeBy: personOf(context.actor),
				madeFor: by.id
			})
			.onConflict((conflict) => conflict.column('id').doNothing())
			.executeTakeFirst();
		if (series.numInsertedOrUpdatedRows === 0n) return { path: list, count: days.length, leftOut: leftOut.length };
	}
	const host = new URL(address('/')).hostname;
	const rows = days.map((day) => {
		const code = newCode();
		return {
			id: once ? input.id : newId(),
			code,
			cooperationId: cooperation.id,
			seriesId: once ? null : input.id,
			title: input.title,
			place: input.place,
			...takesPlace({ day, time: input.time, minutes: input.length ?? usualLength, zone }, { begunAt: cooperation.begunAt, now }),
			zone,
			open: input.open,
			toKnow: input.toKnow,
			runners: input.runners,
			uid: `seance-${code}@${host}`,
			madeAt: now,
			madeBy: personOf(context.actor),
			madeFor: by.id,
			changedAt: now
		};
	});
	await write.insertInto('actionSessions').values(rows).execute();
	if (partners.length)
		await write
			.insertInto('sessionRunners')
			.values(rows.flatMap(({ id }) => partners.map((organisationId) => ({ sessionId: id, organisationId }))))
			.execute();
	const first = rows[0]!;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: once ? 'session-written' : 'series-written',
		ids: { [once ? 'session' : 'series']: input.id, organisation: by.id },
		says: {
			organisation: by.name,
			title: input.title,
			when: whenSaid(first, now),
			count: rows.length,
			until: longDay(days.at(-1)!, today(now, zone))
		}
	});
	return { path: once ? sessionPath(cooperation, first) : list, count: rows.length, leftOut: leftOut.length };
}

const weekdayNumber = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
function missingEnd(): never {
	throw new Refused('sessions.series-end-missing', {}, 'endsOn');
}

/** What another wrote in between is shown; nothing is lost. */
const changedMeanwhile = (session: SessionSeen, now: Date) =>
	new Refused('sessions.changed-meanwhile', { theirs: `${session.title}, ${whenSaid(session, now)}` });

/** Tells the partners what changes their plans: it leaves with the rest, in one mail. */
const tellPartners = (
	write: Writer,
	context: Context,
	{ id, accepted }: Cooperation,
	said: { text: string; path: string }
): Promise<number> =>
	tellPeople(
		write,
		context,
		accepted.map(({ organisationId }) => organisationId),
		{ kind: 'session', cooperationId: id, ...said }
	);

/** In whose name somebody changes a session: the one of their partners that wrote it, or the first. */
function voice(context: Context, cooperation: Cooperation, session: Pick<SessionSeen, 'madeFor'>): { id: string; name: string } {
	const { actor } = context;
	const mine = cooperation.accepted.filter(
		({ organisationId }) => actor.is === 'person' && actor.belongings.some((one) => one.organisationId === organisationId)
	);
	const own = mine.find(({ organisationId }) => organisationId === session.madeFor) ?? mine[0];
	return speaker(context, cooperation, own?.organisationId ?? null);
}

/** Says anew what a session is: title, place, who runs it, whether everybody may come. */
export async function changeSession(
	context: Context,
	cooperationId: string,
	at: string,
	input: ChangedSession
): Promise<{ path: string }> {
	const { cooperation, session, write } = await sessionAt(context, cooperationId, at);
	changeable(session);
	const { sequence, partners: asked, ...what } = input;
	const partners = runnersAmong(cooperation, asked);
	const changed = await write
		.updateTable('actionSessions')
		.set({ ...what, sequence: sequence + 1, changedAt: context.now })
		.where('id', '=', session.id)
		.where('sequence', '=', sequence)
		.where('cancelledAt', 'is', null)
		.where('notedAt', 'is', null)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw changedMeanwhile(session, context.now);
	await write.deleteFrom('sessionRunners').where('sessionId', '=', session.id).execute();
	if (partners.length)
		await write
			.insertInto('sessionRunners')
			.values(partners.map((organisationId) => ({ sessionId: session.id, organisationId })))
			.execute();
	const by = voice(context, cooperation, session);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'session-changed',
		ids: { session: session.id, organisation: by.id },
		says: { organisation: by.name, title: input.title, when: whenSaid(session, context.now) }
	});
	return { path: sessionPath(cooperation, { ...session, title: input.title }) };
}

/** Gives a session another day or time, with the reason that everyone reads; the first date is kept. */
export async function moveSession(context: Context, cooperationId: string, at: string, input: MovedSession): Promise<void> {
	const { now } = context;
	const { cooperation, session, write } = await sessionAt(context, cooperationId, at);
	changeable(session);
	const minutes = input.length ?? Math.round((session.endsAt.getTime() - session.startsAt.getTime()) / 60_000);
	const when = takesPlace({ ...input, minutes, zone: session.zone }, { begunAt: cooperation.begunAt, now });
	if (when.startsAt.getTime() === session.startsAt.getTime() && when.endsAt.getTime() === session.endsAt.getTime()) return;
	const moved = await write
		.updateTable('actionSessions')
		.set({
			...when,
			movedFrom: session.movedFrom ?? session.startsAt,
			movedAt: now,
			moveReason: input.reason,
			sequence: input.sequence + 1,
			changedAt: now
		})
		.where('id', '=', session.id)
		.where('sequence', '=', input.sequence)
		.where('cancelledAt', 'is', null)
		.where('notedAt', 'is', null)
		.executeTakeFirst();
	if (moved.numUpdatedRows === 0n) throw changedMeanwhile(session, now);
	const by = voice(context, cooperation, session);
	const said = {
		title: session.title,
		before: whenSaid(session, now),
		when: whenSaid({ ...session, ...when }, now),
		reason: input.reason
	};
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'session-moved',
		ids: { session: session.id, organisation: by.id },
		says: { organisation: by.name, ...said }
	});
	await tellPartners(write, context, cooperation, { text: m.sessions_told_moved(said), path: session.path });
}

/** Cancels a session, with the reason that everyone reads; it leaves the calendars. Said again, nothing more is written. */
export async function cancelSession(
	context: Context,
	cooperationId: string,
	at: string,
	{ reason }: { reason: string }
): Promise<void> {
	const { now } = context;
	const { cooperation, session, write } = await sessionAt(context, cooperationId, at);
	if (session.cancelledAt && session.cancelReason === reason) return;
	changeable(session);
	const cancelled = await write
		.updateTable('actionSessions')
		.set({
			cancelledAt: now,
			cancelledBy: personOf(context.actor),
			cancelReason: reason,
			sequence: session.sequence + 1,
			changedAt: now
		})
		.where('id', '=', session.id)
		.where('cancelledAt', 'is', null)
		.where('notedAt', 'is', null)
		.executeTakeFirst();
	if (cancelled.numUpdatedRows === 0n) throw changedMeanwhile(session, now);
	const by = voice(context, cooperation, session);
	const said = { title: session.title, when: whenSaid(session, now), reason };
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'session-cancelled',
		ids: { session: session.id, organisation: by.id },
		says: { organisation: by.name, ...said }
	});
	if (session.endsAt > now)
		await tellPartners(write, context, cooperation, { text: m.sessions_told_cancelled(said), path: session.path });
}
