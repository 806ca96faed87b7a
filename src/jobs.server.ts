import { noticeWhatStalls } from '#modules/accompaniment/stalls/reactions.server.ts';
import { namesOfCooperations } from '#modules/cooperations/queries.server.ts';
import { lookAfterCheckIns } from '#modules/evaluations/check-ins/reactions.server.ts';
import { remindThosePresenting } from '#modules/draws/reactions.server.ts';
import { askWhatCameOfIt, remindThoseIntroduced } from '#modules/introductions/reactions.server.ts';
import { remindPolls } from '#modules/meetings/polls/reactions.server.ts';
import { sweepNotices, tellNotices } from '#modules/notices/reactions.server.ts';
import { deliverMails, sweepMails } from '#modules/notices/outbox/reactions.server.ts';
import { usualZone, zonesOf } from '#modules/organisations/queries/people.server.ts';
import { readLists, takeInLists } from '#modules/organisations/imports/reactions.server.ts';
import { listRecipients } from '#modules/people/queries.server.ts';
import { remindHours } from '#modules/worth/hours/reactions.server.ts';
import { sweepApproaches } from '#modules/approaches/reactions.server.ts';
import { sweepHands } from '#modules/hands/reactions.server.ts';
import { lookAfterIdeas, tellInhabitants } from '#modules/ideas/reactions.server.ts';
import { lookAfterNeeds } from '#modules/needs/reactions.server.ts';
import { letterheadsOf, lettersAbout } from '#modules/hubs/queries/sender.server.ts';
import { sweepDrafts } from '#modules/drafts/reactions.server.ts';
import { sweepIdeas } from '#modules/publications/ideas/reactions.server.ts';
import { lookForLife } from '#modules/identity/life/reactions.server.ts';
import { readRegisters } from '#modules/register/reactions.server.ts';
import { readOfficialWords } from '#modules/register/finding/reactions.server.ts';
import { sweepPeople } from '#modules/people/reactions.server.ts';
import { sweepFiles } from '#platform/files.server.ts';
import { wake, type Job } from '#platform/jobs.server.ts';

// Notices know no other module; who knows them all says where people read.
const known: Parameters<typeof tellNotices>[0] = {
	recipients: async (context, ids) => {
		const people = await listRecipients(context, ids);
		const zones = await zonesOf(context.db, ids);
		return people.map((person) => ({ ...person, zone: zones.get(person.id) ?? usualZone }));
	},
	cooperations: namesOfCooperations,
	letterheads: async ({ db }, { houses, cooperations }) =>
		new Map([...(await letterheadsOf(db, houses)), ...(await lettersAbout(db, cooperations))])
};

/** Each night, files that no row names any more are taken away: what a refused form had already laid down. */
const sweepLaidDown: Job = {
	name: 'sweep-files',
	every: '50 3 * * *',
	run: async ({ db, now }) => void (await sweepFiles(db, now))
};

/** Everything that the product does by itself. */
export const jobs: Job[] = [
	deliverMails,
	tellNotices(known, wake),
	sweepMails,
	sweepNotices,
	sweepPeople,
	sweepDrafts,
	sweepIdeas,
	sweepLaidDown,
	remindPolls(wake),
	lookAfterCheckIns(wake),
	remindHours,
	askWhatCameOfIt(wake),
	remindThoseIntroduced(wake),
	remindThosePresenting(wake),
	lookAfterNeeds,
	lookAfterIdeas,
	tellInhabitants,
	sweepHands,
	sweepApproaches,
	readLists,
	readRegisters,
	takeInLists,
	readOfficialWords,
	lookForLife,
	noticeWhatStalls
];
