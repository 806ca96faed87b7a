import { findCooperationById, pathOf as cooperationPath } from '#modules/cooperations/queries.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { listMyTasks } from '#modules/lines/queries/mine.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { listBelongings } from '#modules/organisations/queries/belongings.server.ts';
import { findContact } from '#modules/people/queries.server.ts';
import { organisationsOf, type Person } from '#platform/actor.ts';
import type { CalendarEvent } from '#platform/calendar.ts';
import { as, type Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { address } from '#platform/running.server.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { m } from '#words';
import { eventOf } from '../documents.server.ts';
import { eyesOf, meetingPath, meetingsSeenBy } from '../queries.server.ts';

export type FeedKind = 'person' | 'organisation' | 'cooperation';

/** A calendar address by its secret; one that was taken back does not exist. */
async function findFeed({ db }: Context, token: string) {
	if (!/^[\w-]{32}$/.test(token)) throw new NotFound('link');
	const feed = await db
		.selectFrom('calendarFeeds')
		.select(['id', 'kind', 'personId', 'organisationId', 'cooperationId', 'madeAt'])
		.where('tokenHash', '=', hashToken(token))
		.where('revokedAt', 'is', null)
		.executeTakeFirst();
	if (!feed) throw new NotFound('link');
	return { ...feed, kind: feed.kind as FeedKind };
}

/** In whose eyes a feed is read, today: the person with their organisations as they are now, or an organisation alone. */
async function readerOf({ db, now }: Context, feed: Awaited<ReturnType<typeof findFeed>>): Promise<Person> {
	const nobody = { is: 'person', name: '', administrator: false, hubs: [] } as const;
	if (feed.kind === 'person') {
		const belongings = await listBelongings(db, feed.personId, now);
		return { ...nobody, hubs: [], id: feed.personId, belongings };
	}
	const belonging = { organisationId: feed.organisationId!, name: '', path: '', manager: false, may: 'discuss' } as const;
	// nobody bears the feed's own id: what is asked of a person by name stays out of an organisation's feed
	return { ...nobody, hubs: [], id: feed.id, belongings: [belonging] };
}

const kept = 400 * 86_400_000;

/** What another module shows in a calendar, as its reader sees it: of one cooperation, or of all of theirs. */
export type Contributor = (seen: Context, cooperationId: string | null) => Promise<CalendarEvent[]>;

/**
 * What a calendar address shows at this moment: meetings, the days by which something is to be done, and what `contributors`
 * of other modules add.
 */
export async function readFeed(
	context: Context,
	token: string,
	contributors: readonly Contributor[] = []
): Promise<{ name: string; events: CalendarEvent[]; madeAt: Date }> {
	const feed = await findFeed(context, token);
	const seen = as(context, await readerOf(context, feed));
	const cooperation = feed.cooperationId ? await standingCooperation(seen, feed.cooperationId, feed.organisationId!) : null;
	const name = await nameOf(context, feed, cooperation?.name ?? null);
	if (feed.cooperationId && !cooperation) return { name, events: [], madeAt: feed.madeAt };
	const meetings = await meetingsSeenBy(context.db, { ...eyesOf(seen), ...(feed.kind === 'person' ? {} : { person: null }) })
		.innerJoin('cooperations as c', 'c.id', 'm.cooperationId')
		.select([
			'm.uid',
			'm.sequence',
			'm.title',
			'm.code',
			'm.place',
			'm.startsAt',
			'm.endsAt',
			'm.zone',
			'm.cancelledAt',
			'm.changedAt'
		])
		.select(['c.name as cooperation', 'c.code as cooperationCode'])
		.where('m.startsAt', '>', new Date(context.now.getTime() - kept))
		// what a cooperation had planned after its end does not take place
		.where((eb) => eb.or([eb('c.endedAt', 'is', null), eb('m.startsAt', '<=', eb.ref('c.endedAt'))]))
		.$if(cooperation !== null, (query) => query.where('m.cooperationId', '=', cooperation!.id))
		.orderBy('m.startsAt')
		.orderBy('m.id')
		.limit(500)
		.execute();
	const host = new URL(address('/')).hostname;
	const others: CalendarEvent[] = [];
	for (const contribute of contributors) others.push(...(await contribute(seen, cooperation?.id ?? null)));
	const days = cooperation ? await listLines(seen, cooperation.id, ['date', 'task']) : await listMyTasks(seen, { limit: 200 });
	return {
		name,
		madeAt: feed.madeAt,
		events: [
			...meetings.map(({ code, cooperationCode, ...meeting }) => {
				const path = meetingPath(
					{ path: cooperationPath({ name: meeting.cooperation, code: cooperationCode }) },
					{ ...meeting, code }
				);
				return eventOf(meeting, { cooperation: meeting.cooperation, url: address(path) });
			}),
			...days
				// what an organisation keeps at home is not for the calendar of the cooperation
				.filter(
					({ endsOn, doneAt, audience }) => endsOn !== null && doneAt === null && (!cooperation || audience !== 'organisation')
				)
				.map((line): CalendarEvent => ({
					uid: `line-${line.root}@${host}`,
					sequence: 0,
					starts: line.kind === 'task' ? line.endsOn! : (line.startsOn ?? line.endsOn!),
					ends: line.endsOn!,
					zone: 'UTC',
					title: line.kind === 'task' ? m.meetings_feed_task({ task: line.text }) : line.text,
					stamp: line.writtenAt,
					lastModified: line.writtenAt
				})),
			...others
		]
	};
}

/** The cooperation, as long as the organisation takes part in it. */
async function standingCooperation(context: Context, id: string, organisationId: string) {
	try {
		const cooperation = await findCooperationById(context, id);
		return cooperation.accepted.some((one) => one.organisationId === organisationId) ? cooperation : null;
	} catch (problem) {
		if (problem instanceof NotFound) return null;
		throw problem;
	}
}

async function nameOf({ db }: Context, feed: Awaited<ReturnType<typeof findFeed>>, cooperation: string | null): Promise<string> {
	if (feed.kind === 'cooperation') return cooperation ?? m.shell_title();
	if (feed.kind === 'person')
		return m.meetings_feed_of({ name: (await findContact(db, feed.personId))?.name ?? m.shell_title() });
	return m.meetings_feed_of({ name: (await summariesOf(db, [feed.organisationId!])).get(feed.organisationId!)?.name ?? '' });
}

/** What a page says of an address that was just made: whose calendar it shows. Only those who may take it back see it. */
export async function findMyFeed(context: Context, token: string) {
	const feed = await findFeed(context, token);
	const { actor } = context;
	if (actor.is !== 'person' || feed.personId !== actor.id) throw new NotFound();
	return { kind: feed.kind, url: address(`/agenda/${token}.ics`) };
}

/** The calendar addresses that stand: one's own, and those of one's organisations whoever made them. */
export async function listMyFeeds(context: Context) {
	const { actor, db } = context;
	if (actor.is !== 'person') return [];
	const mine = organisationsOf(actor);
	const rows = await db
		.selectFrom('calendarFeeds as f')
		.innerJoin('persons as p', 'p.id', 'f.personId')
		.leftJoin('organisations as o', 'o.id', 'f.organisationId')
		.leftJoin('cooperations as c', 'c.id', 'f.cooperationId')
		.select(['f.id', 'f.kind', 'f.madeAt', 'p.name as maker', 'o.name as organisation', 'c.name as cooperation'])
		.where('f.revokedAt', 'is', null)
		.where((eb) =>
			eb.or([
				eb('f.personId', '=', actor.id),
				...(mine.length ? [eb.and([eb('f.kind', '!=', 'person'), eb('f.organisationId', 'in', mine)])] : [])
			])
		)
		.orderBy('f.madeAt', 'desc')
		.limit(100)
		.execute();
	return rows.map((row) => ({ ...row, kind: row.kind as FeedKind }));
}
