import { m } from '#words';
import { email, id, optionalText, text, z } from '#platform/forms.ts';

export const byAddressForm = z.object({ email: email() });
export const byOthersForm = z.object({ words: text(m.identity_claim_words_missing, 1000) });
export const codeForm = z.object({ claimId: id(), code: text(m.identity_claim_code_missing, 40) });
export const claimForm = z.object({ claimId: id() });
export const refusalForm = z.object({ claimId: id(), words: text(m.identity_refusal_missing, 1000) });
export const letterForm = z.object({
	claimId: id(),
	key: z.string({ error: m.forms_id_unreal }).regex(/^[\w-]{32}$/, { error: () => m.forms_id_unreal() })
});
export const takeoverForm = z.object({ reason: text(m.identity_takeover_reason_missing, 1000) });
export const objectionForm = z.object({ takeoverId: id(), words: text(m.identity_objection_missing, 1000) });
export const takeoverIdForm = z.object({ takeoverId: id(), words: optionalText(1000) });
export const takeoverRefusalForm = z.object({ takeoverId: id(), words: text(m.identity_refusal_missing, 1000) });
