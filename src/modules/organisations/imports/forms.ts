import { m } from '#words';
import { oneOf, z } from '#platform/forms.ts';
import { kinds } from '../rules/mandates.ts';

/** A pasted text, or a file: one of them. What they are, the reader of lists looks at. */
export const listForm = z
	.object({
		file: z
			.instanceof(File)
			.optional()
			.transform((file) => (file && (file.size > 0 || file.name !== '') ? file : null)),
		text: z
			.string()
			.optional()
			.transform((text) => (text?.trim() ? text : null)),
		kind: oneOf(kinds).default('association')
	})
	.refine(({ file, text }) => file !== null || text !== null, { error: () => m.hubs_list_missing(), path: ['text'] });

export const decisionForm = z.object({
	n: z.coerce
		.number({ error: () => m.forms_id_unreal() })
		.int()
		.min(1)
		.max(1_000_000),
	decision: oneOf(['same', 'other'])
});

export const nothingForm = z.object({});
