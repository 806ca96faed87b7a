import { askToChangeEmail, changeAccount, choosePassword, endOtherSessions } from '#modules/people/commands/account.server.ts';
import { accountForm, changeEmailForm, nothingForm, passwordForm, themeForm, themes } from '#modules/people/forms.ts';
import { countSessions, findAccount, findWaitingEmail } from '#modules/people/queries.server.ts';
import { hideFace, showFace } from '#modules/portraits/commands.server.ts';
import { portraitForm } from '#modules/portraits/forms.ts';
import { findMyPortrait } from '#modules/portraits/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { keepTheme } from '#platform/session.server.ts';
import { m } from '#words';

export const load = page('signed in', async (context) => ({
	account: await findAccount(context),
	waiting: await findWaitingEmail(context),
	others: (await countSessions(context)) - 1,
	belongings: context.actor.is === 'person' ? context.actor.belongings : [],
	portrait: await findMyPortrait(context),
	now: context.now,
	themes
}));

export const actions = {
	account: action('signed in', accountForm, (context, input) => changeAccount(context, input), {
		say: () => m.people_account_changed()
	}),
	email: action('signed in', changeEmailForm, (context, input) => askToChangeEmail(context, input), {
		say: () => m.people_email_asked()
	}),
	password: action(
		'signed in',
		passwordForm,
		(context, input, _params, { session }) => choosePassword(context, input, session ?? ''),
		{ say: () => m.people_password_chosen() }
	),
	photo: action('signed in', portraitForm, (context, input) => showFace(context, input), {
		say: () => m.portraits_shown(),
		wake: 'sweep-files'
	}),
	hidePhoto: action('signed in', nothingForm, (context) => hideFace(context), {
		say: () => m.portraits_hidden(),
		wake: 'sweep-files'
	}),
	theme: action('signed in', themeForm, async (_context, input) => input, {
		cookies: ({ theme }, cookies) => keepTheme(cookies, theme),
		say: () => m.people_theme_chosen()
	}),
	sessions: action(
		'signed in',
		nothingForm,
		(context, _input, _params, { session }) => endOtherSessions(context, session ?? ''),
		{ say: () => m.people_sessions_ended() }
	)
};
