import { m } from '#words';
import { day, id, optionalText, several, text, z } from '#platform/forms.ts';

export const openDrawForm = z.object({
	id: id(),
	title: text(m.draws_title_missing, 120),
	heldOn: day(),
	place: optionalText(200)
});
export const addForm = z.object({ organisations: several(id(), 300) });
export const removeForm = z.object({ organisation: id() });
export const drawForm = z.object({});

/** How long a list anybody may have drawn again: what a page does for strangers in a tenth of a second. */
export const mostAgain = 100;

export type Again = { digest: string; seed: string; list: string[]; earlier: string[] };

/** A draw to make again, as an address says it: codes of organisations, and pairs « a-b » of earlier events. */
export function againIn(url: URL): Again {
	const said = (name: string, max: number) => (url.searchParams.get(name) ?? '').toWellFormed().slice(0, max).trim();
	const words = (name: string, most: number) => [
		...new Set(
			said(name, 12_000)
				.split(/[\s,;]+/)
				.filter((one) => /^[\w-]{1,40}$/.test(one))
				.slice(0, most)
		)
	];
	return {
		digest: said('empreinte', 64).toLowerCase(),
		seed: said('graine', 128),
		list: words('liste', mostAgain + 1),
		earlier: words('avant', 1000)
	};
}

/** The address at which anybody makes this draw again; null when the list is too long for one. */
export function againOut({ digest, seed, list, earlier }: Again): string | null {
	if (list.length > mostAgain || earlier.length > 500) return null;
	const pairs = earlier.map((pair) => pair.replace(' ', '-')).join(' ');
	return `/tirages/verifier?${new URLSearchParams({ empreinte: digest, graine: seed, liste: list.join(' '), avant: pairs })}`;
}
