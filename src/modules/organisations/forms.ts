import { m } from '#words';
import {
	email,
	id,
	oneOf,
	optionalCount,
	optionalDay,
	optionalEmail,
	optionalOneOf,
	optionalText,
	several,
	text,
	ticked,
	words,
	z
} from '#platform/forms.ts';
import { kinds, mays, type Kind } from './rules/mandates.ts';

export const channels = ['email', 'phone', 'post', 'visit', 'messaging'] as const;
export const budgetClasses = ['under_1000', 'under_10000', 'under_50000', 'under_150000', 'under_500000', 'over_500000'] as const;

/** Registering asks for a name; the rest is written when there is time. */
export const registerForm = z.object({
	name: text(m.organisations_name_missing, 250),
	kind: oneOf(kinds).default('association'),
	commune: optionalText(120),
	purpose: optionalText(2000),
	identifier: optionalText(60),
	another: ticked()
});

export const profileForm = z.object({
	name: text(m.organisations_name_missing, 250),
	kind: oneOf(kinds),
	shortName: optionalText(40),
	otherNames: words(10),
	commune: optionalText(120),
	purpose: optionalText(4000),
	values: optionalText(4000),
	themes: words(),
	audiences: words(),
	networks: words(),
	constraints: optionalText(2000),
	employees: optionalCount(1_000_000),
	volunteers: optionalCount(10_000_000),
	budgetClass: optionalOneOf(budgetClasses),
	channels: several(oneOf(channels)),
	website: optionalText(300),
	email: optionalEmail(),
	phone: optionalText(40)
});
export type Profile = z.output<typeof profileForm>;

/** What one may ask of the directory, in its address: what is wrong there is left out. */
export function searchIn(url: URL): { words: string; kind: Kind | null; theme: string | null; page: number } {
	const asked = (name: string) => (url.searchParams.get(name) ?? '').normalize('NFC').replace(/\0/g, '').trim();
	const page = Number(asked('page'));
	return {
		words: asked('q').slice(0, 200),
		kind: kinds.find((kind) => kind === asked('genre')) ?? null,
		theme: asked('theme').slice(0, 120) || null,
		page: Number.isInteger(page) && page > 0 ? Math.min(page, 100_000) : 1
	};
}

export const identifierForm = z.object({ identifier: text(m.organisations_identifier_missing, 60) });
export const removeIdentifierForm = z.object({ kind: z.string().max(20), value: z.string().max(60) });

export const inviteForm = z.object({
	name: text(m.organisations_invite_name_missing, 120),
	email: email(),
	may: oneOf(mays).default('discuss'),
	manager: ticked()
});
export const invitationForm = z.object({ id: id() });

export const mandateForm = z.object({ membershipId: id(), may: oneOf(mays), from: optionalDay(), to: optionalDay() });
export const firstManagerForm = z.object({ name: text(m.organisations_invite_name_missing, 120), email: email() });
export const answerForm = z.object({});
export const titleForm = z.object({ membershipId: id(), title: optionalText(80) });
export const membershipForm = z.object({ membershipId: id() });
