import { m } from '#words';
import { keepStalls } from '#modules/cooperations/stages/commands.server.ts';
import {
	listStages,
	listWatched,
	watchedAtOnce,
	type StageNow,
	type Watched
} from '#modules/cooperations/stages/queries.server.ts';
import { stallsOf, type Stall, type WayOut } from '#modules/cooperations/stages/rules.ts';
import { livingRelationsOf } from '#modules/hubs/queries/relations.server.ts';
import { datesOfMeetings } from '#modules/meetings/queries.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { speakersOf } from '#modules/organisations/queries/people.server.ts';
import { today } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import type { Job } from '#platform/jobs.server.ts';
import { word } from '#platform/say.ts';

/** Where each way out is taken. */
export const wayOutPath: Record<WayOut, string> = {
	remind: '/partenaires',
	'propose-dates': '/reunions/sonder',
	'write-news': '#ecrire',
	pause: '/phases'
};

/** What stalls in one cooperation, from what is known of it. */
export function stallsIn(
	one: Pick<Watched, 'zone' | 'begunAt' | 'lastLineAt' | 'partners'>,
	stage: StageNow,
	meetings: { last: Date | null; next: Date | null } | undefined,
	now: Date
): Stall[] {
	const on = (at: Date) => today(at, one.zone);
	return stallsOf(
		{
			stage: stage.stage,
			since: stage.since,
			usualMonths: stage.usual,
			paused: stage.pausedUntil !== null,
			begunOn: on(one.begunAt),
			lastMeetingOn: meetings?.last ? on(meetings.last) : null,
			meetingToCome: Boolean(meetings?.next),
			lastLineOn: one.lastLineAt ? on(one.lastLineAt) : null,
			invitedOn: one.partners.flatMap(({ acceptedAt, invitedAt }) => (acceptedAt ? [] : [on(invitedAt)]))
		},
		on(now)
	);
}

/** « Avril enchanté : aucune rencontre n’est prévue. Une issue : proposer des dates. » */
const sayStall = (cooperation: string, { reason, wayOut, days }: Stall): string =>
	m.cooperations_stall_told({
		cooperation,
		reason: word(`cooperations_stall_${reason}`, { n: days }),
		way: word(`cooperations_stall_way_${wayOut}`).replace(/^./, (first) => first.toLowerCase())
	});

/** Whom to tell: who speaks for the cooperation (its lead, else who began it); without an address, who accompanies it. */
async function whomToTell(context: Context, one: Watched): Promise<string | null> {
	const accepted = one.partners.filter(({ acceptedAt }) => acceptedAt);
	const speaking =
		accepted.find(({ role }) => role === 'lead') ??
		accepted.find(({ organisationId }) => organisationId === one.begunFor) ??
		accepted[0];
	const relation = (await livingRelationsOf(context.db, one.id))[0];
	const people = await speakersOf(
		context.db,
		[speaking?.organisationId, relation?.hubId].filter((id) => id !== undefined),
		context.now
	);
	const reachable = (organisationId: string | undefined) =>
		people
			.filter((person) => person.organisationId === organisationId && person.email !== null)
			.toSorted(
				(a, b) => Number(b.personId === one.begunBy) - Number(a.personId === one.begunBy) || Number(b.manager) - Number(a.manager)
			)[0];
	return (reachable(speaking?.organisationId) ?? reachable(relation?.hubId))?.personId ?? null;
}

/** Looks at some cooperations: what newly stalls is told once, to one person, with one way out. Returns the last one looked at. */
export async function noticeStalls(context: Context, after: string | null): Promise<string | null> {
	const watched = await listWatched(context, after);
	const ids = watched.map(({ id }) => id);
	const stages = await listStages(context, ids);
	const meetings = await datesOfMeetings(context, ids);
	for (const one of watched) {
		const stalls = stallsIn(one, stages.get(one.id)!, meetings.get(one.id), context.now).filter(
			({ reason, since }) => !one.noticed.some((known) => known.reason === reason && known.since === since)
		);
		const [first] = stalls;
		if (!first) continue;
		const personId = await whomToTell(context, one);
		if ((await keepStalls(context, one.id, stalls, personId)) && personId)
			await notify(allow(context, context.actor.is === 'system'), context.now, {
				personId,
				kind: 'reminder',
				cooperationId: one.id,
				text: sayStall(one.name, first),
				path: `${one.path}${wayOutPath[first.wayOut]}`
			});
	}
	return watched.length === watchedAtOnce ? ids.at(-1)! : null;
}

/** Each morning before people read, what stalls is noticed, some cooperations at a time. */
export const noticeWhatStalls: Job = {
	name: 'notice-stalls',
	every: '20 4 * * *',
	run: async (run) => {
		let after: string | null = null;
		do {
			if (run.stopping()) return;
			after = await run.asSystem((context) => noticeStalls(context, after));
		} while (after);
	}
};
