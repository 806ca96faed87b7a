import { listAwaited } from '#modules/agreements/queries/followed.server.ts';
import { listAccompaniedCooperations, type Followed } from '#modules/cooperations/queries.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { listStageMovesBetween, listStages, type StageNow } from '#modules/cooperations/stages/queries.server.ts';
import { monthsBetween } from '#modules/cooperations/stages/rules.ts';
import { listRelations } from '#modules/hubs/queries/relations.server.ts';
import { stateOf } from '#modules/hubs/rules.ts';
import { datesOfMeetings, listMeetingsBetween } from '#modules/meetings/queries.server.ts';
import { hubsOf } from '#platform/actor.ts';
import { endOfDay, instant, plusDays, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { countUnread } from '../advice/queries.server.ts';
import { stallsIn } from '../stalls/reactions.server.ts';
import type { Entry, Moved } from './rules.ts';

/** The organisation that speaks for a cooperation: its lead, who began it, else its first partner. */
const spokenFor = ({ partners, begunFor }: Followed): Followed['partners'][number] | null => {
	const accepted = partners.filter((one) => standingOf(one) === 'accepted');
	return (
		accepted.find(({ role }) => role === 'lead') ??
		accepted.find(({ organisationId }) => organisationId === begunFor) ??
		accepted[0] ??
		null
	);
};

function entryOf(
	one: Followed,
	stage: StageNow,
	meetings: { last: Date | null; next: Date | null } | undefined,
	now: Date
): Omit<Entry, 'awaited' | 'unread'> {
	const on = (at: Date) => today(at, one.zone);
	const accepted = one.partners.filter((partner) => standingOf(partner) === 'accepted');
	const associations = accepted.filter(({ kind }) => kind === 'association').length;
	const invited = one.partners.filter((partner) => standingOf(partner) === 'invited');
	const speaking = spokenFor(one);
	return {
		id: one.id,
		name: one.name,
		path: one.path,
		place: one.place ?? speaking?.commune ?? null,
		associations,
		others: accepted.length - associations,
		stage: stage.stage,
		since: stage.since,
		months: monthsBetween(stage.since, on(now)),
		usual: stage.usual,
		pausedUntil: stage.pausedUntil,
		underWay: one.underWay,
		steps: one.steps,
		newsOn: one.lastLineAt && on(one.lastLineAt),
		begunOn: on(one.begunAt),
		meetingOn: meetings?.next ? on(meetings.next) : null,
		stalls: stallsIn({ ...one, partners: [...accepted, ...invited] }, stage, meetings, now),
		spokenFor: speaking?.organisationId ?? null,
		silent: invited.toSorted((a, b) => a.invitedAt.getTime() - b.invitedAt.getTime())[0]?.organisationId ?? null
	};
}

/** What one's hubs accompany, whole. The number of queries never depends on how much that is; a stranger has no portfolio. */
export async function findPortfolio(context: Context) {
	const { actor, now } = context;
	if (!hubsOf(actor).length) throw new NotFound();
	const cooperations = await listAccompaniedCooperations(context);
	const ids = cooperations.map(({ id }) => id);
	const stages = await listStages(context, ids);
	const meetings = await datesOfMeetings(context, ids);
	const awaited = await listAwaited(context, ids);
	const unread = await countUnread(context);
	return {
		today: today(now, 'Europe/Paris'),
		cooperations,
		entries: cooperations.map((one): Entry => {
			const waits = awaited.get(one.id);
			const advice = unread.get(one.id);
			return {
				...entryOf(one, stages.get(one.id)!, meetings.get(one.id), now),
				awaited: waits ? { waiting: waits.waiting, since: today(waits.since, one.zone) } : null,
				unread: advice ? { count: advice.count, since: today(advice.since, one.zone) } : null
			};
		})
	};
}

/** The first and last day of a month written « 2026-11 ». */
const daysOf = (month: string): [string, string] => {
	const first = `${month}-01`;
	const next = plusDays(`${month}-28`, 4).slice(0, 7);
	return [first, plusDays(`${next}-01`, -1)];
};

/** The portfolio of a month: what moved, what is stuck today, what comes next. */
export async function findMonth(context: Context, month: string) {
	const { entries, cooperations, today: here } = await findPortfolio(context);
	const [first, last] = daysOf(month);
	const byId = new Map(cooperations.map((one) => [one.id, one]));
	const ids = cooperations.map(({ id }) => id);
	const within = (at: Date | null, zone: string) => at !== null && today(at, zone) >= first && today(at, zone) <= last;
	const of = (id: string, on: string) => ({ cooperation: byId.get(id)!.name, path: byId.get(id)!.path, on });
	const held = await listMeetingsBetween(context, ids, {
		from: instant(first, '00:00', 'Europe/Paris'),
		to: endOfDay(last, 'Europe/Paris')
	});
	const moved: Moved[] = [
		...(await listStageMovesBetween(context, ids, { from: first, to: last })).map(({ cooperationId, stage, since }) => ({
			...of(cooperationId, since),
			what: 'stage' as const,
			stage
		})),
		...held
			.filter(({ startsAt }) => startsAt <= context.now)
			.map(({ cooperationId, title, startsAt, zone }) => ({
				...of(cooperationId, today(startsAt, zone)),
				what: 'meeting' as const,
				title
			})),
		...cooperations.flatMap((one) =>
			one.partners
				.filter((partner) => standingOf(partner) === 'accepted' && within(partner.acceptedAt, one.zone))
				.map((partner) => ({
					...of(one.id, today(partner.acceptedAt!, one.zone)),
					what: 'partner' as const,
					organisation: partner.name
				}))
		),
		...(await listRelations(context))
			.filter((one) => one.cooperationId && byId.has(one.cooperationId) && stateOf(one) === 'living')
			.filter(({ acceptedAt }) => within(acceptedAt, 'Europe/Paris'))
			.map((one) => ({
				...of(one.cooperationId!, today(one.acceptedAt!, 'Europe/Paris')),
				what: 'accompanied' as const
			}))
	];
	return {
		today: here,
		month,
		before: plusDays(first, -1).slice(0, 7),
		after: here > last ? plusDays(last, 1).slice(0, 7) : null,
		entries,
		moved: moved.toSorted((a, b) => a.on.localeCompare(b.on) || a.cooperation.localeCompare(b.cooperation, 'fr'))
	};
}
