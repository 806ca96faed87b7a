import { m } from '#words';
import { z } from '#platform/forms.ts';
import { minutesOf } from '#modules/sessions/rules.ts';

/** « 2 h 30 », « 2,5 », « 45 min » in minutes; null when left empty. */
export const optionalHours = () =>
	z
		.string()
		.optional()
		.transform((value, issues) => {
			const typed = (value ?? '').trim();
			if (!typed) return null;
			const minutes = minutesOf(typed);
			if (minutes === null) {
				issues.addIssue({ code: 'custom', message: m.worth_hours_unreal() });
				return z.NEVER;
			}
			return minutes;
		});

/** The same, where a number is needed. Zero is an answer. */
export const hours = () =>
	optionalHours().transform((minutes, issues) => {
		if (minutes !== null) return minutes;
		issues.addIssue({ code: 'custom', message: m.worth_hours_missing() });
		return z.NEVER;
	});

/** What an organisation has each month for all its cooperations; empty takes it back. */
export const capacityForm = z.object({ hours: optionalHours() });
