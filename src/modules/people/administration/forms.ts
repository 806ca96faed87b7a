import { m } from '#words';
import { pageIn, email, text, z } from '#platform/forms.ts';

export const accountForSomebodyForm = z.object({
	name: text(m.administration_account_name_missing, 120),
	email: email(m.administration_account_email_missing)
});

export const personForm = z.object({ personId: z.uuid({ error: () => m.administration_person_missing() }) });

/** What is looked for, and which page of it, in an address. */
export function searchIn(url: URL): { words: string; page: number } {
	return {
		words: (url.searchParams.get('q') ?? '').trim().slice(0, 200),
		page: pageIn(url.searchParams, 10_000)
	};
}
