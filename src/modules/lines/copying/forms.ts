import { m } from '#words';
import { id, oneOf, optionalId, several, text, z } from '#platform/forms.ts';
import { atMostCopied, shifts } from './rules.ts';

/** A cooperation taken up again: its name, what is kept, by how much dates move. The id is made with the page. */
export const copyForm = z.object({
	id: id(),
	name: text(m.cooperations_name_missing, 120),
	sentence: text(m.cooperations_what_missing, 500),
	weeks: oneOf(shifts),
	lines: several(id(), atMostCopied),
	actingFor: optionalId()
});
