import { m } from '#words';
import { distances } from '#modules/needs/forms.ts';
import { email, id, oneOf, optionalDay, optionalId, optionalText, text, ticked, words, z } from '#platform/forms.ts';
import { kinds, states, type State } from './rules.ts';

const sentence = () => text(m.ideas_text_missing, 300);

/** What somebody without an account says of themselves. `website` is a field that nobody sees: whoever fills it in is a machine. */
const inhabitant = {
	name: text(m.ideas_name_missing, 80),
	email: email(m.ideas_email_missing),
	agreed: z.literal('on', { error: () => m.ideas_agreed_missing() }),
	website: z.string().optional()
};

/** One sentence and a place; `organisation` is « mine » for whoever speaks for themselves. */
const spoken = { id: id(), text: sentence(), commune: text(m.ideas_commune_missing, 120), inside: ticked() };
export const dropForm = z.object({ ...spoken, organisation: optionalId() });
export type Dropped = z.output<typeof dropForm>;
export const dropAsInhabitantForm = z.object({ ...spoken, ...inhabitant });

const bring = () => text(m.ideas_bring_missing, 300);
export const joinForm = z.object({ id: id(), bring: bring(), organisation: optionalId(), lends: ticked() });
export type Joined = z.output<typeof joinForm>;
export const joinAsInhabitantForm = z.object({ id: id(), bring: bring(), lends: ticked(), ...inhabitant });

/** First « sans limite d’argent ». `read` is what the form showed: two who write at once lose nothing. */
export const dreamForm = z.object({
	read: optionalText(40),
	dream: text(m.ideas_dream_missing, 2000),
	forWhom: optionalText(200),
	moment: optionalText(200),
	themes: words(6)
});
export type Dreamt = z.output<typeof dreamForm>;

/** Then « pour de vrai ». */
export const realForm = z.object({
	read: optionalText(40),
	kept: text(m.ideas_kept_missing, 1000),
	firstStep: optionalText(300),
	firstStepOn: optionalDay()
});
export type MadeReal = z.output<typeof realForm>;

export const needForm = z.object({ id: id(), kind: oneOf(kinds, m.needs_kind_missing), text: text(m.ideas_need_missing, 200) });
export type Needed = z.output<typeof needForm>;
export const removeNeedForm = z.object({ id: id() });
export const leaveForm = z.object({ voice: id() });
export const becomeForm = z.object({ id: id(), organisation: optionalId() });
export const hideForm = z.object({ reason: text(m.ideas_reason_missing, 300) });

/** The words of the address that mean a state. */
export const stateWords = { open: 'ouvertes', asleep: 'endormies', became: 'devenues' } as const satisfies Record<State, string>;

export type Asked = {
	words: string;
	place: string | null;
	km: number | null;
	theme: string | null;
	state: State | null;
	after: string | null;
};

/** What one may ask of the list, in its address: what is wrong there is left out. `after` is the last idea of the page before. */
export function ideasIn(url: URL): Asked {
	const asked = (name: string, max: number) =>
		(url.searchParams.get(name) ?? '').toWellFormed().normalize('NFC').replace(/\0/g, '').trim().slice(0, max);
	return {
		words: asked('q', 200),
		place: asked('lieu', 120) || null,
		km: distances.find((km) => String(km) === asked('rayon', 3)) ?? null,
		theme: asked('theme', 120) || null,
		state: states.find((state) => stateWords[state] === asked('etat', 12)) ?? null,
		after: /^[a-z0-9]{7}$/.test(asked('apres', 7)) ? asked('apres', 7) : null
	};
}

/** The address that asks for this; `but` replaces some of it. */
export function ideasAt(asked: Asked, but: Partial<Asked> = {}): string {
	const { words, place, km, theme, state, after } = { ...asked, after: null, ...but };
	const said = new URLSearchParams();
	const add = (name: string, value: string | number | null | undefined) => value && said.set(name, String(value));
	add('q', words);
	add('lieu', place);
	add('rayon', km);
	add('theme', theme);
	add('etat', state && stateWords[state]);
	add('apres', after);
	return `/idees${said.size ? `?${said}` : ''}`;
}
