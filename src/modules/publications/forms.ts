import { m } from '#words';
import { id, oneOf, optionalAttached, optionalId, optionalText, several, text, ticked, z } from '#platform/forms.ts';

/** What the page shows. `read` is the number of the version that was on the form: two who propose at once lose nothing. */
export const proposeForm = z.object({
	id: id(),
	read: z
		.string()
		.regex(/^\d{1,6}$/, { error: () => m.forms_id_unreal() })
		.transform(Number),
	actingFor: optionalId(),
	lead: text(m.publications_lead_missing, 400),
	happened: text(m.publications_happened_missing, 4000),
	changed: optionalText(4000),
	next: optionalText(1500),
	figures: several(z.string().max(40), 12),
	lines: several(id(), 20),
	open: ticked(),
	cover: optionalAttached(),
	coverSays: optionalText(200),
	coverAgreed: ticked(),
	coverGone: ticked()
});
export type Proposed = z.output<typeof proposeForm>;

export const answerForm = z.object({
	version: id(),
	organisation: id(),
	answer: oneOf(['yes', 'no'], m.publications_answer_missing),
	reason: optionalText(500)
});
export const withdrawForm = z.object({ organisation: id(), reason: optionalText(500) });
export const nameForm = z.object({ organisation: id(), named: oneOf(['yes', 'no']) });

/** `website` is a field that nobody sees: whoever fills it in is a machine. */
export const ideaForm = z.object({
	id: id(),
	idea: text(m.publications_idea_missing, 1000),
	contact: optionalText(200),
	website: z.string().optional()
});
export const handleForm = z.object({ id: id(), actingFor: optionalId() });
