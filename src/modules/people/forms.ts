import { m } from '#words';
import { email, oneOf, optionalText, text, z } from '#platform/forms.ts';

const path = z.string().optional();

export const askToEnterForm = z.object({ email: email(m.people_email_missing), path });

export const enterByPasswordForm = z.object({
	email: email(m.people_email_missing),
	password: z
		.string({ error: m.people_password_missing })
		.min(1, { error: m.people_password_missing })
		.max(500, { error: m.people_password_missing }),
	path
});

/** The first administrator says who they are; anyone else's link has nothing to fill in. */
export const useLinkForm = z.object({ path });
export const firstAdministratorForm = z.object({ name: text(m.people_name_missing, 120), email: email(m.people_email_missing) });

export const accountForm = z.object({
	name: text(m.people_name_missing, 120),
	phone: optionalText(40)
});

export const changeEmailForm = z.object({ email: email(m.people_email_missing) });

export const themes = ['system', 'light', 'dark'] as const;
export const themeForm = z.object({ theme: oneOf(themes) });

/** Nothing to fill in: a button does it. */
export const nothingForm = z.object({});

/** Erasing asks for one clear yes. */
export const eraseForm = z.object({ sure: z.literal('on', { error: m.people_erase_sure_missing }) });

/** Length is what makes a password strong (ANSSI, NIST SP 800-63B): twelve signs, no forced alphabet. */
export const passwordForm = z.object({
	password: z
		.string({ error: m.people_password_too_short })
		.min(12, { error: m.people_password_too_short })
		.max(500, { error: m.people_password_too_long })
});

export const leaveForm = z.object({});
