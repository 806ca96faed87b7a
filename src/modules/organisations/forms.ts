import { m } from '#words';
import {
	pageIn,
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
	phone: optionalText(40),
	/** When the card that was read had last changed. */
	read: optionalText(40)
});
export type Profile = Omit<z.output<typeof profileForm>, 'read'> & { read?: string | null };

/** Where letters go: of a street's several lines, two at most. */
export const postalForm = z.object({ street: optionalText(120), postcode: optionalText(12) });
export const stillTrueForm = z.object({});

/** How far around a place, in kilometres. */
export const distances = [5, 10, 20, 50, 100] as const;

/**
 * A place as it was typed; « Montpellier, 12 km » or « à 12 km de Montpellier » says how far around too: the first of our distances
 * that goes there.
 */
function placeIn(typed: string): { place: string | null; km: (typeof distances)[number] | null } {
	const [, after, kmAfter] = /^(.*?)[\s,]+(?:à )?(\d{1,3})\s?km(?: autour| à la ronde)?$/i.exec(typed) ?? [];
	const [, kmBefore, before] = /^\D{0,30}?(\d{1,3})\s?km\s+(?:autour |alentour )?(?:de |du |des |d['’])(.+)$/i.exec(typed) ?? [];
	const [place, km] = after ? [after, kmAfter] : [before, kmBefore];
	return place ? { place, km: distances.find((one) => one >= Number(km)) ?? 100 } : { place: typed || null, km: null };
}

/** What narrows the directory, in the order of an address. */
export type Asked = {
	words: string;
	kind: Kind | null;
	theme: string | null;
	audience: string | null;
	network: string | null;
	place: string | null;
	km: number | null;
	/** A kind of what an organisation looks for, and of what it offers: the words of another module, which finds by them. */
	need: string | null;
	offer: string | null;
	/** With the official registers: in files and on the map too. */
	registers: boolean;
	/** The words as they are: a town among them is no place. */
	literally: boolean;
	/** By name, whatever the words are nearest to. */
	byName: boolean;
};

/** Where a list goes on: after an organisation that was the last of a page, or before the first of one. */
export type Cursor = { lives: boolean; name: string; id: string };
const cursorIn = (text: string): Cursor | null => {
	const [, name, lives, id] = /^(.*)~([01])~([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/is.exec(text) ?? [];
	return name !== undefined && id ? { lives: lives === '1', name, id } : null;
};
export const cursorOut = ({ lives, name, id }: Cursor): string => `${name}~${lives ? 1 : 0}~${id}`;
export type At = { page: number; after: Cursor | null; before: Cursor | null };

/** What one may ask of the directory, in its address: what is wrong there is left out. */
export function searchIn(url: URL): Asked & At & { registerPage: number } {
	const asked = (name: string, max = 120) =>
		(url.searchParams.get(name) ?? '').toWellFormed().normalize('NFC').replace(/\0/g, '').trim().slice(0, max);
	const kindOf = (name: string) => /^[a-z]{3,20}$/.exec(asked(name))?.[0] ?? null;
	const { place, km } = placeIn(asked('lieu'));
	return {
		words: asked('q', 200),
		kind: kinds.find((kind) => kind === asked('genre')) ?? null,
		theme: asked('theme') || null,
		audience: asked('public') || null,
		network: asked('reseau') || null,
		place,
		km: distances.find((one) => String(one) === asked('rayon')) ?? km,
		need: kindOf('cherche'),
		offer: kindOf('propose'),
		registers: asked('registres') === 'oui',
		literally: asked('tels') === 'oui',
		byName: asked('ordre') === 'nom',
		page: pageIn(url.searchParams, 100_000),
		after: cursorIn(asked('apres', 300)),
		before: cursorIn(asked('avant', 300)),
		registerPage: pageIn(url.searchParams, 100_000, 'registre')
	};
}

/** The words of an address that asks for this; `but` replaces some of it. */
export function searchOut(asked: Asked, but: Partial<Asked> & Record<string, unknown> = {}): string {
	const { words, kind, theme, audience, network, place, km, need, offer, registers, literally, byName, ...more } = {
		...asked,
		page: undefined,
		...but
	} as Asked & Record<string, unknown>;
	const said = new URLSearchParams();
	const add = (name: string, value: unknown) => {
		if (value !== null && value !== undefined && value !== '') said.set(name, String(value));
	};
	add('q', words);
	add('genre', kind);
	add('theme', theme);
	add('public', audience);
	add('reseau', network);
	add('lieu', place);
	add('rayon', km);
	add('cherche', need);
	add('propose', offer);
	if (literally) add('tels', 'oui');
	if (registers) add('registres', 'oui');
	if (byName) add('ordre', 'nom');
	for (const [name, value] of Object.entries(more)) add(name, value);
	return said.size ? `?${said}` : '';
}

/** What an organisation may show to everyone, beyond those who have an account here. */
export const showable = ['public', 'email', 'phone', 'website'] as const;
export const showsForm = z.object({ shows: several(oneOf(showable)) });

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
