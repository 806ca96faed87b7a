import { m } from '#words';
import { id, oneOf, optionalDay, optionalEmail, optionalId, optionalText, several, text, z } from '#platform/forms.ts';
import { answers, lengths, type Answer } from './rules.ts';

const cell = z.string().max(40, { error: () => m.forms_too_long({ max: 40 }) });

/** The rows as typed: the rules read them, so that one wrong row gets a sentence of its own. The id is made with the page. */
export const openPollForm = z
	.object({
		id: id(),
		title: text(m.meetings_poll_title_missing, 120),
		place: optionalText(200),
		minutes: oneOf(lengths).transform(Number),
		deadline: optionalDay(),
		date: several(cell),
		time: several(cell),
		who: several(id(), 500),
		guests: optionalText(5000),
		actingFor: optionalId()
	})
	.transform(({ date, time, ...rest }) => ({
		...rest,
		rows: date.map((one, i) => ({ date: one.trim(), time: (time[i] ?? '').trim().slice(0, 5) }))
	}));

/** More rows, or copies of the last one: nothing is written, what was typed is shown again. */
export const moreRowsForm = z.looseObject({});

/** Whatever is named `date-…` is an answer to that date. */
const answered = {
	/** Sent with the rest and never read: it gives the answers' error a place. */
	comment: optionalText(1000)
};
const said = <S extends z.ZodRawShape>(shape: S) =>
	z.looseObject({ ...answered, ...shape }).transform((sent, issues) => {
		const given: Record<string, Answer> = {};
		for (const [name, value] of Object.entries(sent as Record<string, unknown>)) {
			if (!name.startsWith('date-')) continue;
			const one = answers.find((answer) => answer === value);
			if (!one || !z.uuid().safeParse(name.slice(5)).success)
				issues.addIssue({ code: 'custom', message: m.forms_id_unreal(), path: ['answers'] });
			else given[name.slice(5)] = one;
		}
		if (!Object.keys(given).length)
			issues.addIssue({ code: 'custom', message: m.meetings_poll_answers_missing(), path: ['answers'] });
		return { ...(sent as z.infer<z.ZodObject<S & typeof answered>>), answers: given };
	});

export const answerForm = said({ actingFor: optionalId() });

/** By the open link: who one is, once. `key` was drawn with the page, and becomes the personal link. */
export const introduceForm = said({
	key: z.string().regex(/^[\w-]{32}$/, { error: () => m.forms_id_unreal() }),
	name: text(m.people_name_missing, 120),
	organisation: z
		.string({ error: m.meetings_poll_structure_missing })
		.min(1, { error: m.meetings_poll_structure_missing })
		.max(60),
	otherOrganisation: optionalText(250)
});

export const noteAnswerForm = said({ inviteeId: id() });

/** Somebody more: a name, and what is known of the rest. The id is made with the page. */
export const inviteToPollForm = z.object({
	id: id(),
	name: text(m.people_name_missing, 120),
	email: optionalEmail(),
	organisation: optionalId(),
	otherOrganisation: optionalText(250)
});

export const closePollForm = z.object({ slotId: id() });
export const cancelPollForm = z.object({ reason: text(m.meetings_poll_reason_missing, 500) });
