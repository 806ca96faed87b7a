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
