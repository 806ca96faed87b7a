import { m } from '#words';
import { day, id, oneOf, optionalCount, optionalDay, optionalId, optionalText, several, text, time, z } from '#platform/forms.ts';
import { writeForm } from '#modules/lines/forms.ts';
import { expectations, presences, replies } from './rules.ts';

const optionalTime = () =>
	z
		.string()
		.optional()
		.transform((value) => (value ?? '').trim().slice(0, 5) || null)
		.pipe(
			z
				.string()
				.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: () => m.forms_time_unreal() })
				.nullable()
		);

const length = () => optionalCount(24 * 60);

/** When the first meeting takes place: a day and a time, or neither. */
export const firstMeetingForm = z.object({ meeting: id(), day: optionalDay(), time: optionalTime() });

export const conveneForm = z.object({
	id: id(),
	title: text(m.meetings_title_missing, 200),
	day: day(),
	time: time(),
	minutes: length(),
	place: optionalText(300),
	people: several(id()),
	actingFor: optionalId()
});
export type Convened = z.output<typeof conveneForm>;

/** Posts the sequence that was read, so that two people who change a meeting at once lose nothing. */
export const changeForm = z.object({
	sequence: z.coerce
		.number({ error: () => m.forms_id_unreal() })
		.int()
		.min(0),
	title: text(m.meetings_title_missing, 200),
	day: day(),
	time: time(),
	minutes: length(),
	place: optionalText(300)
});
export type Changed = z.output<typeof changeForm>;

export const cancelForm = z.object({ reason: text(m.meetings_reason_missing, 500) });
export const replyForm = z.object({ reply: oneOf(replies, m.meetings_reply_missing) });
export const inviteForm = z.object({ people: several(id()) });

export const pointForm = z.object({
	id: id(),
	title: text(m.meetings_point_missing, 300),
	minutes: optionalCount(600),
	expected: oneOf(expectations).default('discuss')
});
export const movePointForm = z.object({ id: id(), direction: oneOf(['up', 'down']) });
export const removePointForm = z.object({ id: id() });

export const presenceForm = z.object({ participant: id(), presence: oneOf(presences), representedBy: optionalId() });
export const attendeeForm = z.object({
	id: id(),
	name: text(m.meetings_attendee_missing, 200),
	organisation: optionalId()
});
/** A line of the minutes: one sentence and a kind, under a point of the agenda or under none. */
export const minuteForm = writeForm.omit({ audience: true }).extend({ point: optionalId() });
export type Minuted = z.output<typeof minuteForm>;

export const nothingForm = z.object({});
export const adoptForm = z.object({ inMeeting: optionalId(), actingFor: optionalId() });

export const personFeedForm = z.object({});
export const organisationFeedForm = z.object({ organisation: id() });
export const cooperationFeedForm = z.object({ cooperation: id(), organisation: optionalId() });
export const feedForm = z.object({ id: id() });
