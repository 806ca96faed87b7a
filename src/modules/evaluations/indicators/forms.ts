import { m } from '#words';
import { day, id, oneOf, optionalId, optionalText, z } from '#platform/forms.ts';
import { additions, sources } from './rules.ts';

/** A decimal as people write it: comma or point, spaces between thousands. « Environ 40 » is told what to do with its « environ ». */
const optionalNumber = () =>
	z
		.string()
		.optional()
		.transform((value, issues) => {
			const typed = (value ?? '').trim();
			if (!typed) return null;
			const wrong = (message: string) => {
				issues.addIssue({ code: 'custom', message });
				return z.NEVER;
			};
			const number = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
			if (/^[-−]/.test(number)) return wrong(m.evaluations_indicator_number_negative());
			if (/^\d+([.]\d+)?$/.test(number))
				return /^\d{1,12}(\.\d{1,6})?$/.test(number) ? number : wrong(m.evaluations_indicator_number_too_long());
			return wrong(/\d/.test(number) ? m.evaluations_indicator_number_words() : m.evaluations_indicator_number_unreal());
		});

/** A number, words, or both, at a date. The id is made with the page: a form sent twice notes once. */
export const measureForm = z.object({
	id: id(),
	quantity: optionalNumber(),
	text: optionalText(1000),
	day: day(),
	actingFor: optionalId()
});
export type Measured = z.output<typeof measureForm>;

export const readingForm = z.object({
	adds: oneOf(additions),
	source: oneOf(sources),
	publicRoot: optionalId(),
	seriesId: optionalId()
});
export type ChosenReading = z.output<typeof readingForm>;
