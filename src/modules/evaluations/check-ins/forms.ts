import { dimensionKeys, reviewKeys } from '#content/dimensions/dimension.ts';
import { id, oneOf, optionalDay, optionalId, optionalOneOf, optionalText, text, z } from '#platform/forms.ts';
import { m } from '#words';
import { noted, rhythms, verdicts, weights, type Marks, type Subject } from './rules.ts';

/** Opens a check-in. The id is made with the page. */
export const openForm = z.object({ id: id(), closesOn: optionalDay(), actingFor: optionalId() });

export const rhythmForm = z.object({ rhythm: oneOf(rhythms), actingFor: optionalId() });

const longest = 500;
const mark = (choices: typeof weights | typeof verdicts) => optionalOneOf(choices as readonly [string, ...string[]]);

/** `mark-time` is what is said of time, `why-time` the sentence beside it. */
const shape = Object.fromEntries(
	[...dimensionKeys.map((key) => [key, weights] as const), ...reviewKeys.map((key) => [key, verdicts] as const)].flatMap(
		([key, choices]) => [
			[`mark-${key}`, mark(choices)],
			[`why-${key}`, optionalText(longest)]
		]
	)
) as Record<string, ReturnType<typeof optionalText>>;

const answered = {
	/** The version that the page showed, 0 when nobody had answered: a later one is never written over unseen. */
	version: z
		.string()
		.optional()
		.transform((value) => value || '0')
		.pipe(z.string().regex(/^\d{1,6}$/, { error: () => m.forms_id_unreal() }))
		.transform(Number),
	joins: optionalText(longest)
};

const said = <S extends z.ZodRawShape>(more: S) =>
	z.looseObject({ ...answered, ...shape, ...more }).transform((sent, issues) => {
		const given = sent as Record<string, string | null>;
		const marks: Marks = {};
		for (const name of Object.keys(given)) {
			if (!/^(mark|why)-/.test(name) || Object.hasOwn(shape, name)) continue;
			issues.addIssue({ code: 'custom', message: m.evaluations_point_subject_unknown(), path: ['subjects'] });
			return z.NEVER;
		}
		for (const key of [...dimensionKeys, ...reviewKeys] as Subject[]) {
			const [mark, sentence] = [given[`mark-${key}`] ?? null, given[`why-${key}`] ?? null];
			if (mark !== null || sentence !== null) marks[key] = { said: mark as NonNullable<Marks[Subject]>['said'], sentence };
		}
		const { version, joins } = sent as unknown as { version: number; joins: string | null };
		if (!Object.keys(marks).length && joins === null)
			issues.addIssue({ code: 'custom', message: m.evaluations_point_nothing_said(), path: ['subjects'] });
		return { ...(sent as z.infer<z.ZodObject<S>>), version, joins, marks };
	});

export const answerForm = said({ actingFor: optionalId() });
export const answerByLinkForm = said({});
export const noteForm = said({ organisationId: id(), evidence: oneOf(noted) });

export const remarkForm = z.object({ text: text(m.evaluations_point_remark_missing, 500) });
export const linkForm = z.object({ organisationId: id() });
export const emptyForm = z.looseObject({});
export const agendaForm = z.object({ id: id() });
