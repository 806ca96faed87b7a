import { action, page } from '#platform/http.server.ts';
import { keepSession } from '#platform/session.server.ts';
import { enterAsFirstAdministrator, enterByLink } from '#modules/people/commands.server.ts';
import { firstAdministratorForm, useLinkForm } from '#modules/people/forms.ts';
import { linkState } from '#modules/people/queries.server.ts';
import { safePath, sessionLasts } from '#modules/people/rules.ts';

export const load = page('everyone', async (context, { token }: { token: string }, url) => ({
	link: await linkState(context, token),
	path: safePath(url.searchParams.get('suite'))
}));

const cookies = ({ session }: { session: string }, jar: Parameters<typeof keepSession>[0]) =>
	keepSession(jar, session, sessionLasts);

export const actions = {
	enter: action(
		'everyone',
		useLinkForm,
		async (context, { path }, { token }: { token: string }) => ({
			session: await enterByLink(context, token),
			path: safePath(path)
		}),
		{ cookies, to: ({ path }) => path }
	),
	first: action(
		'everyone',
		firstAdministratorForm,
		async (context, who, { token }: { token: string }) => ({ session: await enterAsFirstAdministrator(context, token, who) }),
		{ cookies, to: () => '/' }
	)
};
