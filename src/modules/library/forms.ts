import { m } from '#words';
import { optionalDay, optionalId, optionalQuantity, several, text, z } from '#platform/forms.ts';

/** A proposed line that was kept: its sentence, its days and what is aimed at, as they were left on the page. */
export type Kept = { proposal: string; text: string; day: string | null; lastDay: string | null; quantity: string | null };

const proposal = z.string().regex(/^[a-z-]{1,60}$/, { error: () => m.forms_id_unreal() });

/** What is kept of an object: each box that is ticked brings the fields that bear its name. */
export const takeForm = z
	.looseObject({ keep: several(proposal, 60), actingFor: optionalId() })
	.transform(({ keep, actingFor, ...sent }, issues) => {
		const lines = [...new Set(keep)].map((id): Kept => {
			const read = <T>(name: string, schema: z.ZodType<T>): T => {
				const parsed = schema.safeParse(sent[`${name}-${id}`]);
				if (parsed.success) return parsed.data;
				issues.addIssue({ code: 'custom', message: parsed.error.issues[0]!.message, path: [`${name}-${id}`] });
				return null as T;
			};
			const kept = {
				proposal: id,
				text: read('text', text(m.lines_text_missing, 2000)),
				day: read('day', optionalDay()),
				lastDay: read('until', optionalDay()),
				quantity: read('quantity', optionalQuantity())
			};
			if (kept.day && kept.lastDay && kept.lastDay < kept.day)
				issues.addIssue({ code: 'custom', message: m.lines_ends_before_it_starts(), path: [`until-${id}`] });
			return kept;
		});
		if (!lines.length) issues.addIssue({ code: 'custom', message: m.library_nothing_kept(), path: ['keep'] });
		return { lines, actingFor };
	});
export type Taken = z.output<typeof takeForm>;

/** The day that an address names, or none. */
export const dayIn = (url: URL, name: string): string | null =>
	optionalDay().safeParse(url.searchParams.get(name) ?? '').data ?? null;
