import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { duration } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { money } from '#platform/money.ts';
import { sessionAt } from '../commands.server.ts';
import type { NotedHours, NotedSession, NotedSupplier } from '../forms.ts';
import { mayNoteHours } from '../policy.ts';
import type { SessionSeen } from '../queries.server.ts';
import { countable, notable, whenSaid } from '../rules.ts';

type Counted = { publicRoot: string | null; label: string | null; people: number };

/** The audiences that the form counts: lines of this cooperation that say who the action is for, and free words. */
async function countedIn(
	context: Context,
	cooperation: Cooperation,
	session: SessionSeen,
	input: NotedSession
): Promise<(Counted & { name: string })[]> {
	const lines = await listLines(context, cooperation.id, ['public']);
	const counted = input.publics.flatMap((root, i) => {
		const people = input.counts[i] ?? null;
		if (people === null) return [];
		const line = lines.find((one) => one.root === root && one.audience !== 'organisation');
		// an audience that was withdrawn since keeps the figures that it had
		if (!line && !session.attendance.some(({ publicRoot }) => publicRoot === root)) throw new Refused('sessions.not-an-audience');
		return [{ publicRoot: root, label: null, people, name: line?.text ?? '' }];
	});
	if (input.otherCount === null) return counted;
	if (!input.otherPublic) throw new Refused('sessions.audience-unnamed', {}, 'otherPublic');
	return [...counted, { publicRoot: null, label: input.otherPublic, people: input.otherCount, name: input.otherPublic }];
}

const sameFigures = (session: SessionSeen, people: number, counted: readonly Counted[], note: string | null): boolean => {
	const written = (all: readonly Counted[]) =>
		all
			.map((one) => `${one.publicRoot ?? one.label} ${one.people}`)
			.toSorted()
			.join('\n');
	return session.people === people && session.note === note && written(session.attendance) === written(counted);
};

/**
 * Notes that a session was held and how many came. `sequence` is that of the page: when another noted it in between, nothing is
 * written and their figures are shown. The same figures sent again are written once.
 */
export async function noteSession(context: Context, cooperationId: string, at: string, input: NotedSession): Promise<void> {
	const { now } = context;
	const { cooperation, session, write } = await sessionAt(context, cooperationId, at);
	const by = speaker(context, cooperation, input.actingFor);
	notable(session, now);
	const counted = await countedIn(context, cooperation, session, input);
	countable(input.people, counted);
	if (!(session.notedAt && sameFigures(session, input.people, counted, input.note))) {
		const noted = await write
			.updateTable('actionSessions')
			.set({
				people: input.people,
				note: input.note,
				notedAt: now,
				notedBy: personOf(context.actor),
				notedFor: by.id,
				sequence: input.sequence + 1,
				changedAt: now
			})
			.where('id', '=', session.id)
			.where('sequence', '=', input.sequence)
			.where('cancelledAt', 'is', null)
			.executeTakeFirst();
		if (noted.numUpdatedRows === 0n)
			throw session.notedAt
				? new Refused('sessions.noted-meanwhile', {
						who: session.notedByName ?? session.notedForName,
						people: session.people ?? 0
					})
				: new Refused('sessions.changed-meanwhile', { theirs: `${session.title}, ${whenSaid(session, now)}` });
		await write.deleteFrom('sessionAttendance').where('sessionId', '=', session.id).execute();
		if (counted.length)
			await write
				.insertInto('sessionAttendance')
				.values(
					counted.map(({ publicRoot, label, people }) => ({ id: newId(), sessionId: session.id, publicRoot, label, people }))
				)
				.execute();
		const corrected = session.notedAt !== null;
		await tell(write, context, {
			chain: { cooperation: cooperation.id },
			verb: corrected ? 'session-corrected' : 'session-held',
			ids: { session: session.id, organisation: by.id },
			says: {
				organisation: by.name,
				title: session.title,
				when: whenSaid(session, now),
				people: input.people,
				before: session.people ?? 0
			}
		});
	}
	await keepHours(write, context, cooperation, session, by, input);
}

/** Keeps the hours that one partner's volunteers and employees put in; what was left empty stays as it was. */
async function keepHours(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	session: SessionSeen,
	by: { id: string; name: string },
	given: { volunteers: number | null; employees: number | null }
): Promise<void> {
	const kept: string[] = [];
	for (const whose of ['volunteers', 'employees'] as const) {
		const minutes = given[whose];
		const before = session.hours.find((one) => one.organisationId === by.id && one.whose === whose)?.minutes ?? null;
		if (minutes === null || minutes === before) continue;
		await write
			.insertInto('sessionHours')
			.values({
				id: newId(),
				sessionId: session.id,
				organisationId: by.id,
				whose,
				minutes,
				notedAt: context.now,
				notedBy: personOf(context.actor)
			})
			.onConflict((conflict) =>
				conflict
					.columns(['sessionId', 'organisationId', 'whose'])
					.where('whose', '!=', 'supplier')
					.doUpdateSet({ minutes, notedAt: context.now, notedBy: personOf(context.actor) })
			)
			.execute();
		kept.push(duration(minutes));
	}
	if (!kept.length) return;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'session-hours-noted',
		ids: { session: session.id, organisation: by.id },
		says: { organisation: by.name, title: session.title, hours: kept.join(', ') }
	});
}

/** Notes the hours of one's own structure in a session that took place. */
export async function noteHours(context: Context, cooperationId: string, at: string, input: NotedHours): Promise<void> {
	const { cooperation, session, write } = await sessionAt(context, cooperationId, at);
	const by = speaker(context, cooperation, input.actingFor);
	allow(context, mayNoteHours(context.actor, cooperation, by.id));
	notable(session, context.now);
	await keepHours(write, context, cooperation, session, by, input);
}

/** Notes what a supplier did in a session, and what it cost when that is known. Sent twice, it is written once. */
export async function noteSupplier(context: Context, cooperationId: string, at: string, input: NotedSupplier): Promise<void> {
	const { cooperation, session, write } = await sessionAt(context, cooperationId, at);
	const by = speaker(context, cooperation, input.actingFor);
	if (session.cancelledAt) throw new Refused('sessions.is-cancelled');
	const written = await write
		.insertInto('sessionHours')
		.values({
			id: input.id,
			sessionId: session.id,
			organisationId: by.id,
			whose: 'supplier',
			supplier: input.supplier,
			minutes: input.hours ?? 0,
			cents: input.cents,
			currency: input.cents === null ? null : cooperation.currency,
			notedAt: context.now,
			notedBy: personOf(context.actor)
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) return;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'session-supplier-noted',
		ids: { session: session.id, organisation: by.id },
		says: {
			organisation: by.name,
			title: session.title,
			supplier: [
				input.supplier,
				input.hours ? duration(input.hours) : '',
				input.cents === null ? '' : money(input.cents, cooperation.currency)
			]
				.filter(Boolean)
				.join(', ')
		}
	});
}
