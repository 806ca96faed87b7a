import { m } from '#words';
import {
	id,
	oneOf,
	optionalDay,
	optionalId,
	optionalMoney,
	optionalOneOf,
	optionalQuantity,
	optionalText,
	text,
	z
} from '#platform/forms.ts';
import { audiences, kinds, likelihoods, phases, severities } from './rules.ts';

const details = {
	topic: optionalText(40),
	whoOrganisation: optionalId(),
	whoPerson: optionalId(),
	heldBy: optionalId(),
	startsOn: optionalDay(),
	endsOn: optionalDay(),
	phase: optionalOneOf(phases),
	cents: optionalMoney(),
	quantity: optionalQuantity(),
	unit: optionalText(60),
	about: optionalId(),
	likelihood: optionalOneOf(likelihoods),
	severity: optionalOneOf(severities),
	remedy: optionalText(1000),
	lesson: optionalText(1000)
};

/** A line is one sentence and a kind. The id is made with the page: a form sent twice writes one line. */
export const writeForm = z.object({
	id: id(),
	kind: oneOf(kinds, m.lines_kind_missing),
	text: text(m.lines_text_missing, 2000),
	audience: optionalOneOf(audiences),
	actingFor: optionalId(),
	...details
});
export type Written = z.output<typeof writeForm>;

/** Posts the id that was read, so that two people who revise at once lose nothing. */
export const reviseForm = z.object({
	id: id(),
	text: text(m.lines_text_missing, 2000),
	reason: text(m.lines_reason_missing, 500),
	actingFor: optionalId(),
	...details
});
export type Revised = z.output<typeof reviseForm>;

/** Keeping a line on purpose says why. */
export const keepForm = z.object({ id: id(), reason: text(m.lines_kept_reason_missing, 500) });

export const markForm = z.object({ root: id(), mark: oneOf(['done', 'withdrawn']), note: optionalText(500) });
export const shareForm = z.object({
	id: id(),
	text: text(m.lines_text_missing, 2000),
	audience: oneOf(['partners', 'accompagnateur', 'everyone'])
});
