import { m } from '#words';
import { channels, searchIn, type Asked } from '#modules/organisations/forms.ts';
import { id, oneOf, optionalDay, optionalId, optionalText, several, text, ticked, z } from '#platform/forms.ts';
import { kinds, labelFormats, type LabelFormat } from './rules.ts';

export const mailingForm = z.object({
	id: id(),
	kind: oneOf(kinds),
	title: text(m.mailings_title_missing, 120),
	text: text(m.mailings_text_missing, 4000),
	heldOn: optionalDay(),
	place: optionalText(200),
	paper: ticked(),
	to: several(id(), 1000),
	houseText: optionalId()
});
export const remindForm = z.object({});
export const comingForm = z.object({ answer: oneOf(['coming', 'not_coming']), remark: optionalText(500) });
export const confirmForm = z.object({ remark: optionalText(500) });
export const correctForm = z.object({
	purpose: optionalText(4000),
	commune: optionalText(120),
	phone: optionalText(40),
	website: optionalText(300),
	channels: several(oneOf(channels)),
	street: optionalText(200),
	postcode: optionalText(12),
	remark: optionalText(500)
});
export const noMoreForm = z.object({ of: oneOf(['sender', 'all', 'none']) });

/** What narrows the list of those one may write to. */
export const states = ['to_confirm', 'not_written', 'by_mail', 'on_paper'] as const;
export type Chosen = Pick<Asked, 'words' | 'kind' | 'theme'> & { state: (typeof states)[number] | null };

/** The same, in an address: what is wrong there is left out. */
export function chosenIn(url: URL): Chosen {
	const { words, kind, theme } = searchIn(url);
	return { words, kind, theme, state: states.find((one) => one === url.searchParams.get('etat')) ?? null };
}

/** Which labels are asked for, in an address: what is wrong there is replaced by what is usual. */
export function labelsIn(url: URL): { format: LabelFormat; start: number; all: boolean } {
	const start = Number(url.searchParams.get('debut'));
	return {
		format: labelFormats.find((one) => one === url.searchParams.get('format')) ?? '70x37',
		start: Number.isInteger(start) && start > 0 ? Math.min(start, 24) : 1,
		all: url.searchParams.get('qui') === 'toutes'
	};
}
