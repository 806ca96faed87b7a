import { m } from '#words';
import { z } from '#platform/forms.ts';
import { optionalDuration } from '#modules/sessions/forms.ts';

/** Hours that may be left out: null then. */
export const optionalHours = () => optionalDuration(m.worth_hours_unreal);

/** The same, where a number is needed. Zero is an answer. */
export const hours = () =>
	optionalHours().transform((minutes, issues) => {
		if (minutes !== null) return minutes;
		issues.addIssue({ code: 'custom', message: m.worth_hours_missing() });
		return z.NEVER;
	});

/** What an organisation has each month for all its cooperations; empty takes it back. */
export const capacityForm = z.object({ hours: optionalHours() });
