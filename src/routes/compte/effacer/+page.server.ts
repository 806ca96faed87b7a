import { eraseMyCalls } from '#modules/accompaniment/commands.server.ts';
import { eraseMyDrafts } from '#modules/drafts/commands.server.ts';
import { eraseMyIdeas } from '#modules/ideas/commands/keeping.server.ts';
import { eraseMyPresence } from '#modules/meetings/commands/erasing.server.ts';
import { eraseMyRemarks } from '#modules/evaluations/check-ins/commands/answering.server.ts';
import { eraseMyIdentity } from '#modules/identity/commands/erasing.server.ts';
import { eraseMyAnswers } from '#modules/meetings/polls/commands/answering.server.ts';
import { eraseMyself } from '#modules/organisations/erasure/commands.server.ts';
import { listLeftAlone } from '#modules/organisations/erasure/queries.server.ts';
import { eraseMyViews } from '#modules/saved/commands.server.ts';
import { eraseMyOffer } from '#modules/resources/commands.server.ts';
import { eraseMyNameFromNotes } from '#modules/sheets/commands.server.ts';
import { hideFace } from '#modules/portraits/commands.server.ts';
import { eraseForm } from '#modules/people/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { forgetSession } from '#platform/session.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context) => ({ alone: await listLeftAlone(context) }));

export const actions = {
	default: action(
		'signed in',
		eraseForm,
		async (context) => {
			await eraseMyDrafts(context);
			await eraseMyViews(context);
			await eraseMyAnswers(context);
			await eraseMyPresence(context);
			await eraseMyCalls(context);
			await hideFace(context);
			await eraseMyRemarks(context);
			await eraseMyNameFromNotes(context);
			await eraseMyOffer(context);
			await eraseMyIdeas(context);
			await eraseMyIdentity(context);
			await eraseMyself(context);
		},
		{
			cookies: (_, cookies) => forgetSession(cookies),
			to: () => '/',
			say: () => m.people_erased()
		}
	)
};
