import { m } from '#words';
import { attached, day, id, oneOf, optionalId, optionalText, text, z } from '#platform/forms.ts';

export const writeForm = z.object({ actingFor: optionalId() });

/** Posts the number of the text that was read, so that two people who write at once lose nothing. */
export const clauseForm = z.object({
	n: z.coerce.number({ error: () => m.forms_id_unreal() }).int({ error: () => m.forms_id_unreal() }),
	title: text(m.agreements_title_missing, 200),
	text: text(m.agreements_text_missing, 20_000)
});
export const resetForm = z.object({ n: clauseForm.shape.n });

export const articleForm = z.object({ article: text(m.forms_choice_missing, 60) });
export const ownArticleForm = z.object({
	id: id(),
	title: text(m.agreements_title_missing, 200),
	text: text(m.agreements_text_missing, 20_000)
});
/** A clause of a house's library, by its own id and that of the article which it becomes. */
export const houseArticleForm = z.object({ id: id(), text: id() });
export const clauseIdForm = z.object({ clause: id() });
export const moveForm = z.object({ clause: id(), towards: oneOf(['up', 'down']) });

/** `read` is the fingerprint of the text that was on the page. */
export const freezeForm = z.object({ read: text(m.forms_id_unreal, 64), actingFor: optionalId() });
export const documentForm = z.object({ file: attached(m.agreements_file_missing), actingFor: optionalId() });
export const audienceForm = z.object({ audience: oneOf(['partners', 'accompagnateur']) });

export const intentionForm = z.object({ version: id(), organisation: id() });
export const signatureForm = z.object({
	version: id(),
	organisation: id(),
	file: attached(m.agreements_sheet_missing),
	signatory: text(m.agreements_signatory_missing, 200),
	capacity: optionalText(200),
	signedOn: day()
});
