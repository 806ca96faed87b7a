import { makeOrganisationFeed, makePersonFeed, revokeFeed } from '#modules/meetings/commands/feeds.server.ts';
import { feedForm, nothingForm, organisationFeedForm } from '#modules/meetings/forms.ts';
import { listMyFeeds } from '#modules/meetings/queries/feeds.server.ts';
import { longDay, today, wall } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

const zone = 'Europe/Paris';

export const load = page('signed in', async (context) => ({
	feeds: (await listMyFeeds(context)).map((one) => ({
		...one,
		made: longDay(wall(one.madeAt, zone).day, today(context.now, zone))
	})),
	organisations:
		context.actor.is === 'person'
			? context.actor.belongings.map(({ organisationId, name }) => ({ id: organisationId, name }))
			: []
}));

const shown = (token: string) => `/compte/agendas/${token}`;

export const actions = {
	person: action('signed in', nothingForm, (context) => makePersonFeed(context), { to: shown }),
	organisation: action('signed in', organisationFeedForm, (context, input) => makeOrganisationFeed(context, input), {
		to: shown
	}),
	revoke: action('signed in', feedForm, (context, input) => revokeFeed(context, input), { say: () => m.meetings_feed_revoked() })
};
