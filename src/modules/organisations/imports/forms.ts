import { m } from '#words';
import { oneOf, z } from '#platform/forms.ts';
import { kinds } from '../rules/mandates.ts';
import { fieldNames, type Field } from './rules/columns.ts';

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

const known: ReadonlySet<string> = new Set(fieldNames);

/** What somebody says of each column, in the order of the file; what is no field of ours is left aside. */
export const fieldsSaid = (said: readonly string[]): (Field | null)[] =>
	said.map((field) => (known.has(field) ? (field as Field) : null));

/** The field of each column, and whether the first line is a header. */
export const columnsForm = z.object({
	field: z
		.union([z.string(), z.array(z.string()).max(250)])
		.optional()
		.transform((said) => fieldsSaid([said ?? []].flat())),
	header: z
		.string()
		.optional()
		.transform((said) => said !== undefined)
});

export const decisionForm = z.object({
	n: z.coerce
		.number({ error: () => m.forms_id_unreal() })
		.int()
		.min(1)
		.max(1_000_000),
	decision: oneOf(['same', 'other'])
});

export const nothingForm = z.object({});
