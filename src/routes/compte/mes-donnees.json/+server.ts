import { listOwnEntries } from '#modules/journal/queries.server.ts';
import { listOwnLines } from '#modules/lines/queries/mine.server.ts';
import { listOwnMails } from '#modules/notices/queries.server.ts';
import { listOwnMemberships } from '#modules/organisations/erasure/queries.server.ts';
import { listOwnAccount } from '#modules/people/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';

/** Everything that the product holds about whoever asks, in a file that other programs read (GDPR, articles 15 and 20). */
export const GET = endpoint('signed in', async (context) => {
	const account = await listOwnAccount(context);
	const file = {
		account,
		memberships: await listOwnMemberships(context),
		lines: await listOwnLines(context),
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
