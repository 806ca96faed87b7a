import { listOwnAdvice, listOwnCalls } from '#modules/accompaniment/queries/mine.server.ts';
import { listOwnAgreements } from '#modules/agreements/queries/mine.server.ts';
import { listOwnCooperations } from '#modules/cooperations/queries/mine.server.ts';
import { listOwnRemarks } from '#modules/evaluations/check-ins/queries/remarks.server.ts';
import { listOwnReadings } from '#modules/evaluations/indicators/queries/mine.server.ts';
import { listOwnDrafts } from '#modules/drafts/queries.server.ts';
import { listOwnIdentity } from '#modules/identity/queries/mine.server.ts';
import { listOwnEntries } from '#modules/journal/queries.server.ts';
import { listOwnDraws } from '#modules/draws/queries.server.ts';
import { listOwnIntroductions } from '#modules/introductions/queries.server.ts';
import { listOwnLines } from '#modules/lines/queries/mine.server.ts';
import { listOwnMailings } from '#modules/mailings/queries.server.ts';
import { listOwnMeetings, listOwnPolls } from '#modules/meetings/queries/mine.server.ts';
import { listOwnMails, listOwnNotices } from '#modules/notices/queries.server.ts';
import { listOwnDirectory, listOwnMemberships } from '#modules/organisations/erasure/queries.server.ts';
import { listOwnAccount } from '#modules/people/queries.server.ts';
import { listOwnPortraits } from '#modules/portraits/queries.server.ts';
import { listOwnViews } from '#modules/saved/queries.server.ts';
import { listOwnNotes } from '#modules/sheets/queries.server.ts';
import { listOwnRegisterImports } from '#modules/register/queries.server.ts';
import { listOwnAsks } from '#modules/cooperations/helping/queries.server.ts';
import { findMyOffer } from '#modules/resources/queries.server.ts';
import { listOwnSessions } from '#modules/sessions/queries/mine.server.ts';
import { listOwnPitches } from '#modules/pitches/queries/mine.server.ts';
import { listOwnWorth } from '#modules/worth/queries/mine.server.ts';
import { listOwnPublications } from '#modules/publications/queries.server.ts';
import { listOwnApproaches } from '#modules/approaches/queries.server.ts';
import { listOwnHands } from '#modules/hands/queries.server.ts';
import { listOwnIdeas } from '#modules/ideas/queries.server.ts';
import { listOwnNeeds } from '#modules/needs/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';

/** Everything that the product holds about whoever asks, in a file that other programs read (GDPR, articles 15 and 20). */
export const GET = endpoint('signed in', async (context) => {
	const account = await listOwnAccount(context);
	const file = {
		account,
		memberships: await listOwnMemberships(context),
		directory: await listOwnDirectory(context, account.email),
		identity: await listOwnIdentity(context),
		photos: await listOwnPortraits(context),
		cooperations: await listOwnCooperations(context),
		lines: await listOwnLines(context),
		meetings: await listOwnMeetings(context, account.email),
		polls: await listOwnPolls(context, account.email),
		publications: await listOwnPublications(context),
		agreements: await listOwnAgreements(context),
		sessions: await listOwnSessions(context),
		indicators: await listOwnReadings(context),
		savedViews: await listOwnViews(context),
		drafts: await listOwnDrafts(context),
		calls: await listOwnCalls(context),
		advice: await listOwnAdvice(context),
		notices: await listOwnNotices(context),
		remarks: await listOwnRemarks(context),
		worth: await listOwnWorth(context),
		approaches: await listOwnApproaches(context),
		hands: await listOwnHands(context),
		needs: await listOwnNeeds(context),
		ideas: await listOwnIdeas(context, account.email),
		pitches: await listOwnPitches(context),
		introductions: await listOwnIntroductions(context),
		letters: await listOwnMailings(context),
		draws: await listOwnDraws(context),
		help: { offer: await findMyOffer(context), asks: await listOwnAsks(context) },
		partnerNotes: await listOwnNotes(context),
		registers: await listOwnRegisterImports(context),
		journal: await listOwnEntries(context),
		mails: await listOwnMails(context, account.email)
	};
	return new Response(JSON.stringify(file, null, '\t'), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="mes-donnees.json"'
		}
	});
});
