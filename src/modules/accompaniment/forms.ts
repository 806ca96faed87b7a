import { m } from '#words';
import { id, optionalDay, optionalId, optionalOneOf, text, ticked, z } from '#platform/forms.ts';
import { kinds } from '#modules/lines/rules.ts';

/** One thing is required: what was said. The id is made with the page: a form sent twice notes one call. */
export const callForm = z.object({
	id: id(),
	organisationId: id(),
	/** Who was on the telephone, when one knows. */
	spokenBy: optionalId(),
	said: text(m.hubs_call_said_missing, 2000),
	cooperationId: optionalId(),
	kind: optionalOneOf(kinds),
	accepts: ticked(),
	readBack: ticked(),
	againOn: optionalDay()
});
export type CallSaid = z.output<typeof callForm>;

/** A cooperation is proposed by the code at the end of its address, that a partner reads on the telephone. */
export const codeForm = z.object({
	hubId: id(),
	code: z
		.string({ error: m.hubs_code_missing })
		.trim()
		.toLowerCase()
		.max(200, { error: () => m.hubs_code_unknown() })
		.min(1, { error: m.hubs_code_missing })
});

/** What becomes of those whom a house accompanied when it closes: another house proposes itself, or none. */
export const closeForm = z.object({
	to: z.union([z.literal('without').transform(() => null), z.uuid()], { error: () => m.hubs_close_to_unknown() }).default(null)
});
