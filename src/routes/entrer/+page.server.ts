import type { Context } from '#platform/context.server.ts';
import { action, page, type Visit } from '#platform/http.server.ts';
import { keepSession } from '#platform/session.server.ts';
import { askToEnter, countAttempt, enterByPassword, limitAttempts } from '#modules/people/commands.server.ts';
import { askToEnterForm, enterByPasswordForm } from '#modules/people/forms.ts';
import { safePath, sessionLasts } from '#modules/people/rules.ts';
import { m } from '#words';

export const load = page('everyone', async (_context, _params, url) => ({ path: safePath(url.searchParams.get('suite')) }));

const apart = (context: Context, { network, typed }: { network: string; typed: Record<string, unknown> }) =>
	countAttempt(context, { email: String(typed.email ?? ''), network });

const limited = (context: Context, { email }: { email: string }, { network }: Visit) =>
	limitAttempts(context, { email, network });

export const actions = {
	link: action(
		'everyone',
		askToEnterForm,
		async (context, input, _params, visit) => {
			await limited(context, input, visit);
			await askToEnter(context, input);
		},
		{ apart, say: () => m.people_link_sent() }
	),
	password: action(
		'everyone',
		enterByPasswordForm,
		async (context, input, _params, visit) => {
			await limited(context, input, visit);
			return { session: await enterByPassword(context, input), path: safePath(input.path) };
		},
		{ apart, cookies: ({ session }, cookies) => keepSession(cookies, session, sessionLasts), to: ({ path }) => path }
	)
};
