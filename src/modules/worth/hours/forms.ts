import { m } from '#words';
import { id, oneOf, optionalId, optionalText, z } from '#platform/forms.ts';
import { hours } from '../forms.ts';

/** A month, `YYYY-MM`, between 2000 and 2099. */
const month = () =>
	z
		.string({ error: () => m.worth_month_unreal() })
		.trim()
		.regex(/^20\d\d-(0[1-9]|1[0-2])$/, { error: () => m.worth_month_unreal() });

/** One number for a month. `sequence` is the one that was read; empty when nothing was noted yet. */
export const monthForm = z.object({
	id: id(),
	month: month(),
	hours: hours(),
	words: optionalText(300),
	brought: optionalText(500),
	sequence: z
		.string()
		.optional()
		.transform((value) => value || null)
		.pipe(
			z
				.string()
				.regex(/^\d{1,9}$/, { error: () => m.forms_id_unreal() })
				.transform(Number)
				.nullable()
		),
	actingFor: optionalId()
});
export type NotedMonth = z.output<typeof monthForm>;

export const sameForm = z.object({ id: id(), month: month(), actingFor: optionalId() });
export const shareForm = z.object({ wanted: oneOf(['yes', 'no']), actingFor: optionalId() });
export type Wish = z.output<typeof shareForm>;
export const monthAsked = (typed: string | null): string | null => month().safeParse(typed).data ?? null;
