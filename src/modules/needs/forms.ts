import { m } from '#words';
import {
	id,
	oneOf,
	optionalDay,
	optionalId,
	optionalOneOf,
	optionalQuantity,
	optionalText,
	text,
	ticked,
	z,
	pageIn
} from '#platform/forms.ts';
import { kinds, sides, ways, type Kind, type Side } from './rules.ts';

const said = {
	side: oneOf(sides, m.needs_side_missing),
	kind: oneOf(kinds, m.needs_kind_missing),
	text: text(m.needs_text_missing, 300),
	way: optionalOneOf(ways),
	duration: oneOf(['once', 'lasting']).default('once'),
	startsOn: optionalDay(),
	endsOn: optionalDay(),
	quantity: optionalQuantity(),
	unit: optionalText(40),
	commune: optionalText(120),
	public: ticked()
};

/** A kind and one sentence; the rest when one wants. `line` is the need of a cooperation from which one looks elsewhere. */
export const sayForm = z.object({ id: id(), organisation: optionalId(), line: optionalId(), ...said });
export type SaidForm = z.output<typeof sayForm>;

/** `read` is what the form showed: two who change it at once lose nothing. */
export const changeForm = z.object({
	read: z
		.string()
		.regex(/^\d{1,6}$/, { error: () => m.forms_id_unreal() })
		.transform(Number),
	...said
});
export type Changed = z.output<typeof changeForm>;

export const closeForm = z.object({ how: oneOf(['met', 'withdrawn']) });

/** How far one looks, in kilometres. */
export const distances = [5, 15, 30, 60] as const;
export type Asked = { side: Side; kind: Kind | null; words: string; within: number | null; page: number };

/** What one may ask of the list, in its address: what is wrong there is left out. */
export function needsIn(url: URL): Asked {
	const asked = (name: string) => (url.searchParams.get(name) ?? '').toWellFormed().normalize('NFC').replace(/\0/g, '').trim();
	return {
		side: asked('sens') === 'offres' ? 'offer' : 'need',
		kind: kinds.find((kind) => kind === asked('genre')) ?? null,
		words: asked('q').slice(0, 200),
		within: distances.find((km) => String(km) === asked('km')) ?? null,
		page: pageIn(url.searchParams)
	};
}
